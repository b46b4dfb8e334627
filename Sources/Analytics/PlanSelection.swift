import Model

/// Chooses, of all plan lines, what is planned for each node in one period.
///
/// A line for the very period counts before the lines of the quarters or months within it, and lines for the
/// whole business count before those for its parts: a plan and its breakdown are never added together.
public func planAmounts(_ lines: [PlanLine], for period: Period, parts: [[Period]]) -> [PlanAmount] {
    var byNode: [Key: [PlanLine]] = [:]
    for line in lines { byNode[Key(kind: line.kind, node: line.node), default: []].append(line) }
    let breakdowns = [[period]] + parts
    var amounts: [PlanAmount] = []
    for (key, lines) in byNode {
        for periods in breakdowns {
            let labels = Set(periods.map(\.label))
            let matching = lines.filter { labels.contains($0.period) }
            guard !matching.isEmpty else { continue }
            let total = labels.reduce(Amount.zero) { sum, label in
                sum + wholeBusiness(matching.filter { $0.period == label })
            }
            amounts.append(PlanAmount(kind: key.kind, node: key.node, amount: total))
            break
        }
    }
    return amounts
}

private struct Key: Hashable {
    let kind: PlanAmount.Kind
    let node: PlanAmount.Node
}

private func wholeBusiness(_ lines: [PlanLine]) -> Amount {
    let whole = lines.filter { $0.businessLine == nil }
    return (whole.isEmpty ? lines : whole).reduce(.zero) { $0 + $1.amount }
}

extension FiscalCalendar {
    /// The ways in which a period is made of shorter ones: a year of quarters or of months, a quarter of months.
    public func parts(of period: Period) -> [[Period]] {
        let grains: [Period.Grain] =
            switch period.grain {
            case .year: [.quarter, .month]
            case .quarter: [.month]
            case .month: []
            }
        return grains.map { grain in
            var parts: [Period] = []
            var part = self.period(grain, containing: period.start)
            while part.start < period.end {
                parts.append(part)
                part = self.period(after: part)
            }
            return parts
        }
    }
}
