import Analytics
import Model
import Warehouse

extension QuestionContext {
    /// What is planned for the period.
    func plan(from warehouse: Warehouse, measure: String = PlanLine.bookings) throws(BellwetherError)
        -> PlanSelection
    {
        PlanSelection(
            try warehouse.plan(for: period, in: company.calendar), for: period, in: company.calendar,
            measure: measure)
    }

    /// What is planned for the period, and for the one after it where there is one; in one reading.
    func planWithNext(from warehouse: Warehouse) throws(BellwetherError) -> (
        this: PlanSelection, next: PlanSelection?
    ) {
        let periods = [period] + (nextPeriod.map { [$0] } ?? [])
        let selections = zip(periods, try warehouse.plans(for: periods, in: company.calendar)).map {
            PlanSelection($1, for: $0, in: company.calendar)
        }
        return (selections[0], selections.count > 1 ? selections[1] : nil)
    }

    /// What the reader of some lines should know of their plan.
    func warnings(of plan: PlanSelection, for lines: [ForecastLine]) -> [AnswerWarning] {
        // Not all people have a line: those of a team may share one, and in no team only who has a plan or deals does.
        let people = organisation.people.map(\.id).filter { filter.nodes?.contains(.person($0)) ?? true }
        let nodes = Set(lines.map(\.node)).union(people.map { .person($0) })
        let longer = plan.longer.filter { nodes.contains($0.amount.node.line) }
        let partial = plan.partial.filter { nodes.contains($0.node.line) }
        return longerWarnings(longer) + partialWarnings(partial) + uncountedWarnings(plan.uncounted)
    }

    private func longerWarnings(_ longer: [PlanSelection.Longer]) -> [AnswerWarning] {
        grouped(longer) { "\($0.amount.kind.rawValue) of \($0.period.label)" }.map { longer in
            let period = longer[0].period.label
            let sum = longer.reduce(Amount.zero) { $0 + $1.amount.amount }
            return AnswerWarning(
                "plan_for_longer_period",
                """
                \(longer[0].amount.kind.rawValue) of \(nodeCount(longer.count)) is planned for \(period) alone \
                (\(sum, company.currency)): none for \(self.period.label), and no plan is divided
                """)
        }
    }

    private func partialWarnings(_ partial: [PlanAmount]) -> [AnswerWarning] {
        grouped(partial, by: \.kind.rawValue).map { partial in
            let sum = partial.reduce(Amount.zero) { $0 + $1.amount }
            return AnswerWarning(
                "plan_for_part_of_period",
                """
                \(partial[0].kind.rawValue) of \(nodeCount(partial.count)) is planned for some parts of \
                \(period.label) and not for all: \(sum, company.currency) is the sum of those
                """)
        }
    }

    private func uncountedWarnings(_ lines: [UncountedPlanLine]) -> [AnswerWarning] {
        PlanFault.allCases.compactMap { fault in
            let lines = lines.filter { $0.fault == fault }.sorted { $0.id < $1.id }
            guard let first = lines.first else { return nil }
            let count: Phrase = "\(lines.count) plan \(lines.count == 1 ? "line" : "lines")"
            let amounts = lines.compactMap(\.amount)
            let sum: Phrase =
                amounts.isEmpty ? "" : " of \(amounts.reduce(.zero, +), company.currency)"
            return AnswerWarning(
                fault.rawValue, "\(count)\(sum) in no plan: \(words(fault)) (\(first.id.id))")
        }
    }

    private func words(_ fault: PlanFault) -> String {
        switch fault {
        case .kindUnknown: "none of quota, budget, target and guidance"
        case .nodeKindUnknown: "for none of company, team and person"
        case .nodeUnknown: "for a team or person that is not there"
        case .periodUnknown: "for days that are no period of the calendar"
        case .amountMissing: "without an amount"
        case .rateMissing: "no plan rate for the currency"
        case .quotaNegative: "a quota below zero"
        case .twice: "another line says the same node, period, kind, line and measure"
        }
    }

    private func nodeCount(_ count: Int) -> Phrase { "\(count) \(count == 1 ? "node" : "nodes")" }

    /// The elements by a text, in its order.
    private func grouped<Element>(_ elements: [Element], by name: (Element) -> String) -> [[Element]] {
        Dictionary(grouping: elements, by: name).sorted { $0.key < $1.key }.map(\.value)
    }
}

extension PlanAmount.Node {
    /// The line of a rollup that has the plan.
    var line: ForecastLine.Node {
        switch self {
        case .company: .company
        case .team(let team): .team(team)
        case .person(let person): .person(person)
        }
    }
}
