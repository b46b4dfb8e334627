import Model
import TestSupport

/// An invented company that is never long the same: teams come, go and hang elsewhere, a dozen deep where chance has
/// it so, and people join, leave and move, with whatever deals they have.
struct RandomOrganisation {
    /// The days of its nights, of one quarter.
    static let days = ["2026-04-20", "2026-05-04", "2026-05-20"]

    /// Exports by day and entity.
    private(set) var nights: [[String: String]] = []
    private var random: SeededGenerator
    private let deals: [String]

    private static let teams = (1...12).map { "t\($0)" }
    private static let people = (1...14).map { "p\($0)" }

    /// The company of a seed.
    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        deals = (1...90).map { number in
            let owner = (Self.people + ["", "p99"]).randomElement(using: &random) ?? ""
            let stage = ["new", "new", "sure", "won", "won", "odd"].randomElement(using: &random) ?? ""
            let category = ["", "", "commit", "best_case", "omitted"].randomElement(using: &random) ?? ""
            let amount = Int.random(in: -2_000...90_000, using: &random)
            let close = Day(Self.days[1]).map { $0 + Int.random(in: -60...140, using: &random) }
            let date = Int.random(in: 0...9, using: &random) == 0 ? "" : close?.description ?? ""
            return "d\(number),Deal \(number),\(owner),\(stage),\(category),\(amount).25,USD,\(date)"
        }
        self.random = random
        nights = Self.days.map { _ in [:] }
        for index in nights.indices { nights[index] = night() }
    }

    private mutating func night() -> [String: String] {
        // Each hangs below one that comes before it, mostly the one just before: deep, and never a circle.
        let teams = Self.teams.enumerated().compactMap { index, team -> String? in
            if index > 0, draw(0...7) == 0 { return nil }
            let above = draw(0...3) > 0 ? index - 1 : draw(-1...11)
            return "\(team),Team \(team),\(above < 0 || above >= index ? "" : Self.teams[above])"
        }
        let people = Self.people.compactMap { person -> String? in
            if draw(0...5) == 0 { return nil }
            return "\(person),Person \(person),\(draw(0...6) == 0 ? "" : "t\(draw(1...12))")"
        }
        return [
            "company": "id,name,currency,fiscal_year_start_month\nc,Rand,USD,1\n",
            "team": file("id,name,parent_id", teams), "person": file("id,name,team_id", people),
            "stage": file(
                "id,name,position,kind,category",
                ["new,New,1,open,pipeline", "sure,Sure,2,open,commit", "won,Won,3,won,closed"]),
            "exchange_rate":
                "id,kind,from_currency,to_currency,start_date,end_date,rate\ne1,plan,EUR,USD,,,1.1\n",
            "plan_line": file(
                "id,kind,node_kind,node_id,period,business_line,amount,currency",
                ["q1,quota,team,t1,FY2026Q2,,500000,USD", "q2,quota,person,p1,FY2026Q3,,70000,USD"]),
            "opportunity": file(Acme.dealHeader.replacing("account_id,", with: ""), deals),
        ]
    }

    private func file(_ header: String, _ lines: [String]) -> String {
        ([header] + lines).joined(separator: "\n") + "\n"
    }

    private mutating func draw(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }
}
