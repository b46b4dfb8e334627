/// A fiscal period as an export states it.
public struct LoadedPeriod: Sendable, Hashable {
    /// The record's key: exports of plans and calls may name the period by it.
    public let id: RecordID
    /// The period.
    public let period: Period
    /// The day whose end freezes its figures; nil leaves it to the company's rule.
    public let freezeDay: Day?

    /// A record of a period; its label is written as answers write labels where it is one.
    public init(id: RecordID, label: String, grain: Period.Grain, start: Day, end: Day, freezeDay: Day? = nil)
    {
        self.id = id
        self.freezeDay = freezeDay
        period = Period(
            label: PeriodLabel(label)?.description ?? label, grain: grain, start: start, end: end)
    }
}

/// The loaded table of periods: a calendar of its own for companies whose periods follow no rule, and for all others
/// what their exports mean by the ids of periods.
public struct LoadedPeriods: Sendable, Hashable {
    /// The periods of each grain in order, without overlap.
    private let byGrain: [Period.Grain: [Period]]
    private let byLabel: [String: Period]
    private let records: [LoadedPeriod]

    /// No periods.
    public static let none = LoadedPeriods(byGrain: [:], byLabel: [:], records: [])

    private init(byGrain: [Period.Grain: [Period]], byLabel: [String: Period], records: [LoadedPeriod]) {
        self.byGrain = byGrain
        self.byLabel = byLabel
        self.records = records
    }

    /// Periods that are looked up by id, and by nothing else.
    public init(idsOf records: [LoadedPeriod]) {
        self.init(byGrain: [:], byLabel: [:], records: records)
    }

    /// The periods of one source as a calendar, and those of all sources by id.
    ///
    /// - Throws: `BW532` when two periods of a kind share a day, or two of different days a label.
    public init(calendarOf source: String, _ records: [LoadedPeriod]) throws(BellwetherError) {
        let own =
            records.contains { $0.id.source == source } ? records.filter { $0.id.source == source } : records
        var byGrain: [Period.Grain: [Period]] = [:]
        var byLabel: [String: Period] = [:]
        for period in Set(own.map(\.period)).sorted(by: Self.calendarOrder) {
            if let namesake = byLabel.updateValue(period, forKey: Self.key(period.label)) {
                throw Self.conflict("two loaded periods are called “\(period.label)”", namesake, period)
            }
            if let before = byGrain[period.grain]?.last, before.end > period.start {
                throw Self.conflict(
                    "the loaded periods \(before.label) and \(period.label) overlap", before, period)
            }
            byGrain[period.grain, default: []].append(period)
        }
        self.init(byGrain: byGrain, byLabel: byLabel, records: records)
    }

    private static func calendarOrder(_ left: Period, _ right: Period) -> Bool {
        (left.start, left.end, left.label) < (right.start, right.end, right.label)
    }

    private static func conflict(_ message: String, _ first: Period, _ second: Period) -> BellwetherError {
        BellwetherError(
            .periodsOverlap, message,
            detail: "\(first.grain.rawValue) \(first.start) to \(first.lastDay), "
                + "\(second.grain.rawValue) \(second.start) to \(second.lastDay)",
            hint: "Correct the first and last days in the export of fiscal_period, and load the day again.")
    }

    static func key(_ label: String) -> String {
        PeriodLabel(label)?.description ?? label.uppercased()
    }

    /// The grains of which there are periods, the longest first.
    var grains: [Period.Grain] { Period.Grain.allCases.filter { byGrain[$0] != nil } }

    /// The periods of a grain in order.
    func periods(_ grain: Period.Grain) -> [Period] { byGrain[grain] ?? [] }

    func period(labelled text: String) -> Period? { byLabel[Self.key(text)] }

    func period(_ grain: Period.Grain, containing day: Day) -> Period? {
        periods(grain).first { $0.contains(day) }
    }

    /// The span of a record's id, as the export gives it.
    func span(of id: RecordID) -> Period? { records.first { $0.id == id }?.period }

    /// The ids by which exports may mean the period of those days.
    func ids(of period: Period) -> [String] {
        records.filter { $0.period.start == period.start && $0.period.end == period.end }.map(\.id.id)
    }

    func freezeDay(of period: Period) -> Day? {
        records.first {
            $0.freezeDay != nil && $0.period.start == period.start && $0.period.end == period.end
        }?
        .freezeDay
    }
}
