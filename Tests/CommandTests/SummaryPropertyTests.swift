import Answers
import Foundation
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// Random histories, loaded in any order, corrected and taken back: with summaries every answer is as without.
@Suite("Random summaries")
struct SummaryPropertyTests {
    @Test func `change no answer, on any day, as known at any load`() throws {
        let environment = ProcessInfo.processInfo.environment
        let first =
            environment["BELLWETHER_TEST_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...1_000_000)
        var used = 0
        var stories: [String] = []
        for seed in first..<first + 2 {
            var run = try SummarisedHistory(seed: seed)
            used += try run.play()
            stories += run.story
        }
        // Else nothing was compared.
        #expect(used > 0, "seed \(first): \(stories)")
    }
}

private struct SummarisedHistory {
    /// Every sixth week, over six quarters.
    private static let days = (0..<12).map { Day(number: 20_089) + $0 * 42 }

    private let seed: UInt64
    private let bench: Bench
    private let warehouse: Warehouse
    private var random: SeededGenerator
    private var loaded: Set<Day> = []
    private var loads = 0
    private(set) var story: [String] = []

    init(seed: UInt64) throws {
        self.seed = seed
        bench = try Bench()
        warehouse = try Warehouse(ConnectionParameters(bench.url))
        random = SeededGenerator(seed: seed)
        // No day is a gap, whatever nights are there.
        let mapping = try bench.run("mapping", "show", "generic").output
            .replacing("expected: daily", with: "expected: irregular")
        try bench.folder.write("crm.yml", mapping)
    }

    /// How many answers were read from summaries.
    mutating func play() throws -> Int {
        var used = 0
        for _ in 0..<8 {
            try load()
            try summarise()
            for _ in 0..<2 { used += try compare() }
        }
        return used
    }

    /// Unless all has been taken back.
    private mutating func summarise() throws {
        let day = try bench.value("select bellwether.as_of()::text as value")
        guard let day, Int.random(in: 0..<3, using: &random) > 0 else {
            story.append("as of \(day ?? "nothing")")
            return
        }
        let report = try Summaries(isWeekly: Bool.random(using: &random)).make(in: warehouse)
        story.append("as of \(day) summarised \(report.made) \(report.kept) \(report.deleted)")
    }

    private mutating func load() throws {
        let day = Self.days.randomElement(using: &random) ?? Self.days[0]
        if loads > 1, Int.random(in: 0..<8, using: &random) == 0 {
            let load = Int.random(in: 1...loads, using: &random)
            let undone = try bench.run("loads", "undo", String(load))
            story.append("undo \(load): \(undone.status)")
            if undone.status == 0 { loads += 1 }
            return
        }
        for (entity, text) in exports() { try bench.folder.write("\(day)/\(entity).csv", text) }
        let outcome = try bench.run(
            ["load", "crm.yml", day.description] + (loaded.contains(day) ? ["--replace"] : [])
                + ["gone", "rows", "amount", "older"].flatMap { ["--accept", $0] })
        story.append("load \(day): \(outcome.status)")
        try #require(outcome.status == 0, "seed \(seed): \(story)\n\(outcome)")
        loaded.insert(day)
        loads =
            try Int(bench.value("select max(number)::text as value from bellwether_store.load") ?? "")
            ?? loads
    }

    /// The same deals each night, in whatever state.
    private mutating func exports() -> [String: String] {
        func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
        var deals = "id,name,owner_id,stage_id,forecast_category,amount,currency,close_date\n"
        for number in 1...24 where Int.random(in: 0..<5, using: &random) > 0 {
            let date = Self.days[0] + Int.random(in: -60...600, using: &random)
            deals +=
                "d\(number),Deal \(number),\(pick(["p1", "p2", "p3", "", "p9"])),\(pick(["New", "Won", "Lost"])),"
            deals +=
                "\(pick(["", "commit", "best_case", "omitted"])),\(number * 100),\(pick(["USD", "EUR"])),\(date)\n"
        }
        return [
            "opportunity": deals,
            "company": "id,name,currency,fiscal_year_start_month\nc,Any,USD,1\n",
            "team": "id,name,parent_id\nt1,East,\nt2,West,t1\n",
            "person":
                "id,name,team_id\np1,Ann,\(pick(["t1", "t2"]))\np2,Bob,\(pick(["t1", "t2", ""]))\np3,Cleo,t2\n",
            "stage":
                "id,name,position,kind,category\nNew,New,1,open,pipeline\nWon,Won,2,won,closed\nLost,Lost,3,lost,omitted\n",
            "exchange_rate":
                "id,kind,from_currency,to_currency,rate\ne1,plan,EUR,USD,1.\(pick(["1", "2"]))\n",
            "plan_line":
                "id,kind,node_kind,node_id,period,amount\nb1,budget,company,,FY2025Q4,5000\nb2,budget,team,t1,FY2026Q1,900\n",
        ]
    }

    private mutating func compare() throws -> Int {
        let known = Int.random(in: 1...loads, using: &random)
        let day = Self.days.randomElement(using: &random) ?? Self.days[0]
        let scope = QuestionScope(
            asOf: Bool.random(using: &random) ? day : nil,
            asKnown: Bool.random(using: &random) ? String(known) : nil,
            period: ["this", "next", "last"].randomElement(using: &random) ?? "this")
        let summarised = ask(scope)
        let used = try bench.value(
            """
            select count(*)::text as value
            from (select set_config('bellwether.as_known', '\(scope.asKnown ?? "")', false)) as setting (value)
            cross join lateral (select from bellwether.period_summary where setting.value is not null) as summary
            """)
        let connection = try bench.connection()
        try connection.execute("create temp table kept as table bellwether_store.period_summary")
        try connection.execute("delete from bellwether_store.period_summary")
        let computed = ask(scope)
        try connection.execute("insert into bellwether_store.period_summary table kept")
        #expect(summarised == computed, "seed \(seed), \(scope)\n\(story)")
        return Int(used ?? "") ?? 0
    }

    /// The answers, or the words of the error.
    private func ask(_ scope: QuestionScope) -> [String] {
        func words(_ ask: () throws -> Answer) -> String {
            do { return "\(try ask())" } catch { return "\(error)" }
        }
        return [
            words { try CoverageQuestion(scope: scope, level: .person).answer(from: warehouse) },
            words { try PacingQuestion(scope: scope, level: .person).answer(from: warehouse) },
        ]
    }
}
