import Model

/// What is planned for the nodes themselves.
struct OwnPlan {
    private var byNode: [PlanAmount.Node: [PlanAmount.Kind: PlannedSum]] = [:]

    /// The lines of a node and kind together.
    init(_ plan: [PlanAmount]) {
        for line in plan {
            let sum = (byNode[line.node]?[line.kind]?.amount ?? .zero) + line.amount
            byNode[line.node, default: [:]][line.kind] = PlannedSum(
                amount: sum, isSumOfBelow: false, confidence: line.confidence)
        }
    }

    /// What is planned for a node itself; nil for nothing.
    subscript(node: PlanAmount.Node) -> [PlanAmount.Kind: PlannedSum]? { byNode[node] }

    /// What is planned for a node: its own, else the sum of what is below; nil stands for no node of a plan.
    func planned(
        _ node: PlanAmount.Node?, sumOf below: [[PlanAmount.Kind: PlannedSum]]
    ) -> [PlanAmount.Kind: PlannedSum] {
        var result: [PlanAmount.Kind: PlannedSum] = [:]
        for plan in below {
            for (kind, planned) in plan {
                let sum = (result[kind]?.amount ?? .zero) + planned.amount
                result[kind] = PlannedSum(amount: sum, isSumOfBelow: true, confidence: nil)
            }
        }
        return result.merging(node.flatMap { byNode[$0] } ?? [:]) { $1 }
    }
}
