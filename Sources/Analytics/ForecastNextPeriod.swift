import Model

extension ForecastLine {
    /// Of a line, the period after the one that is asked for.
    public struct NextPeriod: Sendable, Hashable {
        /// Its own planned amounts, else the sum of those below it.
        public var plan: [PlanAmount.Kind: PlannedSum]
        /// What people call, beside what the deals say; nil where nobody asked.
        public var calls: CallNumbers?

        /// Those of several lines of one node together; nil for none.
        static func joined(_ parts: [NextPeriod]) -> NextPeriod? {
            guard let home = parts.first(where: { !$0.plan.isEmpty }) ?? parts.first else { return nil }
            let calls = parts.compactMap(\.calls)
            return NextPeriod(
                plan: home.plan,
                calls: calls.dropFirst().reduce(calls.first) { sum, part in sum.map { $0 + part } })
        }
    }

    /// The line as it is in the period after it; nil where nobody asked for that.
    public var inNextPeriod: ForecastLine? {
        next.map {
            ForecastLine(
                node: node, name: name, parentName: parentName, depth: depth, sums: sums.ofNextPeriod,
                plan: $0.plan, calls: $0.calls)
        }
    }

    /// Lines with the calls of the period after it, carried up their tree.
    public static func withNextCalls(
        _ lines: [ForecastLine], calls: [Call], category: CallCategory, organisation: Organisation
    ) -> [ForecastLine] {
        let next = lines.compactMap(\.inNextPeriod)
        guard next.count == lines.count else { return lines }
        let tree = CallTree(next, calls: calls, category: category, organisation: organisation)
        return zip(lines, tree.lines).map { line, next in
            var line = line
            line.next?.calls = next.calls
            return line
        }
    }
}
