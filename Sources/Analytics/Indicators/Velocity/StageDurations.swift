import Model

/// How long visits of a stage last: metric 13.
public struct StageDurations: Sendable {
    /// Days of the visits that came to an end in another stage.
    public let completed: Quantiles
    /// All visits, those that go on for as long as they were seen.
    public let curve: SurvivalCurve

    /// Of the visits that began in some days.
    public init(_ cells: some Sequence<FateCell>, begun window: Range<Day>) {
        let cells = cells.filter { cell in cell.month.map(window.contains) ?? false }
        completed = Quantiles(
            cells.filter(\.isReached).flatMap { cell in
                [Double](repeating: Double(cell.days ?? 0), count: cell.days == nil ? 0 : cell.count)
            })
        curve = SurvivalCurve(
            cells.compactMap { cell in
                cell.days.flatMap { Lifetime(days: $0, hasEnded: cell.isReached, count: cell.count) }
            })
    }

    /// How many go on, or ended because the deal vanished.
    public var unfinished: Int { curve.count - curve.ended }
}

/// How old an open deal may be before it is over-age: no older than three of four won deals of its segment were when
/// they left the stage, or when they were won (metric 14).
public struct AgeBounds: Sendable {
    private struct Place: Hashable {
        let segment: String?
        let stage: RecordID?
    }

    /// Fewer won deals of a segment than this set no bound: then those of all segments do.
    public static let minimum = 10

    private var bounds: [Place: Double] = [:]
    private var common: [RecordID?: Double] = [:]

    /// From the visits of won deals, told apart by segment, and from the deals themselves.
    ///
    /// - Parameters:
    ///   - visits: Of stages.
    ///   - deals: From creation to a win.
    public init(visits: [FateCell], deals: [FateCell]) {
        var days: [Place: [Double]] = [:]
        for cell in visits + deals where cell.kind == .won && cell.isReached {
            guard let number = cell.days else { continue }
            days[Place(segment: cell.slice, stage: cell.step), default: []] +=
                [Double](repeating: Double(number), count: cell.count)
        }
        for (place, values) in days where values.count >= Self.minimum {
            bounds[place] = Quantiles(values)[0.75]
        }
        for (stage, places) in Dictionary(grouping: days.keys, by: \.stage) {
            let values = places.flatMap { days[$0] ?? [] }
            if values.count >= Self.minimum { common[stage] = Quantiles(values)[0.75] }
        }
    }

    /// The bound of a stage's days in a segment; of nil the bound of a deal's days. Nil where too few were won.
    public func bound(stage: RecordID?, segment: String?) -> Double? {
        bounds[Place(segment: segment, stage: stage)] ?? common[stage]
    }

    /// The bound of a stage for all segments together.
    public func common(stage: RecordID?) -> Double? { common[stage] }

    /// Whether a deal is over-age in its stage; where its days there or the bound are not known, by the deal's own days.
    /// Nil where neither says anything.
    public func isOverAge(_ deal: OpenDealAge) -> Bool? {
        if let stage = deal.stage, let days = deal.stageDays,
            let bound = bound(stage: stage, segment: deal.segment)
        {
            return Double(days) > bound
        }
        guard let days = deal.days, let bound = bound(stage: nil, segment: deal.segment) else { return nil }
        return Double(days) > bound
    }
}
