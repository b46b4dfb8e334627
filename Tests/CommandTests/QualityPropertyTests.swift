import Foundation
import Model
import Postgres
import TestSupport
import Testing

/// Whatever the company: scores are between 0 and 100, defects add up through the teams, the view's cells are the
/// answer's sums; and companies of next to nothing get an answer without a made-up number.
@Suite("Quality and accuracy of any company")
struct QualityPropertyTests {
    @Test(arguments: DrillDownTests.seeds.prefix(2))
    func `adds up through the teams, and scores lie between 0 and 100`(seed: UInt64) throws {
        let bench = try Bench()
        let company = RandomCompany(seed: seed)
        for (day, exports) in zip(RandomCompany.days, company.nights) {
            let outcome = try bench.load(day, exports, "--accept", "gone")
            try #require(outcome.status == 0, "seed \(seed): \(outcome)")
        }
        for day in RandomCompany.days {
            let place = "seed \(seed), as of \(day)"
            let answer = try bench.answer("quality", "--by", "person", "--as-of", day)
            let nodes = answer.rows("nodes")
            for parent in nodes where parent.text("level") != "person" && parent.text("node") != "Unassigned"
            {
                check(parent, above: nodes, place)
            }
            for row in nodes {
                for column in ["score", "score_amount", "flawed_share"] {
                    guard let number = (row.values[column] as? NSNumber)?.doubleValue else { continue }
                    #expect((0...(column == "flawed_share" ? 1 : 100)).contains(number), "\(place) \(column)")
                }
                #expect((row.integer("open_deals") == 0) == row.isNull("score"), "\(place)")
            }
            try compareCells(bench, answer, day, place)
            try compareTeams(bench, answer, day, place)
        }
    }

    private func check(_ parent: PrintedRow, above rows: [PrintedRow], _ place: String) {
        let children = rows.filter { $0.text("parent") == parent.text("node") }
        for column in ["open_deals", "flawed_deals"] {
            let sum = children.reduce(0) { $0 + ($1.integer(column) ?? 0) }
            #expect(sum == parent.integer(column), "\(place), \(parent.text("node") ?? "") \(column)")
        }
        for column in ["open_amount", "flawed_amount"] {
            let sum = children.reduce(Amount.zero) { $0 + ($1.amount(column) ?? .zero) }
            #expect(sum == parent.amount(column), "\(place), \(parent.text("node") ?? "") \(column)")
        }
    }

    /// The view's cells, summed by the database, against the answer.
    private func compareCells(_ bench: Bench, _ answer: PrintedAnswer, _ day: String, _ place: String) throws
    {
        let connection = try bench.connection()
        try connection.execute("select set_config('bellwether.as_of', $1, false)", [.text(day)])
        var sums: [String: String] = [:]
        for row in try connection.query(
            """
            select coalesce(defect, 'all') as defect,
                concat_ws('|', sum(measured_deals), sum(defect_deals),
                    trim_scale(coalesce(sum(measured_amount), 0)), trim_scale(coalesce(sum(defect_amount), 0))) as sums
            from bellwether.quality_cell group by defect
            """)
        {
            sums[try row.decode("defect", as: String.self)] = try row.decode("sums", as: String.self)
        }
        for row in answer.rows() where !row.isNull("deals") {
            let found = [
                row.integer("n").map { "\($0)" }, row.integer("deals").map { "\($0)" }, row.text("n_amount"),
                row.text("amount"),
            ].compactMap(\.self).joined(separator: "|")
            #expect(sums[row.text("defect") ?? "all"] == found, "\(place) \(row.text("defect") ?? "all")")
        }
    }

    /// Each defect of the nodes directly below the company adds up to the company's.
    private func compareTeams(_ bench: Bench, _ answer: PrintedAnswer, _ day: String, _ place: String) throws
    {
        let tops = answer.rows("nodes").filter { $0.text("parent") == "Rand & Co" }.compactMap {
            $0.text("node")
        }
        var counts: [String: Int] = [:]
        for top in tops {
            for row in try bench.answer("quality", "--team", top, "--as-of", day).rows() {
                counts[row.text("defect") ?? "all", default: 0] += row.integer("deals") ?? 0
            }
        }
        for row in answer.rows() {
            #expect(counts[row.text("defect") ?? "all"] ?? 0 == row.integer("deals") ?? 0, "\(place)")
        }
    }

