import Analytics
import Model

/// What calls add to a forecast: the headline's sentence and the columns of a line.
extension ForecastQuestion {
    /// The call, how far it is from the plan, and what of it deals support; nil for a line without numbers.
    func callHeadline(_ lines: [ForecastLine], _ context: QuestionContext) -> Phrase? {
        guard let top = lines.first, let calls = top.calls else { return nil }
        let currency = context.company.currency
        var headline: Phrase =
            "\(top.name) \(context.period.label): the call is \(calls.effective, currency)"
        if let gap = top.gapPhrase(calls.effective, currency) { headline = "\(headline), \(gap)" }
        headline = "\(headline); deals support \(calls.calculated, currency)"
        guard calls.judgement != .zero else { return headline }
        let parts = lines.judgementParts
        let sum: Phrase = "\(headline), judgement \(calls.judgement, currency)"
        guard !parts.isEmpty else { return sum }
        let largest = parts.sorted { $0.amount.magnitude > $1.amount.magnitude }.prefix(3)
        let named = largest.reduce(Phrase(parts: [])) { phrase, part in
            phrase.parts.isEmpty
                ? "\(part.name) \(part.amount, currency)"
                : "\(phrase), \(part.name) \(part.amount, currency)"
        }
        return "\(sum) (\(named)\(parts.count > 3 ? ", …" : ""))"
    }
}

extension ForecastLine {
    /// The call that counts: the effective number of commit, else what the deals say.
    var call: Amount { calls?.effective ?? sums.commitCumulative.amount }
}
