import Postgres
import TestSupport
import Testing

/// `bellwether verify` and `bellwether prune` as a person meets them.
@Suite("Proofs and prunes")
struct ProofTests {
    /// Two days of Acme as loads 1 and 2; load 3 replaced the second.
    private func bench() throws -> Bench {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        try bench.mustLoad(
            "2026-05-05", ["opportunity": Acme.deals("d1,First,a1,p1,New,commit,150,USD,2026-06-30")])
        let again = try bench.load(
            "2026-05-05", ["opportunity": Acme.deals("d1,First,a1,p1,New,commit,160,USD,2026-06-30")],
            "--replace")
        guard again.status == 0 else { throw Command.Failure("\(again)") }
        return bench
    }

    @Test func `a sound store ends with 0, a broken one with 4 and says where`() throws {
        let bench = try bench()
        let sound = try bench.run("verify")
        #expect(sound.status == 0 && sound.output.hasPrefix("Every rule holds"), "\(sound)")
        try bench.connection().execute(
            "delete from bellwether_store.opportunity where id = 'd2'")
        let broken = try bench.run("verify", "--log", "log.jsonl", "--on-failure", "cat >told.json")
        #expect(broken.status == 4 && broken.errors.contains("BW401"), "\(broken)")
        #expect(broken.output.contains("row_count") && broken.output.contains("opportunity"), "\(broken)")
        let answer = try PrintedAnswer(try bench.run("verify", "--format", "json").output)
        #expect(answer.rows("broken").contains { $0.text("rule") == "row_count" })
    }

    @Test func `a row that repeats a known one in other bytes is counted as a duplicate`() throws {
        let bench = try bench()
        let repeated = Acme.deals(
            "d1,First,a1,p1,New,commit,160,USD,2026-06-30", "d1,First,a1,p1,New,commit,160.0,USD,2026-06-30")
        try bench.folder.write("2026-05-06/opportunity.csv", repeated)
        let answer = try bench.answer("load", "generic", "2026-05-06")
        #expect(answer.rows().first?.integer("duplicates") == 1)
        #expect(try bench.run("verify").status == 0)
    }

    @Test func `a rebuild tells a changed cell from a missing export`() throws {
        let bench = try bench()
        let same = try bench.run("verify", "--rebuild", ".")
        #expect(same.status == 0 && same.output.contains("is the same for 6 of 6 entities"), "\(same)")
        // The export of the day is not there any more as it was loaded.
        try bench.folder.write("2026-05-05/opportunity.csv", Acme.deals)
        let missing = try bench.run("verify", "--rebuild", ".")
        #expect(missing.status == 2 && missing.errors.contains("BW112"), "\(missing)")
        #expect(missing.output.contains("other content than was loaded"))
        try bench.connection().execute(
            "update bellwether_store.account set name = 'Changed by hand'")
        let differs = try bench.run("verify", "--rebuild", ".")
        #expect(differs.status == 4 && differs.errors.contains("BW402"), "\(differs)")
        #expect(differs.output.contains("not_stored") && differs.output.contains("generic/a1"))
        #expect(!differs.output.contains("Changed by hand"))
    }

    @Test func `a prune says what it would lose, does it when told, and refuses afterwards`() throws {
        let bench = try bench()
        #expect(try bench.answer("forecast", "--as-known", "2").rows()[0].text("commit") == "150")
        let dry = try bench.run("prune", "--keep-known", "3")
        #expect(dry.status == 0 && dry.output.contains("run it again with --yes"), "\(dry)")
        #expect(try bench.answer("forecast", "--as-known", "2").rows()[0].text("commit") == "150")
        #expect(try bench.run("prune", "--keep-known", "3", "--yes").status == 0)
        let refused = try bench.run("forecast", "--as-known", "2")
        #expect(refused.status == 64 && refused.errors.contains("BW510"), "\(refused)")
        #expect(try bench.answer("forecast", "--as-known", "3").rows()[0].text("commit") == "160")
        // Load 2 would count again, and what it read is gone.
        let undo = try bench.run("loads", "undo", "3")
        #expect(undo.status == 64 && undo.errors.contains("BW510"), "\(undo)")
        let again = try bench.run("prune", "--keep-known", "2", "--yes")
        #expect(again.status == 0 && again.output.contains("nothing to prune"), "\(again)")
        #expect(try bench.run("verify").status == 0)
    }

    @Test(arguments: ["2y", "18m", "26w", "90d"])
    func `a span that reaches back before the first load prunes nothing`(span: String) throws {
        let bench = try bench()
        let outcome = try bench.run("prune", "--keep-known", span, "--yes")
        #expect(outcome.status == 0 && outcome.output.contains("nothing to prune"), "\(outcome)")
        try bench.connection().execute(
            "update bellwether_store.load set published_at = published_at - interval '3 years'")
        let old = try bench.run("prune", "--keep-known", span, "--yes")
        #expect(old.output.contains("go back to load 3"), "\(old)")
    }

    @Test(arguments: ["0d", "2x", "yesterday", "-1", ""])
    func `a span that cannot be is refused`(span: String) throws {
        #expect(try Bench(isMigrated: false).run("prune", "--keep-known=\(span)").status == 64)
    }

    @Test func `who may load may not prune`() throws {
        let bench = try bench()
        let name = "loader_" + bench.database
        try bench.connection().execute("create role \(name) login in role bellwether_loader")
        let command = Command(
            environment: [
                "PGHOST": bench.socketFolder, "PGDATABASE": bench.database, "PGUSER": name,
                "PGPORT": try bench.value("select current_setting('port') as value") ?? "",
            ])
        #expect(try command.run(["prune", "--keep-known", "3"]).status == 0)
        let outcome = try command.run(["prune", "--keep-known", "3", "--yes"])
        #expect(outcome.status == 1 && outcome.errors.contains("role that owns"), "\(outcome)")
        #expect(try command.run(["verify"]).status == 0)
        #expect(try command.run(["status"]).status == 4)
    }
}
