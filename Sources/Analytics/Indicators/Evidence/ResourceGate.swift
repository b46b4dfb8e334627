import Model

/// Who gets help against which criteria, and how exceptions end.
public struct ResourceGate: Sendable {
    /// Of fewer deals no rate is told.
    public static let minimum = 10

    /// What became of a request.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        /// Granted, and the deal met the criteria.
        case qualified
        /// Granted although it met none.
        case exception
        /// Granted, and nobody says whether it met any.
        case unjudged
        case refused
        /// Not decided by the day read.
        case pending
    }

    /// The requests of a standing.
    public struct Line: Sendable, Hashable {
        /// How many.
        public internal(set) var count = 0
        /// Their hours.
        public internal(set) var hours = Amount.zero
        /// What they cost.
        public internal(set) var cost = Amount.zero
        /// Those whose deals are won, lost or without a decision.
        public internal(set) var ended = 0
        /// Of them those that are won.
        public internal(set) var won = 0

        /// Won of ended.
        public var winRate: Proportion? { Proportion(won, of: ended) }
    }

    /// By what became of them.
    public let lines: [Standing: Line]

    /// What some cells say.
    public init(_ cells: [ResourceCell]) {
        var lines: [Standing: Line] = [:]
        for cell in cells {
            var line = lines[cell.standing] ?? Line()
            line.count += cell.count
            line.hours += cell.hours
            line.cost += cell.cost
            if let kind = cell.kind, kind != .open {
                line.ended += cell.count
                if kind == .won { line.won += cell.count }
            }
            lines[cell.standing] = line
        }
        self.lines = lines
    }

    /// Those of a standing.
    public subscript(standing: Standing) -> Line { lines[standing] ?? Line() }

    /// All requests.
    public var count: Int { lines.values.reduce(0) { $0 + $1.count } }

    /// Exceptions of all that were granted.
    public var exceptionRate: Proportion? {
        let granted = self[.qualified].count + self[.exception].count + self[.unjudged].count
        return Proportion(self[.exception].count, of: granted)
    }

    /// How the win rate of exceptions differs from that of requests that met the criteria; nil where one is of nothing.
    public var change: RateChange? {
        guard let before = self[.qualified].winRate, let now = self[.exception].winRate,
            before.trials >= Self.minimum, now.trials >= Self.minimum
        else { return nil }
        return RateChange(from: before, to: now)
    }
}

extension ResourceCell {
    /// What became of them.
    var standing: ResourceGate.Standing {
        guard let isGranted else { return .pending }
        if !isGranted { return .refused }
        if isException { return .exception }
        return meetsCriteria == nil ? .unjudged : .qualified
    }
}
