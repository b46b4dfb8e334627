import Analytics
import Model

extension QuestionContext {
    /// Says so when the day's rates make closed + commit worth at least 1 % more or less than plan rates do.
    func rateWarnings(_ sums: ForecastSums?) -> [AnswerWarning] {
        guard let firm = sums?.sum(ForecastCategory.firm), firm.rateEffect != .zero,
            firm.rateEffect.magnitude.millionths * 100 >= firm.amount.magnitude.millionths
        else { return [] }
        return [
            AnswerWarning(
                "rate_effect",
                """
                at the day's rates closed + commit is worth \(firm.rateEffect.magnitude, company.currency) \
                \(firm.rateEffect < .zero ? "less" : "more"): `bellwether currency` shows where
                """)
        ]
    }
}
