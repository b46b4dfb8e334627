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
        let count = environment["BELLWETHER_TEST_SEQUENCES"].flatMap { UInt64($0) } ?? 3
        var used = Used()
        var stories: [String] = []
        for seed in first..<first + count {
            var run = try SummarisedHistory(seed: seed)
            used += try run.play()
            stories += run.story
        }
        // Else nothing was compared.
        #expect(
            used.standings > 0 && used.forecasts > 0 && used.spans > 0, "seed \(first): \(used) \(stories)")
    }
}

/// How often an answer could read what is derived.
private struct Used {
    var standings = 0
    var forecasts = 0
    var spans = 0

    static func += (left: inout Used, right: Used) {
        left.standings += right.standings
        left.forecasts += right.forecasts
        left.spans += right.spans
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

    /// What its answers could read.
    mutating func play() throws -> Used {
        var used = Used()
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
        var deals =
            "id,name,owner_id,stage_id,forecast_category,amount,currency,close_date,is_closed,is_won\n"
        for number in 1...24 where Int.random(in: 0..<5, using: &random) > 0 {
            let close = Self.days[0] + Int.random(in: -60...600, using: &random)
            // Without a date, without an amount, in a currency that has no rate, below zero, in half a unit.
            let date = Int.random(in: 0..<12, using: &random) == 0 ? "" : close.description
            let amount = pick(["\(number * 100)", "\(number * 100)", "\(number).005", "-7", ""])
            deals +=
                "d\(number),Deal \(number),\(pick(["p1", "p2", "p3", "", "p9"])),\(pick(["New", "Won", "Lost", "Odd"])),"
            deals +=
                "\(pick(["", "commit", "best_case", "omitted"])),\(amount),\(pick(["USD", "EUR", "", "JPY"])),\(date),\(pick(["", "", "true", "false"])),\(pick(["", "", "true", "false"]))\n"
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
                """
            id,kind,from_currency,to_currency,start_date,end_date,rate
            e1,plan,EUR,USD,,\(Self.days[5]),1.\(pick(["1", "2"]))
            e2,plan,EUR,USD,\(Self.days[5] + 1),,1.3
            e3,daily,EUR,USD,,,1.\(pick(["05", "25"]))

            """,
            "call": """
            id,node_kind,node_id,period,category,kind,basis,amount,currency,submitted_at
            k1,team,t1,FY2025Q2,commit,override,,\(pick(["900", "4000"])),USD,\(Self.days[2])T12:00:00Z
            k2,team,t2,FY2025Q3,commit,override,,700,USD,\(Self.days[4])T12:00:00Z
            k3,person,p1,FY2025Q4,commit,override,,\(pick(["100", "500"])),USD,\(Self.days[6])T12:00:00Z
            k4,company,,FY2026Q1,commit,override,,900,USD,\(Self.days[8])T12:00:00Z
            k5,person,p2,FY2025Q3,commit,own,exclusive,300,USD,\(Self.days[3])T12:00:00Z

            """,
            "plan_line":
                "id,kind,node_kind,node_id,period,amount\nb1,budget,company,,FY2025Q4,5000\nb2,budget,team,t1,FY2026Q1,900\n",
        ]
    }

    private mutating func compare() throws -> Used {
        let known = Int.random(in: 1...loads, using: &random)
        let day = Self.days.randomElement(using: &random) ?? Self.days[0]
        let scope = QuestionScope(
            asOf: Bool.random(using: &random) ? day : nil,
            asKnown: Bool.random(using: &random) ? String(known) : nil,
            period: ["this", "next", "last", "following", "all"].randomElement(using: &random) ?? "this",
            organisation: Bool.random(using: &random)
                ? nil : ["as-was", "as-is", day.description].randomElement(using: &random))
        let summarised = ask(scope)
        let used = try used(scope)
        let connection = try bench.connection()
        let tables = ["period_summary", "forecast_summary", "deal_span_state"]
        for table in tables {
            try connection.execute("create temp table kept_\(table) as table bellwether_store.\(table)")
            try connection.execute("delete from bellwether_store.\(table)")
        }
        let computed = ask(scope)
        for table in tables {
            try connection.execute("insert into bellwether_store.\(table) table kept_\(table)")
        }
        for (summarised, computed) in zip(summarised, computed) where summarised != computed {
            let same = zip(summarised, computed).prefix { $0 == $1 }.count
            let (left, right) = (around(summarised, same), around(computed, same))
            Issue.record(
                "seed \(seed), \(scope)\n\(story)\nfrom what is kept: \(left)\nfrom versions:     \(right)")
        }
        return used
    }

    /// What stands where two texts begin to differ.
    private func around(_ text: String, _ place: Int) -> String {
        String(text.dropFirst(max(0, place - 500)).prefix(700))
    }

    /// What is there to be read at the scope's point.
    private func used(_ scope: QuestionScope) throws -> Used {
        func count(_ what: String) throws -> Int {
            let found = try bench.value(
                """
                select \(what)::text as value
                from (
                    select
                        set_config('bellwether.as_known', '\(scope.asKnown ?? "")', false)
                        || set_config('bellwether.org', '\(scope.organisation ?? "")', false)
                        || set_config('bellwether.as_of', '\(scope.asOf?.description ?? "")', false)
                ) as setting (value)
                where setting.value is not null
                """)
            return Int(found ?? "") ?? 0
        }
        return Used(
            standings: try count("(select count(*) from bellwether.period_summary)"),
            forecasts: try count(
                "(select count(*) from bellwether.forecast_summary as summary where summary.day = bellwether.as_of())"
            ),
            spans: try count("bellwether.deal_spans_hold()::integer"))
    }

    /// The answers, or the words of the error.
    private func ask(_ scope: QuestionScope) -> [String] {
        func words(_ ask: () throws -> Answer) -> String {
            do { return "\(try ask())" } catch { return "\(error)" }
        }
        return [
            words { try ForecastQuestion(scope: scope, level: .person).answer(from: warehouse) },
            // People who have not called are one sum a team here, where something is kept.
            words { try ForecastQuestion(scope: scope, level: .team).answer(from: warehouse) },
            words {
                try CallListQuestion(scope: scope, level: .person, category: .commit).answer(from: warehouse)
            },
            words { try CoverageQuestion(scope: scope, level: .person).answer(from: warehouse) },
            words { try PacingQuestion(scope: scope, level: .person).answer(from: warehouse) },
        ]
    }
}
