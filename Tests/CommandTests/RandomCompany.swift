import Foundation
import Model
import TestSupport

/// An invented company of a few people, in which whatever can be odd is odd somewhere: two nights of exports for
/// the mapping `generic`.
struct RandomCompany {
    /// The days of its nights.
    static let days = ["2026-04-20", "2026-05-20"]
    /// Teams beside the one that nobody has heard of.
    private static let teams = (1...4).map { "t\($0)" }
    private static let people = (1...6).map { "p\($0)" }

    /// Exports by day and entity.
    private(set) var nights: [[String: String]] = []
    private var random: SeededGenerator
    private var deals: [Deal] = []
    private let startMonth: Int

    private struct Deal {
        let id: String
        var owner: String
        var stage: String
        var category: String
        var amount: String
        var currency: String
        var closeDate: String
    }

    /// The company of a seed.
    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        startMonth = [1, 2, 4, 7, 10].randomElement(using: &random) ?? 1
        for number in 1...70 { deals.append(newDeal(number)) }
        nights.append(night())
        change()
        nights.append(night())
    }

    /// The quarter of the last night and its neighbours.
    var periods: [String] {
        let calendar = RuledCalendar(startMonth: startMonth)
        guard let day = Day(Self.days[1]) else { return [] }
        let this = calendar.period(.quarter, containing: day)
        return [calendar.period(before: this), this, calendar.period(after: this)].map(\.label)
    }

    /// The names, else the ids, of the people of a night.
    func people(night: Int) -> Set<String> {
        let lines = nights[night]["person"]?.split(separator: "\n").dropFirst() ?? []
        let names = lines.map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return String(cells[1].isEmpty ? cells[0] : cells[1])
        }
        return Set(names)
    }

    // MARK: - Deals

    private mutating func newDeal(_ number: Int) -> Deal {
        Deal(
            id: "d\(number)",
            owner: pick(Self.people + Self.people + ["", "p99"]),
            stage: pick([
                "new", "new", "likely", "sure", "blank", "won", "won", "lost", "nothing", "unheard of", "",
            ]),
            category: pick(["", "", "", "commit", "best_case", "pipeline", "omitted", "weird", "closed"]),
            amount: pick([
                "", "0", "-\(draw(1...5000)).5", "\(draw(1...900_000)).\(draw(10...99))",
                "\(draw(1...900_000))", "\(draw(1...900_000)).335",
            ]),
            currency: pick(["USD", "USD", "", "EUR", "EUR", "JPY", "GBP"]), closeDate: someDay())
    }

    /// A month later: some people have moved, come or gone; some deals have moved on.
    private mutating func change() {
        for index in deals.indices where draw(0...2) == 0 {
            var fresh = newDeal(index + 1)
            if draw(0...1) == 0 { fresh.closeDate = deals[index].closeDate }
            if draw(0...1) == 0 { fresh.owner = deals[index].owner }
            deals[index] = fresh
        }
        let before = deals
        deals = before.filter { _ in draw(0...15) > 0 }
        for number in 71...76 { deals.append(newDeal(number)) }
    }

    private mutating func someDay() -> String {
        guard draw(0...9) > 0, let day = Day(Self.days[1]) else { return "" }
        return (day + draw(-170...170)).description
    }

    // MARK: - Files

    private mutating func night() -> [String: String] {
        [
            "company": csv(
                "id,name,currency,fiscal_year_start_month", [["c", "Rand & Co", "USD", "\(startMonth)"]]),
            "team": csv("id,name,parent_id", teamRows()),
            "person": csv("id,name,team_id", personRows()),
            "stage": csv(
                "id,name,position,kind,category",
                [
                    ["new", "New", "1", "open", "pipeline"], ["likely", "Likely", "2", "open", "best_case"],
                    ["sure", "Sure", "3", "open", "commit"], ["blank", "Blank", "4", "open", ""],
                    ["won", "Won", "5", "won", "closed"], ["lost", "Lost", "6", "lost", "omitted"],
                    ["nothing", "Nothing", "7", "no_decision", "omitted"],
                ]),
            "exchange_rate": csv(
                "id,kind,from_currency,to_currency,start_date,end_date,rate",
                [
                    ["e1", "plan", "EUR", "USD", "", "", "1.105"],
                    ["j1", "plan", "JPY", "USD", "", "2026-04-30", "0.0067"],
                    ["j2", "plan", "JPY", "USD", "2026-05-01", "2026-07-31", "0.006123"],
                    ["e2", "spot", "EUR", "USD", "", "", "9"],
                ]),
            "plan_line": csv("id,kind,node_kind,node_id,period,business_line,amount,currency", planRows()),
            "opportunity": csv(
                Acme.dealHeader.replacing("account_id,", with: ""),
                deals.map {
                    [
                        $0.id, "Deal \($0.id)", $0.owner, $0.stage, $0.category, $0.amount, $0.currency,
                        $0.closeDate,
                    ]
                }),
        ]
    }

    /// A tree in which a team may have lost its parent; never a circle.
    private mutating func teamRows() -> [[String]] {
        Self.teams.enumerated().compactMap { index, team in
            if index > 0, draw(0...9) == 0 { return nil }
            return [team, "Team \(team)", pick(["", "t99"] + Self.teams[..<index] + Self.teams[..<index])]
        }
    }

    private mutating func personRows() -> [[String]] {
        Self.people.compactMap { person in
            if draw(0...5) == 0 { return nil }
            return [
                person, draw(0...7) == 0 ? "" : "Person \(person)",
                pick(["", "t99"] + Self.teams + Self.teams),
            ]
        }
    }

    /// Plans of a quarter as a whole, by month, or by part of the business; and some that speak of nobody.
    private mutating func planRows() -> [[String]] {
        var rows: [[String]] = []
        for kind in ["quota", "budget"] {
            let nodes =
                [("company", "")] + (Self.teams + ["t99"]).map { ("team", $0) }
                + (Self.people + ["p99"]).map { ("person", $0) }
            for (nodeKind, node) in nodes where draw(0...1) == 0 {
                for period in periods {
                    var labels = [period]
                    if draw(0...2) == 0 { labels += months(of: period).shuffled(using: &random).prefix(2) }
                    if draw(0...2) == 0 { labels.removeFirst() }
                    for label in labels {
                        let parts = draw(0...2) == 0 ? ["new", "renewal", ""] : [""]
                        for part in parts.prefix(draw(1...3)) {
                            rows.append([
                                "q\(rows.count)", kind, nodeKind, node, label, part, "\(draw(1...500_000))",
                                pick(["USD", "EUR", "", "GBP"]),
                            ])
                        }
                    }
                }
            }
        }
        return rows
    }

    private func months(of quarter: String) -> [String] {
        guard let number = quarter.last?.wholeNumberValue else { return [] }
        return (1...3).map { month in
            let index = (number - 1) * 3 + month
            return "\(quarter.prefix(6))M\(index < 10 ? "0" : "")\(index)"
        }
    }

    private func csv(_ header: String, _ rows: [[String]]) -> String {
        ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
    }

    // MARK: - Chance

    private mutating func draw(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    private mutating func pick(_ choices: [String]) -> String {
        choices.randomElement(using: &random) ?? ""
    }
}
