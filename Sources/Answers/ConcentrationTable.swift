import Analytics
import Model
import Warehouse

/// The tables of `concentration`: a line a node, and the largest deals, accounts and people of the node asked for.
struct ConcentrationTable {
    let compared: ComparedLines
    let deals: CommitByNode
    let hasCalls: Bool
    let limit: Int
    let currency: String

    /// The deals in commit of the node that is asked for, the largest first.
    var top: [CommitDeal] { compared.places.first.map { deals[$0] } ?? [] }

    var all: [AnswerTable] {
        [main]
            + (top.isEmpty ? [] : [largest, parts("accounts", of: byAccount), parts("people", of: byPerson)])
    }

    // MARK: - The sentence

    func headline(_ period: Period) -> Phrase? {
        guard let line = compared.lines.first else { return nil }
        let start: Phrase = "\(line.name) \(period.label): "
        let amounts = Concentration(top.map(\.amount))
        guard let first = amounts.top1, let five = amounts.top5, let deal = top.first else {
            return "\(start)nothing is in commit"
        }
        var headline: Phrase = """
            \(start)the largest deal (\(deal.name), \(deal.amount, currency)) is \(percent: first) of commit
            """
        if amounts.count > 5 { headline = "\(headline), the largest five \(percent: five)" }
        let plan = mustClose(line, top, goal: line.leadingPlan?.1.amount)
        let called = mustClose(line, top, goal: call(line))
        let name = line.leadingPlan?.0.rawValue ?? ""
        if plan == called, let words = goalWords(plan, "\(name) and of the call") {
            return "\(headline); \(words)"
        }
        for words in [goalWords(plan, name), goalWords(called, "call")] {
            if let words { headline = "\(headline); \(words)" }
        }
        return headline
    }

    private func goalWords(_ must: Concentration.MustClose?, _ goal: String) -> Phrase? {
        switch must {
        case nil: nil
        case .missed: "closed + commit is short of the \(goal) already"
        case .safe: "closed alone is enough for the \(goal)"
        case .deals(1): "without the largest deal closed + commit is short of the \(goal)"
        case .deals(let count): "without the largest \(count) closed + commit is short of the \(goal)"
        }
    }

    // MARK: - By node

    private func call(_ line: ForecastLine) -> Amount? { hasCalls ? line.calls?.effective : nil }

    private func mustClose(
        _ line: ForecastLine, _ deals: [CommitDeal], goal: Amount?
    ) -> Concentration.MustClose? {
        Concentration.mustClose(
            closed: line.sums[.closed].amount, commit: deals.map(\.amount), goal: goal)
    }

    private var main: AnswerTable {
        var list = ColumnList(currency)
        let people = isOfPeople
        list.amount("commit", "Commit")
        list.count("deals", "Deals")
        list.share("top_1", "Largest")
        list.share("top_5", "Largest 5")
        list.share("hhi", "HHI", isDetail: true)
        list.share("account_top_1", "Largest account")
        list.share("account_top_5", "Largest 5 accounts", isDetail: true)
        list.share("account_hhi", "HHI of accounts", isDetail: true)
        list.share("person_top_1", "Largest person", isDetail: !people)
        list.share("person_top_5", "Largest 5 people", isDetail: true)
        list.share("person_hhi", "HHI of people", isDetail: true)
        list.count("must_close_plan", "To miss the plan", unit: "deals")
        list.count("must_close_call", "To miss the call", unit: "deals", isDetail: !hasCalls)
        return AnswerTable(
            name: ConcentrationQuestion.id, columns: list.columns,
            rows: zip(compared.lines, compared.places).map(row),
            notes: [
                "To miss: how many of the largest deals in commit, lost, drop closed + commit below the plan or the call; 0: it is below already, none: it holds without them"
            ])
    }

    /// Whether several people's deals are told apart.
    private var isOfPeople: Bool { Set(top.map(\.deal.owner)).count > 1 }

