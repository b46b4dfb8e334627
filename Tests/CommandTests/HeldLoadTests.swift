import Postgres
import TestSupport
import Testing

/// A held load as a person and a program meet it.
@Suite("Held loads")
struct HeldLoadTests {
    private static let mapping = """
        mapping: some
        source: crm
        entities:
          opportunity:
            file: opportunity.csv
            columns: {id: id, name: name, amount: amount}

        """

    private func bench() throws -> Bench {
        let bench = try Bench()
        try bench.folder.write("some.yml", Self.mapping)
        try bench.folder.write("delta.yml", Self.mapping.replacing("file:", with: "kind: delta\n    file:"))
        try write(bench, "2026-05-04", 1...100)
        let load = try bench.run("load", "some.yml", "2026-05-04")
        #expect(load.status == 0, "\(load)")
        return bench
    }

    private func write(_ bench: Bench, _ day: String, _ ids: ClosedRange<Int>) throws {
        try bench.folder.write(
            "\(day)/opportunity.csv", "id,name,amount\n" + ids.map { "d\($0),n,1\n" }.joined())
    }

    @Test func `a program gets the guards on standard output, and status 3`() throws {
        let bench = try bench()
        try write(bench, "2026-05-05", 1...79)
        let held = try bench.run("load", "some.yml", "2026-05-05", "--format", "json")
        #expect(held.status == 3 && held.errors.contains("BW304"), "\(held)")
        let row = try #require(try PrintedAnswer(held.output).rows("guards").first)
        #expect(row.text("guard") == "gone" && row.text("accept_with") == "--accept gone")
        #expect(row.text("found") == "21 of 100 records missing")
        // A rehearsal has one answer, not two.
        let rehearsed = try bench.run("load", "some.yml", "2026-05-05", "--format", "json", "--dry-run")
        #expect(rehearsed.status == 3 && rehearsed.errors.contains("BW304"), "\(rehearsed)")
        #expect(try PrintedAnswer(rehearsed.output).rows("guards").count == 1)
        // Rehearsals wait for nothing.
        #expect(try bench.answer("loads", "held").rows().count == 1)
    }

    @Test func `the printed command accepts all of it`() throws {
        let bench = try bench()
        try write(bench, "2026-05-05", 1...79)
        let held = try bench.run("load", "some.yml", "2026-05-05")
        let hint = try #require(
            held.errors.split(separator: "If it is meant: ").last?.split(separator: "\n").first)
        #expect(hint == "bellwether load some.yml 2026-05-05 --accept gone")
        let accepted = try bench.run(hint.split(separator: " ").dropFirst().map(String.init))
        #expect(accepted.status == 0, "\(accepted)")
        let shown = try bench.answer("loads", "show", "2")
        #expect(shown.rows("guards").map { $0.text("found") } == ["21 of 100 records missing"])
        #expect(try bench.answer("loads", "held").rows().map { $0.integer("published_as") } == [2])
    }

    @Test func `wrong names of guards and entities are wrong usage`() throws {
        let bench = try bench()
        for accept in ["nothing", "same_day", "gone:deals"] {
            let wrong = try bench.run("load", "some.yml", "2026-05-04", "--accept", accept)
            #expect(wrong.status == 64, "\(wrong)")
        }
        let none = try bench.run("loads", "show", "7")
        #expect(none.status == 64 && none.errors.contains("BW509"), "\(none)")
    }

    @Test func `a day far ahead of every clock is held`() throws {
        let bench = try bench()
        try write(bench, "9000-01-01", 1...100)
        let held = try bench.run("load", "some.yml", "9000-01-01")
        #expect(held.status == 3 && held.errors.contains("BW307"), "\(held)")
    }

    @Test func `answers say that a day is a gap, and that it is unproven`() throws {
        let bench = try bench()
        try write(bench, "2026-05-06", 1...2)
        let held = try bench.run("load", "delta.yml", "2026-05-06")
        #expect(held.status == 3 && held.errors.contains("BW309"), "\(held)")
        let accepted = try bench.run("load", "delta.yml", "2026-05-06", "--accept", "base")
        #expect(accepted.status == 0, "\(accepted)")
        for question in ["forecast", "deals"] {
            let gap = try bench.answer(question, "--as-of", "2026-05-05")
            #expect(
                gap.warnings["stale_snapshot"]
                    == "no snapshot of 2026-05-05, a gap: the state of 2026-05-04 is shown")
            #expect(gap.warnings["unproven"] == nil)
            let unproven = try bench.answer(question)
            #expect(
                unproven.warnings["unproven"]
                    == "opportunity is unproven from 2026-05-06 on: its delta builds on 2026-05-05, which is not loaded"
            )
        }
        // With the base named by hand it stands.
        let named = try bench.run(
            "load", "delta.yml", "2026-05-06", "--builds-on", "2026-05-04", "--replace")
        #expect(named.status == 0 && named.output.contains("loaded already"), "\(named)")
    }

    @Test func `readers see a load, but not what was set aside`() throws {
        let bench = try bench()
        try bench.folder.write("2026-05-05/opportunity.csv", "id,name,amount\nd1,n,secret\n")
        let load = try bench.run(
            "load", "some.yml", "2026-05-05", "--accept", "gone", "--accept", "rejects", "--accept", "empty")
        #expect(load.status == 0, "\(load)")
        let connection = try bench.connection()
        let role = "reader_of_\(bench.database)"
        try connection.execute("create role \(role) login")
        try connection.execute("grant bellwether_reader to \(role)")
        let command = Command(
            environment: [
                "BELLWETHER_DB":
                    "host='\(bench.socketFolder)' port=5432 dbname=\(bench.database) user=\(role)"
            ], folder: bench.folder.path)
        let shown = try command.run(["loads", "show", "2", "--format", "json"])
        #expect(shown.status == 0 && !shown.output.contains("secret"), "\(shown)")
        #expect(try PrintedAnswer(shown.output).warnings["rejects_hidden"] != nil)
        #expect(try PrintedAnswer(shown.output).rows("guards").count == 1)
        #expect(try command.run(["loads", "gaps"]).status == 0)
        #expect(try command.run(["loads", "held"]).status == 1)
        #expect(try bench.answer("loads", "show", "2").rows("rejects").count == 1)
    }
}
