import Foundation
import Model
import TestSupport
import Testing

/// Questions asked in the wrong words, and answers in every format.
@Suite("Questions")
struct QuestionTests {
    @Test(arguments: [
        (["forecast", "--team", "Eest"], "BW502", "East"), (["deals", "--team", "Wset"], "BW502", "West"),
        (["forecast", "--person", "Anm"], "BW503", "Ann"), (["deals", "--person", "zzzzzz"], "BW503", "Ann"),
        (["forecast", "--period", "FY2026Q5"], "BW501", "FY2026Q2"),
        (["deals", "--period", "2026-Q2"], "BW501", "FY2026Q2"),
        (["forecast", "--period", "nxt"], "BW501", "next"),
    ])
    func `an unknown name is answered with the nearest`(arguments: [String], code: String, near: String)
        throws
    {
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 64 && outcome.errors.contains(code), "\(outcome)")
        #expect(outcome.errors.contains(near), "\(outcome)")
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [
        ["forecast", "--by", "galaxy"], ["deals", "--category", "commitment"], ["deals", "--line", "late"],
        ["forecast", "--as-of", "tomorrow"], ["forecast", "--format", "xml"], ["forcast"],
        ["deals", "--limit", "0"],
        ["rejects", "--load", "1", "--attempt", "1"], ["forecast", "--as-of", "2026-02-30"],
    ])
    func `a wrong option is status 64`(arguments: [String]) throws {
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 64, "\(outcome)")
        #expect(outcome.output.isEmpty && !outcome.errors.isEmpty, "\(outcome)")
    }

    @Test(arguments: [
        ["forecast", "--by", "person", "--period", "FY2026Q2"], ["deals", "--period", "FY2026Q2"], ["loads"],
        ["rejects"], ["findings"], ["plan", "--period", "FY2026Q2", "--by", "line"], ["periods"],
    ])
    func `every format of an answer has the same rows`(arguments: [String]) throws {
        let json = try Self.bench.get().run(arguments + ["--format", "json"])
        let csv = try Self.bench.get().run(arguments + ["--format", "csv"])
        let markdown = try Self.bench.get().run(arguments + ["--format", "md"])
        let terminal = try Self.bench.get().run(arguments)
        for outcome in [json, csv, markdown, terminal] {
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
            #expect(outcome.output.last?.isNewline == true && !outcome.output.contains("\u{1B}"))
        }
        let script = try TemporaryFolder()
        try script.write("answer.json", json.output)
        try script.write("answer.csv", csv.output)
        let read = try Oracle.run(
            "answer_formats.py", [script.path + "/answer.json", script.path + "/answer.csv"])
        #expect(read["differences"] as? [String] == [], "\(arguments)")
        #expect(terminal.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
        let table = markdown.output.split(separator: "\n").filter { $0.hasPrefix("|") }
        let bars = table.map { $0.replacing("\\|", with: "").filter { $0 == "|" }.count }
        #expect(Set(bars).count == 1, "\(markdown.output)")
        #expect(table.count > 1)
    }

    @Test func `the cells that have no node of their own can be asked for`() throws {
        let unassigned = try answer("deals", "--team", "unassigned", "--period", "FY2026Q2")
        #expect(unassigned.rows().map { $0.text("id") } == ["d3"])
        let loose = try answer("deals", "--team", "No team", "--period", "FY2026Q2")
        #expect(loose.rows().map { $0.text("id") } == ["d4"])
        let line = try answer("forecast", "--team", "unassigned", "--period", "FY2026Q2")
        #expect(line.rows().map { $0.text("node") } == ["Unassigned"])
        #expect(line.rows()[0].text("best_case") == "30")
        let east = try answer("forecast", "--team", "east", "--period", "FY2026Q2", "--by", "person")
        #expect(east.rows().map { $0.text("node") } == ["East", "Ann"])
    }

    @Test func `a person who moved is one line with all deals`() throws {
        let bench = try Bench()
        let won = "d1,Won in the East,a1,p1,Won,,70,USD,2026-05-04"
        try bench.mustLoad("2026-05-04", Acme.reference.merging(["opportunity": Acme.deals(won)]) { $1 })
        try bench.mustLoad(
            "2026-05-05",
            [
                "person": "id,name,team_id\np1,Ann,t2\np2,Bob,t2\n",
                "opportunity": Acme.deals(won, "d2,Open in the West,a1,p1,New,commit,8,USD,2026-06-30"),
            ])
        let all = try bench.answer("forecast", "--by", "person", "--period", "FY2026Q2").rows()
        let anns = all.filter { $0.text("node") == "Ann" }
        #expect(anns.map { $0.text("parent") } == ["East", "West"])
        #expect(anns.map { $0.text("commit_cum") } == ["70", "8"])
        let own = try bench.answer("forecast", "--person", "Ann", "--period", "FY2026Q2")
        #expect(own.rows().map { $0.text("node") } == ["Ann", "East", "West"])
        #expect(own.rows().map { $0.text("commit_cum") } == ["78", "70", "8"])
        #expect(
            own.passport("row_count") as? Int == 2 && own.headline.contains("closed 70 USD + commit 8 USD"))
        let terminal = try bench.run("forecast", "--person", "Ann", "--period", "FY2026Q2").output
        #expect(terminal.contains("\n  East") && terminal.contains("\n  West"), "\(terminal)")
        #expect(try bench.answer("deals", "--person", "Ann", "--period", "FY2026Q2").rows().count == 2)
        // As of the day before, everything is in the East, the deal to come nowhere.
        let before = try bench.answer(
            "forecast", "--by", "person", "--period", "FY2026Q2", "--as-of", "2026-05-04"
        ).rows()
        #expect(before.filter { $0.text("node") == "Ann" }.map { $0.text("commit_cum") } == ["70"])
    }

    @Test func `a limit cuts the list and not the total`() throws {
        let all = try answer("deals", "--period", "FY2026Q2")
        let cut = try answer("deals", "--period", "FY2026Q2", "--limit", "1")
        #expect(all.rows().count == 4 && cut.rows().count == 1)
        #expect(cut.headline == all.headline && all.headline.contains("4 deals"))
    }

    private func answer(_ arguments: String...) throws -> PrintedAnswer {
        try Self.bench.get().answer(arguments)
    }

    private static let bench = Result {
        let bench = try Bench()
        var exports = Acme.reference
        exports["person"] = "id,name,team_id\np1,Ann,t1\np2,Bob,t2\np4,Cleo,\n"
        exports["opportunity"] = Acme.deals(
            "d1,\"First, “quoted” | piped\",a1,p1,New,commit,100.25,USD,2026-06-30",
            "d2,Second,a1,p2,New,commit,-200,USD,2026-06-30",
            "d3,Third,a1,p3,New,best_case,30,USD,2026-06-30",
            "d4,Fourth,a9,p4,Old,,40,USD,2026-06-30", "d5,Fifth,a1,p1,New,,much,USD,2026-06-30")
        try bench.mustLoad("2026-05-04", exports)
        return bench
    }
}
