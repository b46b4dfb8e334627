import Analytics
import Model
import Warehouse

/// Which deals are in no sum of a period, or in its sums on a line of their own, and why?
public struct MissingQuestion: Sendable {
    /// The question's id.
    public static let id = "missing"

    private let scope: QuestionScope
    private let limit: Int?

    /// The deals of a scope; `limit` cuts the list, never the sums.
    public init(scope: QuestionScope, limit: Int?) {
        self.scope = scope
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let deals = try warehouse.oddDeals(
            of: context.period, in: context.organisation, at: context.point
        ).compactMap(context.filter.credited)
        let lost = try warehouse.lostCells(of: context.period, at: context.point)
            .filter(context.filter.contains)
            .reduce(DealSum.none) { $0 + $1.sum }
        let missing = MissingDeals(deals, lost: lost, places: context.filter.places(of:))
        return Answer(
            question: Self.id, headline: headline(missing, context),
            tables: [reasonTable(missing, context), dealTable(missing, context)],
            warnings: context.ageWarnings,
            passport: Passport(
                question: Self.id, metrics: ["missing/1"], asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters, rowCount: missing.listed.count,
                sql: [Warehouse.oddDealsSQL, Warehouse.lostCellsSQL], programVersion: programVersion))
    }

    private func headline(_ missing: MissingDeals, _ context: QuestionContext) -> Phrase {
        let node = scope.person ?? scope.team ?? context.company.name
        let count = missing.listed.count
        guard count > 0 else {
            return "\(node) \(context.period.label): no deal is missing from the sums of its team and period"
        }
        return """
            \(node) \(context.period.label): \(count) \(count == 1 ? "deal" : "deals") of \
            \(missing.listed.amount, context.company.currency) \(count == 1 ? "is" : "are") in no sum of team and period
            """
    }

    // MARK: - Why

    private func reasonTable(_ missing: MissingDeals, _ context: QuestionContext) -> AnswerTable {
        let currency = context.company.currency
        var rows = MissingReason.allCases.compactMap { reason -> AnswerTable.Row? in
            guard let sum = missing.byReason[reason] else { return nil }
            return AnswerTable.Row([
                .text(reason.rawValue), .text(reason.what), .text(reason.counts), .integer(sum.count),
                reason.hasAmount ? .amount(sum.amount) : .null,
            ])
        }
        if missing.entries.contains(where: { $0.reasons.count > 1 }) {
            rows.append(
                AnswerTable.Row(
                    [
                        .text("listed"), .text("Listed below, each once"), .text(""),
                        .integer(missing.listed.count), .amount(missing.listed.amount),
                    ], style: .total))
        }
        return AnswerTable(
            name: Self.id,
            columns: [
                AnswerColumn("reason", title: "Reason", kind: .text, isDetail: true),
                AnswerColumn("what", title: "Reason", kind: .text),
                AnswerColumn("counts", title: "Counts", kind: .text),
                AnswerColumn("deals", title: "Deals", kind: .integer),
                AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
            ],
            rows: rows,
            notes: rows.isEmpty ? ["No deal is missing, omitted or lost"] : [])
    }

    // MARK: - Which

    private func dealTable(_ missing: MissingDeals, _ context: QuestionContext) -> AnswerTable {
        let shown = limit.map { Array(missing.entries.prefix($0)) } ?? missing.entries
        let teamNames = Dictionary(
            context.organisation.teams.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
        }
        return AnswerTable(
            name: "deals",
            columns: [
                text("deal", "Deal"), text("reasons", "Reason"), text("owner", "Owner"),
                text("team", "Team", isDetail: true), text("stage", "Stage"),
                text("category", "Category", isDetail: true),
                AnswerColumn("close_date", title: "Close date", kind: .day),
                AnswerColumn("amount", title: "Amount", kind: .amount, unit: context.company.currency),
                AnswerColumn(
                    "amount_original", title: "As entered", kind: .amount,
                    isDetail: !missing.entries.contains { $0.reasons.contains(.withoutRate) }),
                text(
                    "currency", "In",
                    isDetail: !missing.entries.contains { $0.reasons.contains(.withoutRate) }),
                text("source", "Source", isDetail: true), text("id", "Id", isDetail: true),
            ],
            rows: shown.map { row($0, teamNames) },
            totalRows: shown.count < missing.entries.count ? missing.entries.count : nil)
    }

    private func row(_ entry: MissingDeals.Entry, _ teamNames: [RecordID: String]) -> AnswerTable.Row {
        func text(_ value: String?) -> AnswerValue { value.map { .text($0) } ?? .null }
        func amount(_ value: Amount?) -> AnswerValue { value.map { .amount($0) } ?? .null }
        let deal = entry.deal
        return AnswerTable.Row([
            .text(deal.name), .text(entry.reasons.map(\.word).joined(separator: ", ")),
            text(deal.ownerName), text(deal.team.map { teamNames[$0] ?? $0.id }), text(deal.stage),
            .text(deal.category.title), deal.closeDate.map { .day($0) } ?? .null,
            amount(deal.companyAmount), amount(deal.amount), text(deal.currency), .text(deal.id.source),
            .text(deal.id.id),
        ])
    }
}

extension MissingReason {
    /// A few words for the list of deals.
    fileprivate var word: String {
        switch self {
        case .unassigned: "unassigned"
        case .withoutTeam: "no team"
        case .unmapped: "unmapped"
        case .undated: "undated"
        case .wonUndated: "won, undated"
        case .earlierPastDue: "past due"
        case .withoutRate: "no rate"
        case .withoutAmount: "no amount"
        case .omitted: "omitted"
        case .lost: "lost"
        }
    }

    /// What it means.
    fileprivate var what: String {
        switch self {
        case .unassigned: "No owner among the people"
        case .withoutTeam: "Owner without a team"
        case .unmapped: "Stage and category unmapped"
        case .undated: "Open without a close date"
        case .wonUndated: "Won without a close date"
        case .earlierPastDue: "Past due from earlier periods"
        case .withoutRate: "No plan rate for the currency"
        case .withoutAmount: "No amount"
        case .omitted: "Omitted"
        case .lost: "Lost, or no decision"
        }
    }

    /// Where it counts all the same.
    fileprivate var counts: String {
        switch self {
        case .unassigned: "in the company, on line Unassigned"
        case .withoutTeam: "in the company, on line No team"
        case .unmapped: "in column Unmapped alone"
        case .undated: "in column Undated alone"
        case .wonUndated, .earlierPastDue: "in a column of its own alone"
        case .withoutRate: "in no amount"
        case .withoutAmount: "as a deal without amount"
        case .omitted: "in column Omitted alone"
        case .lost: "nowhere"
        }
    }

    /// Whether its deals can have an amount in the company's currency.
    fileprivate var hasAmount: Bool { self != .withoutRate && self != .withoutAmount }
}
