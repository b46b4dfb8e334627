import Model

/// In what deals end, as a curve over their age, each end ruling the others out (metric 12).
public enum FateEnd: String, Sendable, Hashable, CaseIterable {
    /// Came through: won, or on to a later stage.
    case reached
    case lost
    case noDecision = "no_decision"
}

extension FateCell {
    /// How these ended; nil while they go on.
    public var end: FateEnd? {
        if isReached { return .reached }
        switch kind {
        case .lost: return .lost
        case .noDecision: return .noDecision
        case .open, .won: return nil
        }
    }

    /// Whether they came through within so many days; nil when the days are not known.
    func isReached(within horizon: Int) -> Bool? {
        days.map { isReached && $0 <= horizon }
    }
}

extension CumulativeIncidence where End == FateEnd {
    /// The curve of those that began in some days; those of unknown days are left out.
    public init(_ cells: some Sequence<FateCell>, begun window: Range<Day>) {
        self.init(
            cells.compactMap { cell in
                guard let month = cell.month, window.contains(month), let days = cell.days else { return nil }
                return EndedLifetime(days: days, end: cell.end, count: cell.count)
            })
    }
}
