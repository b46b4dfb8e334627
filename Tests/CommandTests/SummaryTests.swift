import Answers
import Foundation
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// Summaries of past periods: never a second truth.
@Suite("Summaries")
struct SummaryTests {
    private static let questions = [["coverage", "--by", "person"], ["pacing", "--by", "person"]]

    private func answers(_ bench: Bench, _ options: String...) throws -> [String] {
        try Self.questions.map { question in
            let outcome = try bench.run(question + options + ["--format", "json"])
            return "\(outcome)"
        }
    }

    @Test func `are read, and answer as the versions do`() throws {
        let bench = try Corvid.bench()
        let before = try answers(bench)
        let made = try bench.answer("summarise").rows()
        // For this quarter FY2026Q1 and FY2025Q4; for the next one FY2026Q1, 25 days before it began.
        #expect(made[0].integer("made") == 3 && made[0].integer("kept") == 0)
        #expect(try answers(bench) == before)
        #expect(try bench.answer("summarise").headline == "Nothing to do: 3 summaries hold")
        #expect(
            try bench.values(
                """
                select concat_ws(' ', period, day, sum(closed), sum(landed), sum(landed_created)) as value
                from bellwether.period_standing
                group by period, day
                order by day, period
                """) == [
                    "FY2025Q4 2025-12-07 100 200 20", "FY2026Q1 2025-12-07 0 180 180",
                    "FY2026Q1 2026-03-07 80 180 0",
                ])
        // They are what questions read: what is written into one is seen.
        try bench.connection().execute("update bellwether_store.period_standing set landed_commit = 0")
        #expect(
            try bench.answer("coverage").rows("periods").map { $0.text("landed_open") } == ["0", "0"])
    }

    @Test func `hold until a load changes what they stand on, and as known before it still`() throws {
        // Nothing is frozen by rule: a period lands on its last day.
        let company = "id,name,currency,fiscal_year_start_month,freeze_business_day\nc,Corvid,USD,1,0\n"
        let bench = try Corvid.bench(Corvid.days, ["company": company])
        _ = try bench.answer("summarise")
        func holding(_ asKnown: String) throws -> String? {
            try bench.value(
                """
                select count(*)::text as value
                from (select set_config('bellwether.as_known', '\(asKnown)', false)) as setting (value)
                cross join lateral (select from bellwether.period_summary where setting.value is not null) as summary
                """)
        }
        func landed(_ period: String) throws -> String? {
            try bench.answer("coverage").rows("periods").first { $0.text("period") == period }?
                .text("landed")
        }
        // A day after all of them landed changes nothing of theirs.
        try bench.mustLoad("2026-05-01", ["opportunity": Corvid.nights[4]])
        #expect(try holding("6") == "3" && holding("5") == "3")
        // At load 3 FY2026Q1 had not landed yet; FY2025Q4 had.
        #expect(try holding("3") == "1")
        let before = try answers(bench, "--as-known", "6")
        // A night between the same day of FY2026Q1 and its end.
        try bench.mustLoad(
            "2026-03-20", ["opportunity": Corvid.deals(Corvid.march("d7,Next,a1,p2,Lost,,1,USD,2026-03-20"))])
        #expect(try holding("7") == "1" && holding("6") == "3")
        #expect(try answers(bench, "--as-known", "6") == before)
        // A corrected one.
        try bench.folder.write(
            "2025-12-31/opportunity.csv", Corvid.nights[1].replacing("Won,,100,", with: "Won,,70,"))
        let corrected = try bench.run(
            "load", "generic", "2025-12-31", "--replace", "--accept", "older")
        try #require(corrected.status == 0, "\(corrected)")
        #expect(try holding("8") == "0" && holding("6") == "3")
        #expect(try landed("FY2025Q4") == "170")
        #expect(try bench.answer("summarise").rows()[0].integer("made") == 3)
        #expect(try holding("8") == "3" && landed("FY2025Q4") == "170")
        #expect(try answers(bench, "--as-known", "6") == before)
        // Taken back, the first one counts again.
        let undone = try bench.run("loads", "undo", "8")
        try #require(undone.status == 0, "\(undone)")
        #expect(try holding("9") == "0" && landed("FY2025Q4") == "200")
    }

    @Test func `that move on while somebody reads do not reach the answer`() throws {
        let bench = try Corvid.bench()
        _ = try bench.answer("summarise")
        let warehouse = try Warehouse(ConnectionParameters(bench.url))
        let point = try warehouse.readPoint(asOf: nil, asKnown: nil)
        let period = try warehouse.companySettings().calendar.current(on: point.asOf)
        func sums() throws -> [ForecastCell] {
            try warehouse.forecastCells(of: period, at: point).sorted { "\($0)" < "\($1)" }
        }
        let before = try sums()
        #expect(point.hasDealSpans && !before.isEmpty)
        // A corrected snapshot of the day itself, and all that is kept made anew from it.
        let corrected = try bench.load(
            point.asOf.description,
            ["opportunity": Corvid.deals("d9,Other,a1,p1,New,commit,7777,USD,2026-06-20")], "--replace",
            "--accept",
            "gone", "--accept", "rows", "--accept", "amount")
        try #require(corrected.status == 0, "\(corrected)")
        _ = try bench.answer("summarise")
        #expect(try sums() == before)
    }

    @Test func `of whole weeks are kept, others make room`() throws {
        let bench = try Corvid.bench()
        // Of days that are known, beside the three: both last days, and that of FY2025Q4 for FY2026Q1.
        #expect(try bench.answer("summarise", "--weekly").rows()[0].integer("made") == 6)
        // A day later other days are the same days, and none of them is known.
        try bench.mustLoad("2026-06-07", ["opportunity": Corvid.nights[4]])
        let next = try bench.answer("summarise").rows()[0]
        #expect(next.integer("made") == 0 && next.integer("deleted") == 3)
        #expect(try bench.value("select count(*)::text as value from bellwether.period_summary") == "3")
    }

    @Test func `are made by whoever loads, and read by whoever asks`() throws {
        let bench = try Corvid.bench()
        func url(_ role: String) throws -> String {
            let user = "\(bench.database)_\(role)"
            try bench.connection().execute("create role \"\(user)\" login in role bellwether_\(role)")
            return "host=\(bench.socketFolder) dbname=\(bench.database) user=\(user)"
        }
        let loader = try bench.run(["summarise", "--db", try url("loader")])
        #expect(loader.status == 0, "\(loader)")
        let reader = try url("reader")
        #expect(try bench.run(["coverage", "--db", reader]).status == 0)
        let refused = try bench.run(["summarise", "--db", reader])
        #expect(refused.status == 0, "nothing to do is allowed: \(refused)")
        try bench.mustLoad("2026-03-08", ["opportunity": Corvid.nights[2]])
        let forbidden = try bench.run(["summarise", "--db", reader])
        #expect(forbidden.status == 1 && forbidden.errors.contains("BW203"), "\(forbidden)")
    }

    @Test func `leave the proof of what is loaded as it was`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        // What the day before is compared with: one deal is worth more now.
        let deals = Acme.deals(
            "d1,First,a1,p1,New,commit,150,USD,2026-06-30", "d2,Second,a1,p2,New,commit,200,USD,2026-06-30")
        try bench.mustLoad("2026-05-05", Acme.exports.merging(["opportunity": deals]) { $1 })
        #expect(try bench.run("verify").status == 0)
        #expect(try bench.run("summarise").status == 0)
        let proof = try bench.run("verify")
        #expect(proof.status == 0, "\(proof)")
    }

    @Test func `before anything is loaded cannot be`() throws {
        let outcome = try Bench().run("summarise")
        #expect(outcome.status == 64 && outcome.errors.contains("BW505"), "\(outcome)")
    }
}
