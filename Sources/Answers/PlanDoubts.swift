import Analytics
import Model

extension QuestionContext {
    /// What the reader of a whole plan should know beyond the lines that are shown.
    func doubts(
        of plan: PlanSelection, measure: String, employments: [RecordID: Employment],
        unknownPeriods: [(text: String, lines: Int)]
    ) -> [AnswerWarning] {
        let warnings = [
            unknownNodes(plan), leadQuotas(plan, employments), unknown(unknownPeriods),
            otherMeasures(plan, measure),
        ]
        return warnings.compactMap(\.self)
    }

    /// What is planned for teams and people that the organisation does not have; nil for nothing.
    func unknownNodes(_ plan: PlanSelection) -> AnswerWarning? {
        let lost = plan.unknownNodes(in: organisation)
        guard !lost.isEmpty else { return nil }
        let sum = lost.reduce(Amount.zero) { $0 + $1.amount }
        return AnswerWarning(
            PlanFault.nodeUnknown.rawValue,
            """
            \(sum, company.currency) planned for \(lost.count) \(lost.count == 1 ? "team or person" : "teams or people") \
            not there on \(point.organisationDay ?? point.asOf), in no sum
            """)
    }

    /// A manager's quota may be that of the team: then it would be asked for twice.
    private func leadQuotas(
        _ plan: PlanSelection, _ employments: [RecordID: Employment]
    ) -> AnswerWarning? {
        let leads = Set(organisation.teams.compactMap(\.lead))
        let quotas = plan.amounts.filter { amount in
            guard amount.kind == .quota, case .person(let person) = amount.node else { return false }
            return leads.contains(person) && employments[person]?.carriesQuota != true
        }
        guard !quotas.isEmpty else { return nil }
        let sum = quotas.reduce(Amount.zero) { $0 + $1.amount }
        return AnswerWarning(
            "quotas_of_leads",
            """
            \(sum, company.currency) of quota is of \(quotas.count) \
            \(quotas.count == 1 ? "person who leads a team" : "people who lead teams"): where that is the team's own, it \
            counts twice, and belongs to the team
            """)
    }

    private func unknown(_ periods: [(text: String, lines: Int)]) -> AnswerWarning? {
        guard !periods.isEmpty else { return nil }
        let count = periods.reduce(0) { $0 + $1.lines }
        let texts = Array(Set(periods.map(\.text))).sorted()
        let named = texts.prefix(5).joined(separator: ", ") + (texts.count > 5 ? ", …" : "")
        return AnswerWarning(
            PlanFault.periodUnknown.rawValue,
            "\(count) plan \(count == 1 ? "line is" : "lines are") for no period of the calendar: \(named)")
    }

    private func otherMeasures(_ plan: PlanSelection, _ measure: String) -> AnswerWarning? {
        let others = plan.measures.filter { $0 != measure }
        guard !others.isEmpty else { return nil }
        return AnswerWarning(
            "other_measures",
            "\(measure) alone is shown; with --measure there is also: \(others.joined(separator: ", "))")
    }
}