    private func row(_ line: ForecastLine, _ place: NodePlace) -> AnswerTable.Row {
        let deals = deals[place]
        let ofDeals = Concentration(deals.map(\.amount))
        let ofAccounts = Concentration(Self.sums(deals) { $0.account }.map(\.amount))
        let ofPeople = Concentration(Self.sums(deals) { $0.deal.owner }.map(\.amount))
        let shares = [ofDeals, ofAccounts, ofPeople].flatMap { (part: Concentration) -> [AnswerValue] in
            [.maybe(part.top1), .maybe(part.top5), .maybe(part.hhi)]
        }
        return AnswerTable.Row(
            line.identity + [.amount(line.sums[.commit].amount), .integer(deals.count)] + shares + [
                count(mustClose(line, deals, goal: line.leadingPlan?.1.amount)),
                count(mustClose(line, deals, goal: call(line))),
            ], style: line.rowStyle)
    }

    private func count(_ must: Concentration.MustClose?) -> AnswerValue {
        switch must {
        case .missed: .integer(0)
        case .deals(let count): .integer(count)
        case .safe, nil: .null
        }
    }

    // MARK: - The largest

    private var largest: AnswerTable {
        let total = Concentration(top.map(\.amount)).total
        var cumulated = Amount.zero
        let rows = top.prefix(limit).enumerated().map { place, deal in
            cumulated += max(.zero, deal.amount)
            return AnswerTable.Row([
                .integer(place + 1), .text(deal.name), deal.accountName.map { .text($0) } ?? .null,
                deal.ownerName.map { .text($0) } ?? .null, .day(deal.closeDate), .amount(deal.amount),
                .maybe(deal.amount > .zero ? deal.amount.ratio(to: total) : nil),
                .maybe(cumulated.ratio(to: total)),
            ])
        }
        return AnswerTable(
            name: "deals", title: "The largest deals in commit",
            columns: [
                AnswerColumn("place", title: "", kind: .integer),
                AnswerColumn("deal", title: "Deal", kind: .text),
                AnswerColumn("account", title: "Account", kind: .text),
                AnswerColumn("owner", title: "Owner", kind: .text),
                AnswerColumn("close_date", title: "Close date", kind: .day, isDetail: true),
                AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
                AnswerColumn("share", title: "of commit", kind: .rate, unit: "%"),
                AnswerColumn("share_cum", title: "so far", kind: .rate, unit: "%"),
            ], rows: rows, totalRows: top.count > limit ? top.count : nil)
    }

    private typealias Part = (name: String, amount: Amount, deals: Int)

    private var byAccount: [Part] {
        Self.sums(top) {
            $0.account
        } name: {
            $0.accountName
        }
    }
    private var byPerson: [Part] {
        Self.sums(top) {
            $0.deal.owner
        } name: {
            $0.ownerName
        }
    }

    /// The sums of deals by a key, the largest first; deals without one are a part of their own.
    private static func sums(
        _ deals: [CommitDeal], by key: (CommitDeal) -> RecordID?,
        name: (CommitDeal) -> String? = { _ in nil }
    ) -> [Part] {
        Dictionary(grouping: deals, by: key).map { _, deals in
            (
                deals.first.flatMap(name) ?? "–", deals.reduce(Amount.zero) { $0 + $1.amount }, deals.count
            )
        }.sorted { ($1.amount, $0.name) < ($0.amount, $1.name) }
    }

    private func parts(_ name: String, of parts: [Part]) -> AnswerTable {
        let total = Concentration(parts.map(\.amount)).total
        return AnswerTable(
            name: name, title: "Commit by \(name == "accounts" ? "account" : "person")",
            columns: [
                AnswerColumn("name", title: name == "accounts" ? "Account" : "Person", kind: .text),
                AnswerColumn("amount", title: "Commit", kind: .amount, unit: currency),
                AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                AnswerColumn("deals", title: "Deals", kind: .integer),
            ],
            rows: parts.prefix(limit).map { part in
                AnswerTable.Row([
                    .text(part.name), .amount(part.amount),
                    .maybe(part.amount > .zero ? part.amount.ratio(to: total) : nil), .integer(part.deals),
                ])
            }, totalRows: parts.count > limit ? parts.count : nil)
    }
}

extension CommitDeal {
    /// Its amount in the company's currency; none where it has no amount, or no rate.
    fileprivate var amount: Amount { deal.amount ?? .zero }
}
