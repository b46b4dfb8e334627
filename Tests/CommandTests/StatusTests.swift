import Foundation
import Postgres
import TestSupport
import Testing

/// `bellwether status`: what a monitor asks.
@Suite("Status")
struct StatusTests {
    /// A day so many days before today, in UTC, as no company says otherwise.
    private func day(_ before: Int) -> String {
        let date = Date(timeIntervalSinceNow: -86_400 * Double(before))
        return date.formatted(.iso8601.year().month().day())
    }

    private func status(_ bench: Bench, _ options: String...) throws -> (Int32, PrintedAnswer, String) {
        let outcome = try bench.run(["status", "--format", "json"] + options)
        return (outcome.status, try PrintedAnswer(outcome.output), outcome.errors)
    }

    @Test func `before the first load says so`() throws {
        let (exit, answer, errors) = try status(Bench())
        #expect(exit == 4 && errors.contains("BW403"))
        #expect(Array(answer.warnings.keys) == ["nothing_loaded"])
    }

    @Test func `is fine when yesterday is in and the load is young`() throws {
        let bench = try Bench()
        try bench.mustLoad(day(0), Acme.exports)
        let (exit, answer, errors) = try status(bench, "--max-age", "30h", "--due", "00:00", "--tables")
        #expect(exit == 0 && errors.isEmpty && answer.warnings.isEmpty, "\(errors)")
        #expect(answer.rows("sources").map { $0.text("expected") } == ["daily"])
        let history = answer.rows("history").first { $0.text("entity") == "opportunity" }
        #expect(history?.integer("versions") == 2 && history?.integer("current") == 2)
        #expect(history?.integer("superseded") == 0)
    }

    @Test func `a day that is due and missing is late, from the hour on`() throws {
        let bench = try Bench()
        try bench.mustLoad(day(2), Acme.exports)
        let (late, answer, _) = try status(bench, "--due", "00:00")
        #expect(late == 4 && answer.warnings["late"]?.contains(day(1)) == true)
        #expect(answer.rows("sources").map { $0.text("missing") } == [day(1)])
        try bench.mustLoad(day(1), Acme.exports)
        #expect(try status(bench, "--due", "00:00").0 == 0)
    }

    @Test func `a load that is too old is told`() throws {
        let bench = try Bench()
        try bench.mustLoad(day(0), Acme.exports)
        try bench.connection().execute(
            "update bellwether_store.load set published_at = published_at - interval '31 hours'")
        #expect(try status(bench, "--max-age", "32h").0 == 0)
        let (exit, answer, _) = try status(bench, "--max-age", "30h")
        #expect(exit == 4 && answer.warnings["too_old"]?.contains("31 h old") == true)
    }

    @Test func `a run that published nothing is told until one does`() throws {
        let bench = try Bench()
        try bench.mustLoad(day(1), Acme.exports)
        let held = try bench.load(day(0), ["opportunity": Acme.dealHeader + "\n"])
        #expect(held.status == 3)
        let (exit, answer, _) = try status(bench)
        #expect(exit == 4 && answer.warnings["failed"]?.contains("BW302") == true)
        try bench.mustLoad(day(0), Acme.exports)
        #expect(try status(bench).0 == 0)
    }

    @Test func `to take a load back is neither a fresh load nor the mending of a failed one`() throws {
        let bench = try Bench()
        try bench.mustLoad(day(2), Acme.exports)
        try bench.mustLoad(day(0), Acme.exports)
        try bench.connection().execute(
            "update bellwether_store.load set published_at = published_at - interval '31 hours'")
        let held = try bench.load(day(1), ["opportunity": Acme.dealHeader + "\n"])
        #expect(held.status == 3)
        _ = try bench.answer("loads", "undo", "2")
        let (exit, answer, _) = try status(bench, "--max-age", "30h")
        #expect(exit == 4 && answer.warnings["failed"]?.contains("BW302") == true)
        #expect(answer.warnings["too_old"]?.contains("Load 2 is 31 h old") == true)
    }

    @Test func `a day that is missing between others is counted`() throws {
        let bench = try Bench()
        try bench.mustLoad(day(2), Acme.exports)
        try bench.mustLoad(day(0), Acme.exports)
        let (exit, answer, _) = try status(bench)
        let missing = answer.rows("facts").first { $0.text("fact") == "days missing" }
        #expect(exit == 0 && missing?.text("value") == "1, see bellwether loads gaps")
    }

    @Test func `says what runs now`() throws {
        let bench = try Bench()
        try bench.mustLoad(day(0), Acme.exports)
        let other = try bench.connection()
        try other.execute("select pg_advisory_lock(hashtextextended('bellwether load', 0))")
        let (exit, answer, _) = try status(bench)
        #expect(exit == 0)
        let running = answer.rows("facts").first { $0.text("fact") == "running now" }
        #expect(running?.text("value")?.contains("process \(other.backendPID)") == true)
    }

    @Test func `readers are not told of runs that published nothing`() throws {
        let bench = try Bench()
        try bench.mustLoad(day(0), Acme.exports)
        let name = "reader_" + bench.database
        let admin = try bench.connection()
        try admin.execute("create role \(name) login in role bellwether_reader")
        let command = Command(
            environment: [
                "PGHOST": bench.socketFolder, "PGDATABASE": bench.database, "PGUSER": name,
                "PGPORT": try #require(try bench.value("select current_setting('port') as value")),
            ])
        let outcome = try command.run(["status", "--format", "json"])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(Array(try PrintedAnswer(outcome.output).warnings.keys) == ["attempts_hidden"])
    }

    @Test(arguments: ["--max-age=30", "--max-age=h", "--due=24:00", "--due=7"])
    func `an option that cannot be is refused`(option: String) throws {
        #expect(try Bench(isMigrated: false).run("status", option).status == 64)
    }

    @Test func `without a database ends with 69`() throws {
        let command = Command(environment: ["BELLWETHER_DB": "host=/nonexistent"])
        #expect(try command.run(["status"]).status == 69)
        #expect(try command.run(["verify"]).status == 69)
    }
}
