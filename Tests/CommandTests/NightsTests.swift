import TestSupport
import Testing

/// `load --from-dir --all-missing`: what a job runs each night.
@Suite("Nights")
struct NightsTests {
    private static let nights = ["--from-dir", "nights", "--all-missing"]

    private func write(_ bench: Bench, _ day: String, _ exports: [String: String]) throws {
        for (entity, text) in exports { try bench.folder.write("nights/\(day)/\(entity).csv", text) }
    }

    private func deals(_ amount: Int) -> [String: String] {
        ["opportunity": Acme.deals("d1,First,a1,p1,New,commit,\(amount),USD,2026-06-30")]
    }

    @Test func `load in order whatever is missing, and nothing twice`() throws {
        let bench = try Bench()
        try write(bench, "2026-05-06", deals(3))
        try write(bench, "2026-05-04", Acme.exports)
        try write(bench, "2026-05-05", deals(2))
        let first = try bench.answer(["load", "generic"] + Self.nights)
        #expect(first.rows().map { $0.text("day") } == ["2026-05-04", "2026-05-05", "2026-05-06"])
        #expect(first.rows().map { $0.integer("load") } == [1, 2, 3])
        let again = try bench.run(["load", "generic"] + Self.nights)
        #expect(
            again.status == 0 && again.output.hasPrefix("All 3 days are loaded already: nothing was done"))
    }

    @Test func `a file that came too late for its night is loaded by itself`() throws {
        let bench = try Bench()
        try write(bench, "2026-05-04", Acme.exports)
        try write(bench, "2026-05-05", deals(2))
        _ = try bench.answer(["load", "generic"] + Self.nights)
        // Other content of what is loaded already is left alone: only --replace takes it.
        try write(bench, "2026-05-04", deals(9))
        try write(bench, "2026-05-05", ["account": "id,name\na1,Late\n"])
        let late = try bench.answer(["load", "generic"] + Self.nights)
        #expect(late.rows().map { $0.text("day") } == ["2026-05-05"])
        #expect(late.rows().first?.integer("read") == 1)
        #expect(try bench.value("select name as value from bellwether.account") == "Late")
        #expect(
            try bench.values(
                "select entity as value from bellwether_store.snapshot where load = 3")
                == ["account"])
        let again = try bench.run(["load", "generic"] + Self.nights)
        #expect(again.output.contains("nothing was done"))
    }

    @Test func `nights before one that is refused are told`() throws {
        let bench = try Bench()
        try write(bench, "2026-05-04", Acme.exports)
        try write(bench, "2026-05-05", ["opportunity": Acme.dealHeader + "\n\"never closed"])
        try write(bench, "2026-05-06", deals(3))
        let outcome = try bench.run(["load", "generic"] + Self.nights)
        #expect(outcome.status == 2 && outcome.errors.contains("BW107"), "\(outcome)")
        #expect(
            outcome.output.hasPrefix(
                "1 day published, 2026-05-04; 2 are left"), "\(outcome)")
        #expect(try bench.values("select day::text as value from bellwether_store.load") == ["2026-05-04"])
        // Nothing to say where the first is refused.
        let again = try bench.run(["load", "generic"] + Self.nights)
        #expect(again.status == 2 && again.output.isEmpty)
    }

    @Test func `the newest night alone without --all-missing`() throws {
        let bench = try Bench()
        try write(bench, "2026-05-04", Acme.exports)
        try write(bench, "2026-05-05", Acme.exports)
        let answer = try bench.answer("load", "generic", "--from-dir", "nights")
        #expect(answer.rows().map { $0.text("day") } == ["2026-05-05"])
        let again = try bench.run("load", "generic", "--from-dir", "nights")
        #expect(again.output.hasPrefix("Loaded already, nothing was done: 2026-05-05\n"), "\(again)")
    }

    @Test func `a day that was taken back is loaded again, of which the undo warns`() throws {
        let bench = try Bench()
        try write(bench, "2026-05-04", Acme.exports)
        try write(bench, "2026-05-05", deals(2))
        _ = try bench.answer(["load", "generic"] + Self.nights)
        let undo = try bench.answer("loads", "undo", "2")
        #expect(undo.warnings["day_missing"]?.hasPrefix("2026-05-05 is missing now") == true)
        #expect(try bench.answer(["load", "generic"] + Self.nights).rows().map { $0.integer("load") } == [4])
        // What was before a replacement counts again: nothing is missing.
        try bench.folder.write("nights/2026-05-05/opportunity.csv", deals(3)["opportunity"] ?? "")
        _ = try bench.answer("load", "generic", "nights/2026-05-05", "--replace")
        #expect(try bench.answer("loads", "undo", "5").warnings["day_missing"] == nil)
    }

    @Test func `a dry run of several nights says that nothing was published`() throws {
        let bench = try Bench()
        try write(bench, "2026-05-04", Acme.exports)
        try write(bench, "2026-05-05", deals(2))
        let outcome = try bench.run(["load", "generic", "--dry-run"] + Self.nights)
        #expect(
            outcome.output.hasPrefix("Dry run, nothing was published: 2026-05-04 to 2026-05-05\n"),
            "\(outcome)")
    }

    @Test func `a folder of nights given as one day points to --from-dir, one that is not there is told`()
        throws
    {
        let bench = try Bench()
        try write(bench, "2026-05-04", Acme.exports)
        let nights = try bench.run("load", "generic", "nights")
        #expect(nights.status == 64 && nights.errors.contains("--from-dir nights"), "\(nights)")
        let absent = try bench.run("load", "generic", "nowhere")
        #expect(absent.status == 2 && absent.errors.contains("BW101 there is no such folder"), "\(absent)")
        let parent = try bench.run("load", "generic", "--from-dir", "nowhere")
        #expect(parent.status == 2 && parent.errors.contains("BW101 there is no such folder"), "\(parent)")
    }
}
