import Analytics
import Model

extension QuestionContext {
    /// What the reader should know of the deals that a question reaches: the same for their sums and for their
    /// list.
    func warnings(of sums: ForecastSums) -> [AnswerWarning] {
        ageWarnings + summedWarnings(sums) + countedWarnings(sums.faults)
    }

    private func summedWarnings(_ sums: ForecastSums) -> [AnswerWarning] {
        let unmapped = sums[.unmapped]
        let candidates: [(code: String, sum: DealSum, which: String, what: Phrase)] = [
            ("deals_without_team", sums.withoutTeam, "", "of people without a team"),
            ("unassigned_deals", sums.withoutOwner, "", "without an owner among the people"),
            ("unmapped_deals", unmapped, "", "in a stage or category that the mapping does not know"),
            ("past_due_deals", sums.pastDue, "open ", "past the close date"),
            (
                "past_due_from_earlier_periods", sums.earlierPastDue, "open ",
                "to close in an earlier period, in no sum here"
            ),
            ("undated_deals", sums.undated, "open ", "without a close date, in no period"),
            (
                "won_without_close_date", sums.wonUndated, "won ",
                "without a close date, in no sum of any period"
            ),
        ]
        return candidates.filter { $0.sum.count > 0 }.map { code, sum, which, what in
            AnswerWarning(
                code, "\(sum.count) \(which)\(noun(sum.count)) of \(sum.amount, company.currency) \(what)")
        }
    }

    private func countedWarnings(_ faults: [DealFault: Int]) -> [AnswerWarning] {
        DealFault.allCases.compactMap { fault in
            guard let count = faults[fault], count > 0 else { return nil }
            let (code, what) = words(fault)
            return AnswerWarning(code, "\(count) \(noun(count)) \(what)")
        }
    }

    private func words(_ fault: DealFault) -> (code: String, what: String) {
        switch fault {
        case .withoutAmount: ("deals_without_amount", "without an amount")
        case .withoutRate: ("rate_missing", "left out of every sum: no plan rate for the currency")
        case .withoutCurrency: ("currency_unknown", "with an amount of which nothing says the currency")
        case .negative: ("negative_amounts", "with an amount below zero, which counts as it stands")
        case .stageUnmapped:
            (
                "stage_unmapped",
                "in a stage that the mapping does not know, in the category that the CRM gives"
            )
        case .outcomeConflict:
            (
                "outcome_conflict",
                "closed, won or open in the CRM's own words, but not by the kind of the stage"
            )
        }
    }

    private func noun(_ count: Int) -> String { count == 1 ? "deal" : "deals" }
}
