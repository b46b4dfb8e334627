import Analytics
import Model

/// The columns that every table of rates and their changes has, and what stands in them.
enum RateColumns {
    /// A rate with its interval.
    static func rate(_ name: String, _ title: String) -> [AnswerColumn] {
        [
            AnswerColumn(name, title: title, kind: .rate, unit: "%"),
            AnswerColumn(name + "_low", title: "From", kind: .rate, unit: "%"),
            AnswerColumn(name + "_high", title: "To", kind: .rate, unit: "%"),
        ]
    }

    /// The values of `rate`: none of fewer than the minimum.
    static func values(_ rate: Proportion?) -> [AnswerValue] {
        guard let rate, rate.trials >= RateWatch.minimum, let interval = rate.interval() else {
            return [.null, .null, .null]
        }
        return [.maybe(rate.rate), .rate(interval.low), .rate(interval.high)]
    }

    /// How a rate has changed, and what is to be made of it.
    static let change = [
        AnswerColumn("before", title: "Before", kind: .rate, unit: "%"),
        AnswerColumn("now", title: "Now", kind: .rate, unit: "%"),
        AnswerColumn("verdict", title: "Change", kind: .text),
        AnswerColumn("before_n", title: "Before, of", kind: .integer, isDetail: true),
        AnswerColumn("now_n", title: "Now, of", kind: .integer, isDetail: true),
        AnswerColumn("change", title: "Difference", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("change_low", title: "Difference from", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("change_high", title: "Difference to", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("p", title: "Chance alone", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("p_adjusted", title: "Allowing for all", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn(
            "detectable_fall", title: "A fall would show from", kind: .rate, unit: "%", isDetail: true),
    ]

    /// The values of `change`.
    static func values(_ change: RateChange?, _ verdict: RateWatch.Verdict?) -> [AnswerValue] {
        let numbers: [AnswerValue] = [.maybe(change?.before.trials), .maybe(change?.now.trials)]
        guard let change, let verdict else {
            return [.null, .null, .text(reason(change))] + numbers
                + [AnswerValue](repeating: .null, count: 6)
        }
        let interval = change.interval()
        return [
            .maybe(change.before.rate), .maybe(change.now.rate), .text(word(verdict)),
        ] + numbers + [
            .rate(change.difference), .maybe(interval?.low), .maybe(interval?.high),
            .rate(change.exactPValue), .rate(verdict.adjusted), .maybe(verdict.detectableFall),
        ]
    }

    /// What is to be made of it.
    static func word(_ verdict: RateWatch.Verdict) -> String {
        guard verdict.isAlarm else { return "within chance" }
        return verdict.change.difference < 0 ? "fell" : "rose"
    }

    /// Why nothing is.
    private static func reason(_ change: RateChange?) -> String {
        guard let change else { return "nothing to compare" }
        let (now, before) = (change.now.trials, change.before.trials)
        return now < RateWatch.minimum ? "few now: \(now)" : "few before: \(before)"
    }

    /// How often it rings where nothing has changed.
    static func promise(_ tested: Int, since: Day?) -> Phrase {
        if let since {
            return """
                Now: begun since \(since) and old enough; before: in the twelve months before. \(tested) rates were looked at \
                together: where none has changed, at most \(percent: RateWatch.level) of such looks ring; each other day \
                that is tried is one more look
                """
        }
        return """
            Now: the last three months of which all had their time; before: the twelve months before them. Once a \
            completed month \(tested) rates were looked at together: where none has changed, at most \
            \(percent: RateWatch.level) of looks ring, over the \(RateWatch.looksAYear) of a year at most \
            \(percent: RateWatch.yearlyRate)
            """
    }
}
