import Model
import TestSupport
import Testing

/// What `bellwether changes` is asked with, and the odd companies that it may be asked of.
@Suite("Changes")
struct ChangesTests {
    private static let company = [
        "company": "id,name,currency,fiscal_year_start_month\nc,Acme,USD,1\n",
        "team": "id,name,parent_id\nt1,East,\n",
        "person": "id,name,team_id\np1,Ann,t1\np2,Bob,t1\n",
        "stage": "id,name,position,kind,category\nnew,New,1,open,commit\nwon,Won,2,won,closed\n",
    ]

    private static func exports(_ deals: [String], merged: [String] = []) -> [String: String] {
        company.merging([
            "opportunity": (["id,name,owner_id,stage_id,amount,currency,close_date"] + deals).joined(
                separator: "\n") + "\n",
            "merged_record": (["id,entity,record_id,survivor_id,merged_date"] + merged).joined(
                separator: "\n")
                + "\n",
        ]) { $1 }
    }

    private static let bench = Result {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-05-04",
            exports([
                "d1,Alder,p1,new,100,USD,2026-06-20", "d2,Beech,p2,new,250,USD,2026-06-20",
                "d3,Cedar,p1,new,40,USD,2026-06-20",
            ]))
        try bench.mustLoad("2026-05-05", exports(["d2,Beech,p2,new,250,USD,2026-06-20"]))
        try bench.mustLoad(
            "2026-05-06",
            exports(
                ["d1,Alder,p1,new,100,USD,2026-06-20", "d4,Dogwood,p9,new,7,USD,2026-06-20"],
                merged: ["m1,opportunity,d2,d1,2026-05-06"]))
        return bench
    }

    @Test func `names what was merged, deleted, and came back to the exports`() throws {
        let bench = try Self.bench.get()
        let since = try bench.answer("changes", "--since", "2026-05-04", "--period", "FY2026Q2")
        let deals = since.rows("deals").map {
            [$0.text("deal"), $0.text("bucket"), $0.text("amount"), $0.text("merged_into")].map { $0 ?? "–" }
                .joined(separator: " ")
        }
        #expect(deals == ["Beech merged -250 d1", "Cedar deleted -40 –", "Dogwood created 7 –"])
        let gross = since.rows("returned").map { "\($0.text("deal") ?? "") \($0.text("motion") ?? "")" }
        #expect(gross == ["Alder Left and came back"])
        let last = try bench.answer("changes", "--since", "1d", "--period", "FY2026Q2")
        let back = last.rows("deals").first { $0.text("bucket") == "returned" }
        #expect(back?.text("deal") == "Alder" && back?.text("amount") == "100")
        #expect(
            last.headline
                == "Acme FY2026Q2: closed + commit fell by 143 USD since 2026-05-05, from 250 to 107 USD: 1 deal merged into another (-250), 1 back in the exports (+100), 1 created (+7)"
        )
    }

    @Test func `is asked of one team, person, or those without`() throws {
        let bench = try Self.bench.get()
        func edges(_ filter: String...) throws -> [String?] {
            let rows = try bench.answer(
                ["changes", "--since", "2d", "--period", "FY2026Q2"] + filter
            ).rows("movement")
            return [rows.first?.text("amount"), rows.last?.text("amount")]
        }
        #expect(try edges("--team", "East") == ["390", "100"])
        #expect(try edges("--person", "Ann") == ["140", "100"])
        #expect(try edges("--team", "unassigned") == ["0", "7"])
        #expect(try edges("--person", "Bob") == ["250", "0"])
        let none = try bench.answer("changes", "--since", "2d", "--period", "next")
        #expect(
            none.headline == "Acme FY2026Q3: closed + commit stands at 0 USD, as on 2026-05-04: no deal moved"
        )
        #expect(none.rows("movement").count == 2)
    }

    @Test func `is as known at a load`() throws {
        let rows = try Self.bench.get().answer(
            "changes", "--since", "1d", "--period", "FY2026Q2", "--as-known", "2"
        ).rows("movement")
        #expect(rows.first?.text("amount") == "390" && rows.last?.text("amount") == "250")
    }

    @Test(arguments: [
        (["--since", "soon"], "BW570"), (["--since", "0d"], "BW570"), (["--since", "2026-05-06"], "BW560"),
        (["--since", "9w"], "BW504"), (["--since", "1d", "--team", "Wets"], "BW502"),
        (["--since", "1d", "--period", "Q9"], "BW501"),
    ])
    func `refuses what it cannot answer`(options: [String], code: String) throws {
        let outcome = try Self.bench.get().run(["changes"] + options)
        #expect(outcome.status == 64 && outcome.output.isEmpty && outcome.errors.contains(code), "\(outcome)")
    }

    @Test func `takes one later day alone`() throws {
        let outcome = try Self.bench.get().run(
            "changes", "--since", "1d", "--until", "2026-05-06", "--as-of", "2026-05-06")
        #expect(outcome.status == 64 && outcome.errors.contains("the same day"), "\(outcome)")
    }

    @Test func `says how old the earlier day's snapshot is`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.exports(["d1,Alder,p1,new,100,USD,2026-06-20"]))
        try bench.mustLoad("2026-05-07", Self.exports(["d1,Alder,p1,new,130,USD,2026-06-20"]))
        let answer = try bench.answer("changes", "--since", "2026-05-06", "--period", "FY2026Q2")
        #expect(answer.warnings["stale_snapshot"]?.hasPrefix("2026-05-06: ") == true, "\(answer.warnings)")
        #expect(answer.rows("movement").map { $0.text("bucket") } == ["start", "amount_up", "end"])
    }

    @Test func `draws a chart in Markdown and rows in CSV`() throws {
        let bench = try Self.bench.get()
        let question = ["changes", "--since", "2d", "--period", "FY2026Q2", "--format"]
        let csv = try bench.run(question + ["csv"]).output.split(whereSeparator: \.isNewline)
        #expect(csv.first == "bucket,movement,amount,count,up,down,level")
        #expect(csv.contains("merged,Merged into another,-250,1,0,-250,bucket"))
        #expect(try bench.run(question + ["md"]).output.contains("░ takes"))
    }
}
