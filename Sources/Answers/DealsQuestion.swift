import Model
import Warehouse

/// Which deals stand behind a cell of the forecast?
public struct DealsQuestion: Sendable {
    /// A line of the forecast other than a category.
    public enum Line: String, Sendable, CaseIterable {
        case pastDue = "past-due"
        case undated
        case wonUndated = "won-undated"
        case earlierPastDue = "earlier-past-due"
        case open
    }

    /// The question's id.
    public static let id = "deals"

    var scope: QuestionScope
    let reading: PeriodReading
    private let category: ForecastCategory?
    private let line: Line?
    private let limit: Int?

    /// The deals of a scope; `limit` cuts the list, never the total.
    public init(
        scope: QuestionScope, category: ForecastCategory?, line: Line?, limit: Int?,
        reading: PeriodReading = .current
    ) {
        self.scope = scope
        self.reading = reading
        self.category = category
        self.line = line
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        if let answer = try frozenAnswer(from: warehouse) { return answer }
        return try answerAsOfDay(from: warehouse)
    }

    /// The answer of the scope's own day, frozen or not.
    func answerAsOfDay(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let all = try warehouse.deals(of: context.period, at: context.point)
        let reached = all.compactMap(context.filter.credited)
        let deals = reached.filter(isWanted).sorted(by: Self.readingOrder)
        let currency = context.company.currency
        let total = deals.reduce(Amount.zero) { $0 + ($1.companyAmount ?? .zero) }
        let teamNames = Dictionary(
            context.organisation.teams.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let shown = limit.map { Array(deals.prefix($0)) } ?? deals
        var rows = shown.map { row($0, teamNames) }
        if !deals.isEmpty { rows.append(totalRow(deals.count, total)) }
        return Answer(
            question: Self.id,
            headline: headline(deals.count, total, context),
            tables: [
                AnswerTable(
                    name: Self.id,
                    columns: Self.columns(currency, isAnyShared: shown.contains { !$0.parts.isEmpty }),
                    rows: rows,
                    notes: deals.isEmpty
                        ? ["No deal matches; `bellwether forecast` shows where there are some"] : [],
                    totalRows: shown.count < deals.count ? deals.count : nil)
            ],
            warnings: context.warnings(of: context.filter.sums(of: reached)),
            passport: Passport(
                question: Self.id, metrics: ["deal/1"], asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + ownFilters, rowCount: deals.count,
                sql: [Warehouse.dealsSQL], programVersion: programVersion))
    }

    private var ownFilters: [Passport.Filter] {
        var filters: [Passport.Filter] = []
        if let category { filters.append(.init("category", category.rawValue)) }
        if let line { filters.append(.init("line", line.rawValue)) }
        return filters
    }

    private func isWanted(_ deal: DealRow) -> Bool {
        if let category, deal.category != category { return false }
        switch line {
        case .undated: return deal.timing == .undated
        case .wonUndated: return deal.timing == .wonUndated
        case .earlierPastDue: return deal.timing == .earlierPastDue
        case .pastDue:
            return deal.timing == .inPeriod && deal.isPastDue && deal.category != .omitted
        case .open:
            return deal.timing == .inPeriod && [.commit, .bestCase, .pipeline].contains(deal.category)
        case nil: return deal.timing == .inPeriod
        }
    }

    /// Closed first, then by how sure they are; within a category the largest first.
    private static func readingOrder(_ left: DealRow, _ right: DealRow) -> Bool {
        let order = ForecastCategory.allCases
        let leftPlace = order.firstIndex(of: left.category) ?? 0
        let rightPlace = order.firstIndex(of: right.category) ?? 0
        if leftPlace != rightPlace { return leftPlace < rightPlace }
        let leftAmount = left.companyAmount ?? .zero
        let rightAmount = right.companyAmount ?? .zero
        if leftAmount != rightAmount { return leftAmount > rightAmount }
        return left.id < right.id
    }

    private func headline(_ count: Int, _ total: Amount, _ context: QuestionContext) -> Phrase {
        let what = [category?.title.lowercased(), line?.rawValue].compactMap { $0 }.joined(separator: ", ")
        let node = scope.person ?? scope.team ?? context.company.name
        let which = what.isEmpty ? "" : " (\(what))"
        return """
            \(count) \(count == 1 ? "deal" : "deals") of \(total, context.company.currency) in \
            \(context.period.label), \(node)\(which)
            """
    }

    private static func columns(_ currency: String, isAnyShared: Bool = false) -> [AnswerColumn] {
        [
            AnswerColumn("deal", title: "Deal", kind: .text),
            AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
            AnswerColumn("id", title: "Id", kind: .text, isDetail: true),
            AnswerColumn("account", title: "Account", kind: .text),
            AnswerColumn("owner", title: "Owner", kind: .text),
            AnswerColumn("team", title: "Team", kind: .text),
            AnswerColumn("stage", title: "Stage", kind: .text),
            AnswerColumn("category", title: "Category", kind: .text),
            AnswerColumn("category_from", title: "Category from", kind: .text, isDetail: true),
            AnswerColumn("close_date", title: "Close date", kind: .day),
            AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
            AnswerColumn("credit", title: "Credit", kind: .text, isDetail: !isAnyShared),
            AnswerColumn("amount_original", title: "Amount as entered", kind: .amount, isDetail: true),
            AnswerColumn("currency", title: "Currency", kind: .text, isDetail: true),
            AnswerColumn("is_past_due", title: "Past due", kind: .boolean, isDetail: true),
            AnswerColumn("next_step", title: "Next step", kind: .text, isDetail: true),
        ]
    }

    private func row(_ deal: DealRow, _ teamNames: [RecordID: String]) -> AnswerTable.Row {
        func text(_ value: String?) -> AnswerValue { value.map { .text($0) } ?? .null }
        return AnswerTable.Row([
            .text(deal.name), .text(deal.id.source), .text(deal.id.id), text(deal.account),
            text(deal.ownerName), text(deal.team.map { teamNames[$0] ?? $0.id }), text(deal.stage),
            .text(deal.category.title), .text(deal.categoryFrom),
            deal.closeDate.map { .day($0) } ?? .null,
            deal.companyAmount.map { .amount($0) } ?? .null, text(credit(deal)),
            deal.amount.map { .amount($0) } ?? .null,
            text(deal.currency), .boolean(deal.isPastDue), text(deal.nextStep),
        ])
    }

    /// Who is credited with which part of a deal that several people share; nil for one that is its owner's alone.
    private func credit(_ deal: DealRow) -> String? {
        guard !deal.parts.isEmpty else { return nil }
        return deal.parts.map { part in
            let name = part.name ?? part.person?.id ?? "unassigned"
            return "\(name) \(part.percent.rounded(toPlaces: 2)) %"
        }.joined(separator: ", ")
    }

    private func totalRow(_ count: Int, _ total: Amount) -> AnswerTable.Row {
        // Blank, not absent: a total has no owner to be unknown.
        var values: [AnswerValue] = Array(repeating: .text(""), count: Self.columns("").count)
        values[0] = .text("Total")
        if let amount = Self.columns("").firstIndex(where: { $0.name == "amount" }) {
            values[amount] = .amount(total)
        }
        return AnswerTable.Row(values, style: .total)
    }
}
