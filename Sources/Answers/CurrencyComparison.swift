import Analytics
import Model

/// Two days beside each other at the plan rates of the later: what sales moved, and what exchange moved.
struct CurrencyComparison {
    /// What is known of the earlier day.
    struct Earlier {
        let context: QuestionContext
        let rates: CurrencyRates
        /// At the later day's plan rates.
        let lines: [ForecastLine]
        /// As that day showed it.
        let shown: [ForecastLine]
    }

    /// A node by its key, whatever it is called on each day; a person with deals in several teams has a line in each.
    private struct Key: Hashable {
        let node: ForecastLine.Node
        var place: [String] = []

        init(_ line: ForecastLine) {
            node = line.node
            if case .person = node { place = [line.name, line.parentName ?? "", String(line.depth)] }
        }
    }

    private let context: QuestionContext
    private let since: Day
    private let earlier: Earlier
    private let changes: [(line: ForecastLine, change: ConstantCurrencyChange)]

    init(
        of lines: [ForecastLine], _ rates: CurrencyRates, in context: QuestionContext, with earlier: Earlier
    ) {
        self.context = context
        self.earlier = earlier
        since = earlier.context.point.asOf
        func sums(_ lines: [ForecastLine], _ rates: CurrencyRates) -> [Key: ConstantCurrencyChange.Side] {
            Dictionary(
                lines.map { line in
                    let amount = line.sums.sum(ForecastCategory.firm).amount
                    let effect = rates.effect(of: line.sums, ForecastCategory.firm)
                    return (Key(line), ConstantCurrencyChange.Side(amount: amount, rateEffect: effect))
                }, uniquingKeysWith: { first, _ in first })
        }
        let now = sums(lines, rates)
        let then = sums(earlier.lines, earlier.rates)
        let shown = sums(earlier.shown, earlier.rates)
        // Who has gone since has a line too: what was there is not lost in silence.
        let gone = earlier.lines.filter { now[Key($0)] == nil }
        changes = (lines + gone).map { line in
            let key = Key(line)
            return (
                line,
                ConstantCurrencyChange(
                    then: then[key] ?? .none, now: now[key] ?? .none,
                    shownThen: shown[key]?.amount ?? .zero)
            )
        }
    }

    var headline: Phrase {
        guard let (line, change) = changes.first else { return "Nothing to show" }
        let currency = context.company.currency
        let sales: Phrase = """
            \(line.name) \(context.period.label): closed + commit went from \(change.then.amount, currency) on \
            \(since) to \(change.now.amount, currency): sales moved it by \(change.sales, currency), none of it is \
            currency
            """
        guard let then = change.then.rateEffect, let now = change.now.rateEffect else { return sales }
        return "\(sales); the rate effect went from \(then, currency) to \(now, currency)"
    }

    /// What the earlier day itself could not know well, and plan rates that were loaded anew since.
    var warnings: [AnswerWarning] {
        let age = earlier.context.ageWarnings.filter { !context.ageWarnings.contains($0) }.map {
            AnswerWarning($0.code, "\(since): \($0.text)")
        }
        guard let change = changes.first?.change, change.planRestated != .zero else { return age }
        let currency = context.company.currency
        return age + [
            AnswerWarning(
                "plan_rate_restated",
                """
                \(since) showed closed + commit of \(change.shownThen, currency): plan rates loaded since make it \
                \(change.then.amount, currency)
                """)
        ]
    }

    func table(downTo level: ForecastQuestion.Level) -> AnswerTable {
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(
                name, title: title, kind: .amount, unit: context.company.currency, isDetail: isDetail)
        }
        func amount(_ value: Amount?) -> AnswerValue { value.map { .amount($0) } ?? .null }
        let all = changes.map(\.line)
        return AnswerTable(
            name: "constant_currency",
            title: "Closed + commit since \(since), both days at the plan rates of \(context.point.asOf)",
            columns: [
                AnswerColumn("node", title: "Node", kind: .text),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                AnswerColumn("parent", title: "Parent", kind: .text, isDetail: true),
                amount("then", "Then"), amount("now", "Now"), amount("sales", "Sales"),
                amount("rate_effect_then", "Rate effect then"), amount("rate_effect_now", "now"),
                amount("rates", "its change"), amount("total", "In all"),
                amount("shown_then", "As shown then", isDetail: true),
                amount("plan_restated", "Plan rates restated", isDetail: true),
            ],
            rows: changes.filter { $0.line.isShown(downTo: level, in: all) }.map { line, change in
                AnswerTable.Row(
                    [
                        .text(line.name), .text(line.levelName), line.parentName.map { .text($0) } ?? .null,
                        .amount(change.then.amount), .amount(change.now.amount), .amount(change.sales),
                        amount(change.then.rateEffect), amount(change.now.rateEffect),
                        amount(change.rates), amount(change.total), .amount(change.shownThen),
                        .amount(change.planRestated),
                    ],
                    style: line.depth == 0 ? .total : .indented(line.depth))
            })
    }
}