    // MARK: - Next to nothing

    /// Companies of next to nothing: their deals as of one or two days, and how many are open.
    private static let edges: [(name: String, deals: [String], open: Int)] = [
        ("one deal", ["d1,p1,New,10,2026-05-20"], 1),
        ("one day of history", ["d1,p1,New,10,2026-05-20", "d2,p2,Sure,20,2026-06-20"], 2),
        ("all lost", ["d1,p1,Lost,10,2026-02-20", "d2,p2,Lost,20,2026-03-20"], 0),
        ("all won", ["d1,p1,Won,10,2026-02-20"], 0),
        ("all open", ["d1,p1,New,10,2026-02-20", "d2,p2,Sure,20,2026-06-20"], 2),
        ("zero amounts", ["d1,p1,New,0,2026-02-20", "d2,p2,Sure,,2026-06-20"], 2),
        ("nobody", ["d1,,New,10,2026-02-20"], 1),
    ]

    @Test(arguments: edges.map(\.name))
    func `companies of next to nothing get answers without made-up numbers`(name: String) throws {
        let edge = try #require(Self.edges.first { $0.name == name })
        let bench = try Bench()
        let exports = [
            "company": "id,name,currency\nc,Tiny,USD\n", "team": "id,name\nt,All\n",
            "person": "id,name,team_id\np1,Ann,t\np2,Bob,t\n",
            "stage": """
            id,name,position,kind,category
            New,New,1,open,pipeline
            Sure,Sure,2,open,commit
            Won,Won,3,won,closed
            Lost,Lost,4,lost,omitted

            """,
            "opportunity": "id,owner_id,stage_id,amount,close_date\n" + edge.deals.joined(separator: "\n")
                + "\n",
        ]
        try bench.mustLoad("2026-05-11", exports)
        for level in ["company", "person"] {
            let quality = try bench.answer("quality", "--by", level)
            let company = try #require(quality.rows("nodes").first)
            #expect(company.integer("open_deals") == edge.open)
            #expect(
                company.isNull("score") == (edge.open == 0)
                    && company.isNull("flawed_share") == (edge.open == 0))
            if edge.open == 0 {
                #expect(quality.headline == "Tiny: no open deals, and nothing to judge")
                #expect(quality.rows().allSatisfy { $0.isNull("share") && $0.isNull("points") })
            }
            if name == "zero amounts" { #expect(company.isNull("score_amount")) }
            let pushed = try #require(quality.rows().first { $0.text("defect") == "pushed" })
            #expect(pushed.text("missing") == "one day of history alone" && pushed.isNull("points"))
            let accuracy = try bench.answer("accuracy", "--by", level)
            #expect(accuracy.headline.hasSuffix("none in a past period that landed"))
            for row in accuracy.rows() + accuracy.rows("nodes") {
                for column in ["wape", "bias", "within_5", "within_10"] { #expect(row.isNull(column)) }
            }
            #expect(accuracy.rows("categories").allSatisfy { $0.isNull("precision") && $0.isNull("recall") })
            #expect(accuracy.rows("people").allSatisfy { $0.isNull("late") && $0.isNull("landed") })
        }
        for format in ["terminal", "csv", "json", "md", "html"] {
            for question in ["quality", "accuracy"] {
                let screen = try bench.run(question, "--format", format)
                #expect(screen.status == 0, "\(screen)")
                let words = screen.output.lowercased()
                #expect(!words.contains("nan") && !words.contains("inf\n") && !words.contains("-inf"))
            }
        }
    }

    @Test func `a company without a deal says that there is nothing to judge`() throws {
        let bench = try Bench()
        let exports = [
            "company": "id,name,currency\nc,Tiny,USD\n",
            "opportunity": "id,owner_id,stage_id,amount,close_date\n",
        ]
        let outcome = try bench.load("2026-05-11", exports, "--accept", "empty")
        try #require(outcome.status == 0, "\(outcome)")
        #expect(try bench.answer("quality").headline == "Tiny: no open deals, and nothing to judge")
        #expect(try bench.answer("accuracy").headline.hasSuffix("none in a past period that landed"))
    }
}
