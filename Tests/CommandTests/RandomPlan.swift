import TestSupport

/// A company with plans of every kind, for every length of period, some of which nobody should count.
struct RandomPlan {
    /// The exports of its one night.
    private(set) var exports: [String: String] = [:]
    private var random: SeededGenerator
    private let teams = (1...5).map { "t\($0)" }
    private let people = (1...9).map { "p\($0)" }

    /// The company of a seed.
    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        let month = pick(["1", "1", "2", "7"])
        exports = Acme.exports.merging([
            "company": "id,name,currency,fiscal_year_start_month\nacme,Acme,USD,\(month)\n",
            "team": csv("id,name,parent_id", teamRows()), "person": csv(Self.personHeader, personRows()),
            "plan_line": csv(Self.planHeader, planRows(startMonth: month)),
        ]) { $1 }
    }

    private static let personHeader =
        "id,name,team_id,start_date,end_date,role_start_date,ramped_date,is_quota_carrying"
    private static let planHeader =
        "id,kind,node_kind,node_id,period,business_line,measure,amount,start_date,end_date"

    /// A tree in which a team may have lost its parent.
    private mutating func teamRows() -> [[String]] {
        teams.enumerated().map { index, team in
            [team, "Team \(team)", pick(["", "t99"] + Array(teams[..<index]) + Array(teams[..<index]))]
        }
    }

    private mutating func personRows() -> [[String]] {
        people.map { person in
            [
                person, "Person \(person)", pick(["", "t99"] + teams + teams),
                pick(["", "", "2026-05-17", "2026-04-01", "2025-01-01"]),
                pick(["", "", "", "2026-06-12", "2026-06-30", "2026-01-31"]),
                pick(["", "2026-03-01", "2026-05-05"]), pick(["", "", "2026-05-20", "2026-11-01"]),
                pick(["", "", "", "true", "false"]),
            ]
        }
    }

    private mutating func planRows(startMonth: String) -> [[String]] {
        let nodes =
            [("company", "")] + (teams + ["t99"]).map { ("team", $0) }
            + (people + ["p99"]).map { ("person", $0) }
        var rows: [[String]] = []
        for (nodeKind, node) in nodes {
            for kind in ["quota", "quota", "budget", "target", "guidance"] where draw(0...2) > 0 {
                for _ in 0...draw(0...3) {
                    rows.append([
                        "", kind, nodeKind, node,
                        pick([
                            "FY2026Q2", "FY26Q2", "FY2026", "fy2026q3", "FY2026M04", "FY2026P5", "FY2026M6",
                        ]),
                        pick(["", "", "new", "renewal"]), pick(["", "", "", "bookings", "Bookings", "arr"]),
                        "\(draw(1...900_000)).\(draw(10...99))", "", "",
                    ])
                }
            }
        }
        rows += [
            ["", "quotum", "company", "", "FY2026Q2", "", "", "5", "", ""],
            ["", "quota", "region", "x", "FY2026Q2", "", "", "5", "", ""],
            ["", "quota", "person", "p1", "FY2026", "", "", "-5", "", ""],
            ["", "target", "team", "t1", "FY2026Q2", "shrinking", "", "-70", "", ""],
            ["", "budget", "company", "", "FY2026Q2", "unsaid", "", "", "", ""],
            ["", "quota", "team", "t2", "", "dated", "", "40", "2026-05-15", "2026-06-14"],
            ["", "quota", "team", "t2", "", "dated", "", "41", "2026-04-01", "2026-06-30"],
            ["", "guidance", "team", "t3", "", "dated", "", "42", "2026-05-01", "2026-05-31"],
        ]
        rows.shuffle(using: &random)
        for index in rows.indices { rows[index][0] = "l\(index)" }
        return rows
    }

    private func csv(_ header: String, _ rows: [[String]]) -> String {
        ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
    }

    private mutating func draw(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    private mutating func pick(_ choices: [String]) -> String {
        choices.randomElement(using: &random) ?? ""
    }
}
