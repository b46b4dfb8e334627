import Analytics
import Model

/// The main table of `currency`: a line a node, and below it one for each currency of its deals.
struct CurrencyTable {
    let lines: [ForecastLine]
    let rates: CurrencyRates
    let context: QuestionContext

    private var currency: String { context.company.currency }

    var table: AnswerTable {
        AnswerTable(
            name: CurrencyQuestion.id, title: "Closed + commit", columns: columns,
            rows: lines.flatMap { line in [row(line)] + currencyRows(line) })
    }

    private static let categories: [(name: String, title: String, categories: [ForecastCategory])] =
        ForecastCategory.allCases.map { ($0.rawValue, $0.title, [$0]) } + [
            ("open", "Open", [.commit, .bestCase, .pipeline])
        ]

    private var columns: [AnswerColumn] {
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        return [
            AnswerColumn("node", title: "Node", kind: .text),
            AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
            AnswerColumn("parent", title: "Parent", kind: .text, isDetail: true),
            AnswerColumn("currency", title: "Currency", kind: .text, isDetail: true),
            AnswerColumn("deals", title: "Deals", kind: .integer, unit: "deals"),
            AnswerColumn("entered", title: "Own currency", kind: .amount),
            amount("commit_cum", "At plan rates"),
            amount("commit_cum_at_day", "At the day's rates"),
            amount("rate_effect", "Rate effect"),
            AnswerColumn("plan_rate", title: "Plan rate", kind: .amount),
            AnswerColumn("day_rate", title: "Day's rate", kind: .amount),
            AnswerColumn("deals_without_rate", title: "Without a rate", kind: .integer, isDetail: true),
        ]
            + Self.categories.flatMap { name, title, _ in
                [
                    amount(name, title, isDetail: true),
                    amount(name + "_at_day", title + " at the day's rates", isDetail: true),
                    amount(name + "_rate_effect", title + ", rate effect", isDetail: true),
                    AnswerColumn(
                        name + "_entered", title: title + ", own currency", kind: .amount, isDetail: true),
                ]
            }
    }

    private func row(_ line: ForecastLine) -> AnswerTable.Row {
        let sums = line.sums
        func values(_ categories: [ForecastCategory]) -> [AnswerValue] {
            atBoth(sums.sum(categories), rates.effect(of: sums, categories))
        }
        let firm = sums.sum(ForecastCategory.firm)
        return AnswerTable.Row(
            [
                .text(line.name), .text(line.levelName), line.parentName.map { .text($0) } ?? .null, .null,
                .integer(firm.count), .null,
            ] + values(ForecastCategory.firm) + [.null, .null, .integer(sums.faults[.withoutRate] ?? 0)]
                + Self.categories.flatMap { values($0.categories) + [.null] },
            style: line.depth == 0 ? .total : .indented(line.depth))
    }

    private func currencyRows(_ line: ForecastLine) -> [AnswerTable.Row] {
        line.sums.byCurrency.sorted { $0.key < $1.key }.map { own, sums in
            func values(_ categories: [ForecastCategory]) -> [AnswerValue] {
                atBoth(sums.converted(categories), rates.effect(of: sums, in: own, categories))
            }
            func rate(_ rate: ExchangeRate?) -> AnswerValue { rate.map { .amount($0.rate) } ?? .null }
            let name = own.isEmpty ? "no currency" : own
            return AnswerTable.Row(
                [
                    .text(name), .text("currency"), .text(line.name), own.isEmpty ? .null : .text(own),
                    .integer(sums.converted(ForecastCategory.firm).count),
                    .amount(sums.entered(ForecastCategory.firm)),
                ] + values(ForecastCategory.firm) + [
                    rate(rates.plan(own)), rate(rates.day(own)), .integer(sums.withoutRate),
                ]
                    + Self.categories.flatMap {
                        values($0.categories) + [.amount(sums.entered($0.categories))]
                    },
                style: .indented(line.depth + 1))
        }
    }

