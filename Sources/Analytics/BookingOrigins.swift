import Model

/// Where a won deal of a period came from: metric 17 and question 55.
public enum BookingOrigin: String, Sendable, Hashable, CaseIterable {
    /// Open with a close date in the period when it began.
    case openAtStart = "open_at_start"
    /// Open then, with a close date in a later period, or none.
    case pulledIn = "pulled_in"
    /// Open then, with a close date before the period: overdue.
    case pushedIn = "pushed_in"
    /// Won, lost or without a decision then.
    case closedBefore = "closed_before"
    /// First known after the period began.
    case created
    /// Nothing is known of the day on which the period began.
    case unknown
}

/// Says where the won deals of a period came from.
public struct OriginJudge: Sendable {
    private let period: Period
    private let firstKnown: Day?
    private let createdDays: Int
    private let pasts: [RecordID: DealPast]
    private let recreations: Recreations

    /// - Parameters:
    ///   - firstKnown: The first day of which the deals are known.
    ///   - createdDays: Within how many days before it closed a deal must have appeared to be created late (metric 40).
    public init(
        period: Period, firstKnown: Day?, createdDays: Int, pasts: [RecordID: DealPast],
        recreations: Recreations
    ) {
        self.period = period
        self.firstKnown = firstKnown
        self.createdDays = createdDays
        self.pasts = pasts
        self.recreations = recreations
    }

    /// The state with which a period begins: that of the evening before.
    public static func startDay(of period: Period) -> Day { period.start - 1 }

    /// Where a won deal came from. Of one that was made in the place of a lost one, where that one did.
    public func origin(of id: RecordID) -> BookingOrigin {
        let day = Self.startDay(of: period)
        guard let firstKnown, firstKnown <= day, let past = pasts[id] else { return .unknown }
        // A deal that was away on that very day counts as what it was last.
        guard let state = past.spans.last(where: { $0.from <= day }) else {
            if let before = recreations.predecessors[id] { return origin(of: before) }
            return .created
        }
        guard state.kind == .open else { return .closedBefore }
        guard let closeDate = state.closeDate, closeDate < period.end else { return .pulledIn }
        return closeDate < period.start ? .pushedIn : .openAtStart
    }

    /// Metric 40: whether a deal appeared less than so many days before it closed; nil where it was there on the first day
    /// known and nobody can say.
    public func isCreatedLate(_ id: RecordID, closed: Day) -> Bool? {
        let first = recreations.predecessors[id] ?? id
        guard let appeared = pasts[first]?.firstDay else { return nil }
        if closed - appeared >= createdDays { return false }
        return firstKnown.map { appeared > $0 } ?? false ? true : nil
    }
}

/// The won deals of a period by where they came from.
public struct OriginSums: Sendable, Hashable {
    /// All of them.
    public private(set) var all = DealSum.none
    /// Those that appeared shortly before they closed.
    public private(set) var createdLate = DealSum.none
    /// Those of which that can be said.
    public private(set) var datable = DealSum.none
    private var parts: [BookingOrigin: DealSum] = [:]

    /// No deals.
    public init() {}

    /// Adds a won deal.
    public mutating func add(_ origin: BookingOrigin, _ amount: Amount, isCreatedLate: Bool?) {
        let sum = DealSum(count: 1, amount: amount)
        all += sum
        parts[origin, default: .none] += sum
        guard let isCreatedLate else { return }
        datable += sum
        if isCreatedLate { createdLate += sum }
    }

    /// Those of an origin.
    public subscript(origin: BookingOrigin) -> DealSum { parts[origin] ?? .none }

    /// The share of an origin in those whose origin is known, by amount; nil where nothing was won, and for the unknown.
    public func share(of origin: BookingOrigin) -> Double? {
        guard origin != .unknown else { return nil }
        return self[origin].amount.ratio(to: known.amount)
    }

    /// Those whose origin is known.
    public var known: DealSum {
        BookingOrigin.allCases.filter { $0 != .unknown }.reduce(DealSum.none) { $0 + self[$1] }
    }

    /// Metric 40: created late / won, by amount, of those of which it can be said; nil where there are none.
    public var createdLateShare: Double? { createdLate.amount.ratio(to: datable.amount) }
}
