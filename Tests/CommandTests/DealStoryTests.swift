import Foundation
import Model
import TestSupport
import Testing

/// The story of one deal, of a company worked by hand.
@Suite("The story of a deal")
struct DealStoryTests {
    private static let bench = Result { try Dunlin.bench() }

    private func answer(_ arguments: String...) throws -> PrintedAnswer {
        try Self.bench.get().answer(["deal"] + arguments)
    }

    @Test func `tells what it is, and how often it was pushed`() throws {
        #expect(
            try answer("d2").headline
                == "Too late (Initech, Ann): 50 USD in commit, to close on 2026-05-15; in Sure since 2025-12-31 (92 days); pushed once, by 56 days"
        )
        #expect(
            try answer("d4").headline
                == "Old friend (Globex, Ann): 30 USD in pipeline, 2 days past its close date of 2026-03-31; in New since 2025-08-31 or before (214 days); pushed 3 times, by 197 days in all"
        )
        #expect(
            try answer("d9").headline
                == "There and back (Initech, Bob): 25 USD, won on 2026-03-28, 87 days after it appeared; pushed once, by 31 days"
        )
        #expect(try answer("d5").headline.hasPrefix("Acme: Flow (Acme, Bob): 20 USD, lost on 2026-02-15"))
        #expect(
            try answer("Deleted").headline
                == "Deleted: no longer in the export since 2026-03-01; never pushed")
    }

    @Test func `tells every change, activity and call day by day`() throws {
        let rows = try answer("d2").rows()
        #expect(
            rows.map {
                "\($0.text("day") ?? "") \($0.text("what") ?? ""): \($0.text("old") ?? "") > \($0.text("new") ?? "")"
            }
                == [
                    "2025-12-31 appeared:  > Sure, to close on 2026-03-20",
                    "2026-01-20 meeting:  > Kick-off",
                    "2026-01-26 forecast call:  > Commit, 45 USD, on 2026-03-20, signed verbally",
                    "2026-01-31 next step: call > visit",
                    "2026-03-25 close date: 2026-03-20 > 2026-05-15",
                    "2026-05-01 call, not done:  > Next steps",
                ])
        #expect(rows.map { $0.integer("load") } == [3, nil, nil, 4, 6, nil])
        #expect(
            rows.map { $0.text("seen_before") } == ["2025-11-30", nil, nil, "2025-12-31", "2026-03-01", nil])
        #expect(rows.map { $0.text("who") } == ["", "Ann", "Ann", "", "", "Ann"])
    }

    @Test func `tells stages, forecasts, close dates and credit`() throws {
        let back = try answer("d9")
        #expect(back.rows("stages").map { $0.text("stage") } == ["Sure", "Proof", "New", "Won"])
        #expect(back.rows("stages").map { $0.text("step") } == ["back", "back", "skipped", ""])
        #expect(back.rows("stages").map { $0.integer("days") } == [31, 29, 32, 0])
        let forecasts = back.rows("forecasts")
        #expect(forecasts.map { $0.text("period") } == ["FY2026Q1", "FY2026Q2", "FY2026Q1", "FY2026Q1"])
        #expect(forecasts.map { $0.text("category") } == ["Commit", "Best case", "Pipeline", "Closed"])
        #expect(forecasts.map { $0.text("until") } == ["2026-01-30", "2026-02-28", "2026-04-01", nil])
        #expect(forecasts.map { $0.integer("days") } == [31, 29, 32, 1])
        #expect(back.rows("close_dates").map { $0.text("what") } == ["pushed out", "pulled"])
        #expect(back.rows("close_dates").map { $0.integer("days") } == [31, -13])
        let credits = try answer("d1").rows("credits")
        #expect(
            credits.map { $0.text("person") } == ["Ann", "Bob"]
                && credits.map { $0.text("amount") } == ["54", "36"])
        #expect(try answer("d9").rows("credits").isEmpty)
    }

    @Test func `tells of another day what was known of it`() throws {
        let then = try answer("d9", "--as-of", "2026-02-15")
        #expect(then.headline.contains("25 USD in best case, to close on 2026-04-10"))
        #expect(then.rows("stages").map { $0.integer("days") } == [31, 15])
        // As known before the night of January it had not moved.
        let known = try answer("d9", "--as-of", "2026-02-15", "--as-known", "3")
        #expect(known.headline.contains("25 USD in commit, to close on 2026-03-10"))
        #expect(known.rows().map { $0.text("what") } == ["appeared"])
    }

    @Test func `says what is not known`() throws {
        // Daily exports are expected, and there are few.
        #expect(try answer("d2").warnings["change_after_gap"]?.contains("2026-01-31, 2026-03-25") == true)
        #expect(
            try answer("d4").warnings["story_begins_late"]?.contains("2025-08-31, the first day known")
                == true)
        #expect(try answer("d2").warnings["story_begins_late"] == nil)
    }

    @Test(arguments: ["d2", "generic/d2", "Too late", "too LATE", "too l"])
    func `is found by id, source and id, name, or a part of it`(name: String) throws {
        #expect(try answer(name).headline.hasPrefix("Too late (Initech"))
    }

    @Test(arguments: [
        ("Acme: Flow", "d13 (Acme: Flow), d5 (Acme: Flow)"),
        ("hooli", "d6 (Hooli: Services), d7 (Hooli: Services again)"),
        ("Old freind", "Did you mean: d4 (Old friend)"), ("d99", "Did you mean: d9 (There and back)"),
        ("nothing of the kind", "bellwether deals --format csv"), ("%", "bellwether deals --format csv"),
        ("generic/", "bellwether deals --format csv"),
    ])
    func `that several have or none names what could be meant`(name: String, hint: String) throws {
        let outcome = try Self.bench.get().run("deal", name)
        #expect(outcome.status == 64 && outcome.errors.contains("BW523"), "\(outcome)")
        #expect(outcome.errors.contains(hint), "\(outcome)")
    }

    @Test(arguments: [["deal", "d2"], ["deal", "d4"], ["deal", "d8"], ["slips", "--period", "FY2026Q1"]])
    func `fits a screen, and is the same in every format`(arguments: [String]) throws {
        let bench = try Self.bench.get()
        let screen = try bench.run(arguments)
        #expect(screen.status == 0 && screen.errors.isEmpty, "\(screen)")
        #expect(screen.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(screen)")
        let script = try TemporaryFolder()
        try script.write("answer.json", try bench.run(arguments + ["--format", "json"]).output)
        try script.write("answer.csv", try bench.run(arguments + ["--format", "csv"]).output)
        let read = try Oracle.run(
            "answer_formats.py", [script.path + "/answer.json", script.path + "/answer.csv"])
        #expect(read["differences"] as? [String] == [], "\(arguments)")
    }

    // MARK: - Screens

    static let screens: [(name: String, arguments: [String])] = [
        ("deal", ["deal", "d2"]), ("deal-md", ["deal", "d9", "--as-of", "2026-03-01", "--format", "md"]),
        ("deal-json", ["deal", "d1", "--format", "json"]), ("slips", ["slips", "--period", "FY2026Q1"]),
        ("slips-week", ["slips", "--as-of", "2026-03-25", "--week", "5", "--team", "West"]),
    ]

    @Test(arguments: screens.map(\.name))
    func `are as they were`(name: String) throws {
        let arguments = try #require(Self.screens.first { $0.name == name }).arguments
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        try GoldenTests().compare(outcome.output, with: name, hasClock: false)
    }
}