    /// At plan rates, at the day's, and the difference; the last two absent where the day's rates are not known.
    private func atBoth(_ sum: DealSum, _ effect: Amount?) -> [AnswerValue] {
        [
            .amount(sum.amount), effect.map { .amount(sum.amount + $0) } ?? .null,
            effect.map { .amount($0) } ?? .null,
        ]
    }

    /// The rates of the currencies in the table.
    var rateTable: AnswerTable {
        let used = Set(lines.flatMap { $0.sums.byCurrency.keys })
        return AnswerTable(
            name: "rates", title: "Rates into \(currency)",
            columns: [
                AnswerColumn("currency", title: "Currency", kind: .text),
                AnswerColumn("kind", title: "Kind", kind: .text),
                AnswerColumn("first_day", title: "From", kind: .day),
                AnswerColumn("last_day", title: "To", kind: .day),
                AnswerColumn("rate", title: "Rate", kind: .amount),
                AnswerColumn("is_inverse", title: "Inverse", kind: .boolean),
            ],
            rows: rates.all.filter { used.contains($0.currency) }.map { rate in
                AnswerTable.Row([
                    .text(rate.currency), .text(rate.kind.rawValue), rate.first.map { .day($0) } ?? .null,
                    rate.last.map { .day($0) } ?? .null, .amount(rate.rate), .boolean(rate.isInverse),
                ])
            })
    }
}

/// Deals in a currency without a rate, one by one, with the pair and the day for which it is missing.
struct UnratedDeals {
    private let deals: [DealRow]
    private let rates: CurrencyRates
    private let context: QuestionContext

    init(_ deals: [DealRow], _ rates: CurrencyRates, _ context: QuestionContext) {
        // Each currency for itself, since amounts of different ones are not to be compared.
        self.deals = deals.sorted { left, right in
            let sizes = (left.amount?.magnitude ?? .zero, right.amount?.magnitude ?? .zero)
            return (left.currency ?? "", sizes.1, left.id) < (right.currency ?? "", sizes.0, right.id)
        }
        self.rates = rates
        self.context = context
    }

    var table: AnswerTable {
        let teams = Dictionary(
            context.organisation.teams.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        func text(_ value: String?) -> AnswerValue { value.map { .text($0) } ?? .null }
        return AnswerTable(
            name: "without_rate", title: "In a currency without a rate",
            columns: [
                AnswerColumn("deal", title: "Deal", kind: .text),
                AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
                AnswerColumn("id", title: "Id", kind: .text, isDetail: true),
                AnswerColumn("team", title: "Team", kind: .text),
                AnswerColumn("owner", title: "Owner", kind: .text, isDetail: true),
                AnswerColumn("category", title: "Category", kind: .text),
                AnswerColumn("close_date", title: "Close date", kind: .day, isDetail: true),
                AnswerColumn("entered", title: "Own currency", kind: .amount),
                AnswerColumn("pair", title: "Pair", kind: .text),
                AnswerColumn("plan_rate_day", title: "No plan rate on", kind: .day),
                AnswerColumn("day_rate_day", title: "No day's rate on", kind: .day),
            ],
            rows: deals.map { deal in
                let own = deal.currency ?? ""
                let asOf = context.point.asOf
                return AnswerTable.Row([
                    .text(deal.name), .text(deal.id.source), .text(deal.id.id),
                    text(deal.team.map { teams[$0] ?? $0.id }), text(deal.ownerName),
                    .text(deal.category.title), deal.closeDate.map { .day($0) } ?? .null,
                    deal.amount.map { .amount($0) } ?? .null,
                    .text("\(own.isEmpty ? "?" : own) → \(context.company.currency)"),
                    deal.companyAmount == nil ? .day(deal.closeDate ?? asOf) : .null,
                    rates.day(own) == nil ? .day(asOf) : .null,
                ])
            })
    }
}
