import Foundation
import Model
import TestSupport
import Testing

/// Facts 2, 3, 5 and 6 of the sample company, as the story tells them, and its screens.
@Suite("The sample company's changes")
struct SampleChangesTests {
    static let bench = Result { try loaded() }

    private static let nights =
        ["2026-11-01", "2026-11-02", "2026-11-30"] + (1...7).map { "2026-12-0\($0)" }

    private static func loaded() throws -> Bench {
        let bench = try Bench()
        let sample = try bench.run("sample", "halden", "--deals", "300", "--nights", "39", timeout: 120)
        guard sample.status == 0 else { throw Command.Failure("\(sample)") }
        for day in nights {
            let outcome = try bench.run("load", "generic", "halden/\(day)")
            guard outcome.status == 0 else { throw Command.Failure("\(outcome)") }
        }
        return bench
    }

    @Test func `fact 2: closed and commit fell by 0.32 for five reasons, and it adds up`() throws {
        let answer = try Self.bench.get().answer("changes", "--since", "2026-11-30")
        let rows = answer.rows("movement").map {
            "\($0.text("bucket") ?? "") \($0.text("amount") ?? "") \($0.integer("count") ?? 0)"
        }
        #expect(rows.first == "start 6720000 62" && rows.last == "end 6400000 62")
        #expect(
            rows.dropFirst().dropLast() == [
                "lost -150000 1", "slipped -600000 2", "entered 410000 3", "closed_below -80000 1",
                "amount_up 100000 2", "unchanged 0 56",
            ])
        #expect(
            answer.headline
                == "Halden Instruments FY2026Q4: closed + commit fell by 0.32 M USD since 2026-11-30, from 6.72 M to 6.40 M USD: 2 deals slipped (-0.60 M), 1 lost (-0.15 M), 1 closed below its amount (-0.08 M), 3 entered commit (+0.41 M), 2 rose in amount (+0.10 M)"
        )
        let screen = try Self.bench.get().run("changes", "--since", "7d").text
        #expect(screen.contains("Start and movements add up to the end: residual 0.00"))
    }

    @Test func `fact 3: Brightwater and Kestrel slipped, and Orbis is seen in gross motion alone`() throws {
        let answer = try Self.bench.get().answer("changes", "--since", "2026-11-30")
        let slipped = answer.rows("deals").filter { $0.text("bucket") == "slipped" }.map {
            "\($0.text("deal")?.prefix { $0 != ":" } ?? "") \($0.text("amount") ?? "") \($0.text("is")?.prefix(7) ?? "")"
        }
        #expect(slipped == ["Brightwater -420000 2027-01", "Kestrel -180000 2027-01"])
        #expect(!answer.rows("deals").contains { $0.text("deal")?.hasPrefix("Orbis") == true })
        let back = answer.rows("returned")
        #expect(back.count == 1 && back[0].text("deal")?.hasPrefix("Orbis") == true)
        #expect(back[0].text("motion") == "Left and came back")
        #expect(back[0].text("down") == "2026-12-01" && back[0].text("up") == "2026-12-03")
        let motion = answer.rows("motion").map { row in
            ["gross", "returned", "net"].map { row.amount($0) ?? .zero }
        }
        for row in motion { #expect(row[0] - row[1] == row[2]) }
        #expect(motion[0][2] == Amount(510_000) && motion[1][2] == Amount(-830_000))
        #expect(motion[2][2] == Amount(-320_000) && motion[0][1] == back[0].amount("amount"))
    }

    @Test func `fact 5: none of it is currency, in dollars or in euros`() throws {
        let answer = try Self.bench.get().answer("changes", "--since", "2026-11-30", "--by", "currency")
        #expect(!answer.rows("movement").contains { $0.text("bucket") == "currency" })
        let euros = answer.rows("currencies").filter { $0.text("currency") == "EUR" }.map {
            "\($0.text("bucket") ?? "") \($0.text("amount") ?? "")"
        }
        #expect(euros == ["start 2318181.81", "slipped -545454.54", "end 1772727.27"])
    }

    @Test func `fact 6: a reorganisation is a move and nothing else`() throws {
        let bench = try Self.bench.get()
        let question = [
            "changes", "--since", "2026-11-01", "--until", "2026-11-02", "--period", "FY2026Q4", "--measure",
            "all", "--by", "team",
        ]
        let rows = try bench.answer(question).rows("nodes")
        func value(_ node: String, _ column: String) -> Amount? {
            rows.first { $0.text("node") == node }?.amount(column)
        }
        #expect(value("East", "moved_in") == Amount(350_000) && value("East", "moved_out") == .zero)
        #expect(value("West", "moved_out") == Amount(-350_000) && value("West", "moved_in") == .zero)
        for bucket in ["moved_in", "moved_out"] {
            #expect(value("Halden Instruments", bucket) == .zero, "\(bucket)")
        }
        let west = try bench.answer(question.dropLast(2) + ["--team", "West", "--deals"])
        let moved = west.rows("deals").filter { $0.text("bucket") == "moved_out" }.map { $0.text("id") }
        let company = try bench.answer(question.dropLast(2) + ["--deals"]).rows("deals").map { $0.text("id") }
        let ways = west.rows("deals").filter { $0.text("bucket") == "moved_out" }.map {
            "\($0.text("was") ?? "") → \($0.text("is") ?? "")"
        }
        #expect(Set(ways) == ["West → East"])
        #expect(!moved.isEmpty && Set(moved).isDisjoint(with: company))
        #expect(
            west.rows("movement").first { $0.text("bucket") == "moved_out" }?.amount("amount")
                == Amount(-350_000))
        // By one organisation for both days nobody has moved.
        let asIs = try bench.answer(question + ["--org", "as-is"]).rows("nodes")
        #expect(asIs.allSatisfy { $0.amount("moved_in") == .zero && $0.amount("moved_out") == .zero })
    }

    @Test func `is what a script reckons from the exports`() throws {
        let bench = try Self.bench.get()
        // Only the nights that are loaded: the script reads what lies in its folder.
        let folder = try TemporaryFolder()
        for day in ["2026-11-02", "2026-11-30", "2026-12-03", "2026-12-07"] {
            try FileManager.default.copyItem(
                atPath: bench.folder.path + "/halden/" + day, toPath: folder.path + "/" + day)
        }
        for (from, measure) in [("2026-11-30", "firm"), ("2026-11-02", "all"), ("2026-12-03", "open")] {
            let words = ["FY2026Q4", from, "2026-12-07", measure]
            let truth = try Oracle.run("movement.py", ["exports", folder.path, "generic"] + words)
            let found = try bench.answer(
                "changes", "--since", from, "--period", "FY2026Q4", "--measure", measure, "--by", "person",
                "--deals", "--no-nights")
            MovementRows(answer: found).expectSame(as: try MovementRows(oracle: truth), "\(words)")
        }
    }

    @Test func `flows from category to category as the forecasts of both days have them`() throws {
        let bench = try Self.bench.get()
        let answer = try bench.answer("changes", "--since", "2026-11-30", "--flow", "--deals")
        let cells = answer.rows("category_flow")
        for (day, side, column) in [("2026-11-30", "from", "amount"), ("2026-12-07", "to", "amount_now")] {
            let forecast = try #require(
                try bench.answer("forecast", "--as-of", day, "--period", "FY2026Q4", "--by", "company")
                    .rows("forecast").first)
            for category in ["closed", "commit", "best_case", "pipeline", "omitted"] {
                let mine = cells.filter { $0.text(side) == category }
                let sum = mine.reduce(Amount.zero) { $0 + ($1.amount(column) ?? .zero) }
                #expect(sum == forecast.amount(category), "\(day) \(category)")
                let count = mine.reduce(0) { $0 + ($1.integer("count") ?? 0) }
                #expect(count == forecast.integer(category + "_count"), "\(day) \(category)")
            }
        }
        let moved = cells.filter { $0.text("from") != $0.text("to") }
        let counted = moved.reduce(0) { $0 + ($1.integer("count") ?? 0) }
        #expect(answer.rows("flow_deals").count == counted && counted > 0)
        let stages = answer.rows("stage_flow").reduce(0) { $0 + ($1.integer("count") ?? 0) }
        #expect(stages == cells.reduce(0) { $0 + ($1.integer("count") ?? 0) })
    }

    @Test func `week by week each begins where the one before ends`() throws {
        let weeks = try Self.bench.get().answer("changes", "--weekly", "--no-nights").rows("weeks")
        #expect(weeks.last?.text("to") == "2026-12-07" && weeks.last?.text("end") == "6400000")
        for (week, next) in zip(weeks, weeks.dropFirst()) {
            #expect(week.text("end") == next.text("start") && week.text("to") == next.text("from"))
        }
        for week in weeks {
            let start = try #require(week.amount("start"))
            #expect(start + (week.amount("change") ?? .zero) == week.amount("end"))
        }
    }

    @Test(arguments: [80, 100, 140])
    func `read at any width as they were`(width: Int) throws {
        let bench = try Self.bench.get()
        var screens = ""
        for arguments in [
            ["changes", "--since", "2026-11-30"],
            [
                "changes", "--since", "7d", "--team", "EMEA", "--by", "person", "--measure", "commit",
                "--flow",
            ],
        ] {
            let outcome = try Command(
                environment: ["BELLWETHER_DB": bench.url, "COLUMNS": "\(width)"], folder: bench.folder.path
            ).run(arguments)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= width }, "\(outcome)")
            screens += "$ bellwether \(arguments.joined(separator: " "))\n\(outcome.output)\n"
        }
        try GoldenTests().compare(screens, with: "changes-\(width)", hasClock: false)
    }
}
