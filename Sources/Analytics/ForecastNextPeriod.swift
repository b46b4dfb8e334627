import Model

extension ForecastLine {
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
