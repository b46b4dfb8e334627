import Model

/// By when each team's call of the week is due.
public struct CallDeadline: Sendable, Hashable {
    /// The weekday by whose end it is due, 1 for Monday; nil when a call within the last seven days counts.
    public let weekday: Int?

    /// A deadline by the weekday's English name or its first three letters, in either case; any other word is none.
    public init(weekday name: String?) {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        weekday = name.flatMap { name in
            names.firstIndex { $0 == name.lowercased() || $0.prefix(3) == name.lowercased() }.map { $0 + 1 }
        }
    }

    /// A node that has not called in time.
    public struct Missing: Sendable, Hashable {
        /// The node's name.
        public let name: String
        /// When it called last for the period; nil for never.
        public let last: Day?
        /// Whether it is a team that nobody leads.
        public let isVacant: Bool
    }

    /// The first day on which a call counts for the last deadline that has passed at the end of a day.
    public func start(at day: Day) -> Day {
        guard let weekday else { return day - 6 }
        let past = (day.weekday - weekday + 7) % 7
        return day - past - 6
    }

    /// The teams that have not called in time: of each level of teams on which any has called for the period at all.
    public func missing(
        among lines: [ForecastLine], at day: Day, in organisation: Organisation
    ) -> [Missing] {
        let start = start(at: day)
        let leads = Dictionary(
            organisation.teams.map { ($0.id, $0.lead) }, uniquingKeysWith: { first, _ in first })
        func isTeam(_ line: ForecastLine) -> RecordID? {
            if case .team(let id) = line.node { id } else { nil }
        }
        let speaking = Set(lines.filter { isTeam($0) != nil && $0.calls?.lastSpoken != nil }.map(\.depth))
        return lines.compactMap { line in
            guard let team = isTeam(line), speaking.contains(line.depth) else { return nil }
            let last = line.calls?.lastSpoken
            if let last, last >= start { return nil }
            return Missing(name: line.name, last: last, isVacant: (leads[team] ?? nil) == nil)
        }
    }
}
