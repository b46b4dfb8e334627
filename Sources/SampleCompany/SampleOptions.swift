import Model

/// Which company is written, and how much of it.
public struct SampleOptions: Sendable, Hashable {
    /// Whatever is drawn depends on it and on nothing else.
    public var seed: UInt64 = 1
    /// How many people have a quota, 6…10,000.
    public var people = 27
    /// How many deals exist at the present, 1…20,000,000; never fewer than are planted.
    public var deals = 2800
    /// How many calendar days, the last of them `until`.
    public var nights = 120
    /// The last night.
    public var until = Frame.present
    /// How fiscal years are divided.
    public var calendar = SampleCalendar.months
    /// Whether the first night has the CRM's field history of the time before it.
    public var hasHistory = false
    /// Whether no fact is planted.
    public var isPlain = false
    /// The names of planted facts that are left out.
    public var without: [String] = []

    /// The default company.
    public init() {}

    /// The planted facts that are on, in the order in which they are planted.
    public var facts: [PlantedFact] {
        isPlain ? [] : PlantedFact.all.filter { !without.contains($0.name) }
    }

    /// Refuses what cannot be written (`BW506`), and days outside the story (`BW504`).
    public func check() throws(BellwetherError) {
        try check(people, "--people", in: 6...10_000)
        try check(deals, "--deals", in: 1...20_000_000)
        try check(nights, "--nights", in: 1...(Frame.end - Frame.historyStart))
        guard until >= Frame.historyStart, until < Frame.end else {
            throw BellwetherError(
                .badDay, "The story has no night of \(until)",
                hint: "Choose --until between \(Frame.historyStart) and \(Frame.end - 1).")
        }
        guard until - (nights - 1) >= Frame.historyStart else {
            throw BellwetherError(
                .badOption, "\(nights) nights until \(until) would begin before \(Frame.historyStart)",
                hint: "At most \(until - Frame.historyStart + 1) nights end on that day.")
        }
        let names = PlantedFact.all.map(\.name)
        for name in without where !names.contains(name) {
            let nearest = nearestNames(to: name, among: names, limit: 1).first
            throw BellwetherError(
                .badOption, "There is no planted fact named \(name)",
                hint: nearest.map { "Perhaps you meant \($0)." }
                    ?? "The facts are \(names.joined(separator: ", ")).")
        }
    }

    private func check(
        _ value: Int, _ option: String, in range: ClosedRange<Int>
    ) throws(BellwetherError) {
        guard range.contains(value) else {
            throw BellwetherError(
                .badOption, "\(option) \(value) is out of range",
                hint: "Choose a number from \(range.lowerBound) to \(range.upperBound).")
        }
    }
}
