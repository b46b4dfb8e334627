import Answers
import Foundation
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// Random histories of nights around a freeze, loaded in any order, replaced and taken back: what is frozen stays, and what
/// became of it adds up, as an oracle has it that knows the files alone.
@Suite("Random frozen periods")
struct FrozenPropertyTests {
    @Test func `stay what they were, and every restatement is told`() throws {
        let environment = ProcessInfo.processInfo.environment
        let first =
            environment["BELLWETHER_TEST_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...1_000_000)
        let sequences = environment["BELLWETHER_TEST_SEQUENCES"].flatMap { UInt64($0) } ?? 3
        var compared = (frozen: 0, traced: 0)
        for seed in first..<first + sequences {
            var run = try FrozenHistory(seed: seed)
            let counts = try run.play()
            compared = (compared.frozen + counts.frozen, compared.traced + counts.traced)
        }
        // Else nothing was frozen, or no way was told.
        #expect(compared.frozen > 0 && compared.traced > 0, "seed \(first)")
    }
}

private struct FrozenHistory {
    private static let quarter = (first: "2026-01-01", last: "2026-03-31")
    private static let teams = ["East": "t1", "West": "t2", "No team": "", "Any": "company"]

    private let seed: UInt64
    private let bench: Bench
    private let warehouse: Warehouse
    private var random: SeededGenerator
    private var history: [[String: Any]] = []
    private var loaded: Set<Day> = []
    /// What the first answer with a frozen number said of it.
    private var frozen: [String: Amount]?
    private var point: [String] = []
    private var told: [Int: Told] = [:]
    /// The way of each node from what it had in closed + commit to what was closed, by load: amount and count a step.
    private var traced: [Int: [String: [String: String]]] = [:]

    private struct Told: Equatable {
        let point: [String]
        let nodes: [String: [String]]
        let changes: [String]
    }

    init(seed: UInt64) throws {
        self.seed = seed
        bench = try Bench()
        warehouse = try Warehouse(ConnectionParameters(bench.url))
        random = SeededGenerator(seed: seed)
        let mapping = try bench.run("mapping", "show", "generic").output
            .replacing("expected: daily", with: "expected: irregular")
        try bench.folder.write("crm.yml", mapping)
    }

    /// How many answers about a frozen period were compared, and how many about the way to it.
    mutating func play() throws -> (frozen: Int, traced: Int) {
        for _ in 0..<9 {
            try step()
            try ask()
            try trace()
        }
        try bench.folder.write(
            "history.json",
            String(decoding: try JSONSerialization.data(withJSONObject: history), as: UTF8.self))
        let expected = try Oracle.run(
            "frozen.py",
            [bench.folder.path + "/history.json", Self.quarter.first, Self.quarter.last])
        let answers = try #require(expected["answers"] as? [[String: Any]])
        for answer in answers {
            let load = try #require(answer["load"] as? Int)
            let way = answer["miss"] as? [String: [String: String]]
            for node in ["company", "t1", "t2"] {
                let wanted = way.map { $0[node] ?? [:] }
                #expect(traced[load]?[node] == wanted, "seed \(seed), load \(load), \(node)\n\(history)")
            }
            guard let frozen = answer["frozen"] as? [String: Any] else {
                #expect(told[load] == nil, "seed \(seed), load \(load)")
                continue
            }
            let wanted = Told(
                point: ["on", "day", "load"].map { "\(frozen[$0] ?? "")" },
                nodes: answer["nodes"] as? [String: [String]] ?? [:],
                changes: answer["changes"] as? [String] ?? [])
            #expect(told[load] == wanted, "seed \(seed), load \(load)\n\(history)")
        }
        return (told.count, traced.count)
    }

    // MARK: - Loads

    private mutating func step() throws {
        let load = history.count + 1
        if load > 3, Int.random(in: 0..<5, using: &random) == 0 {
            let undone = Int.random(in: 1..<load, using: &random)
            // Which snapshot of a day counts after an undone undo, where another was loaded between, is for the tests of
            // histories: the files alone do not say.
            let isUndo = history[undone - 1]["undoes"] != nil
            if !isUndo, try bench.run("loads", "undo", String(undone)).status == 0 {
                history.append(["load": load, "undoes": undone])
                return
            }
        }
        // Mostly forward, and sometimes back.
        let next = loaded.max().map { $0 + Int.random(in: 1...3, using: &random) } ?? day("2026-03-29")
        let late = day("2026-03-29") + Int.random(in: 0..<14, using: &random)
        let night = Int.random(in: 0..<3, using: &random) == 0 ? late : next
        let folder = "\(load)/\(night)"
        for (entity, text) in exports() { try bench.folder.write("\(folder)/\(entity).csv", text) }
        let outcome = try bench.run(
            ["load", "crm.yml", folder, "--date", night.description]
                + (loaded.contains(night) ? ["--replace"] : [])
                + ["gone", "rows", "amount", "older", "newer"].flatMap { ["--accept", $0] })
        try #require(outcome.status == 0, "seed \(seed): \(outcome)")
        loaded.insert(night)
        history.append(["load": load, "day": night.description, "folder": "\(bench.folder.path)/\(folder)"])
    }

    private func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

    private mutating func exports() -> [String: String] {
        func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
        var deals = "id,name,owner_id,stage_id,forecast_category,amount,currency,close_date\n"
        for number in 1...14 where Int.random(in: 0..<8, using: &random) > 0 {
            let date = pick(["2026-03-30", "2026-03-31", "2026-02-10", "2026-04-01", "2025-12-31", ""])
            deals +=
                "d\(number),Deal \(number),\(pick(["p1", "p1", "p2", "p3"])),\(pick(["New", "New", "Won", "Won", "Lost"])),\(pick(["commit", "commit", "best_case", "omitted", ""])),"
            deals += "\(number * 100).\(pick(["00", "05", "35"])),\(pick(["USD", "USD", "EUR"])),\(date)\n"
        }
        return [
            "opportunity": deals,
            "company":
                "id,name,currency,fiscal_year_start_month,freeze_business_day\nc,Any,USD,1,\(pick(["", "", "3", "2"]))\n",
            "holiday":
                "id,name,holiday_date,region\nh0,New Year,2026-01-01,\n"
                + pick(["", "", "", "h1,Good Friday,2026-04-03,\n"]),
            "team": "id,name,parent_id\nt1,East,\nt2,West,\n",
            "person":
                "id,name,team_id\np1,Ann,t1\np2,Bob,\(pick(["t1", "t2", ""]))\np3,Cleo,\(pick(["t2", "t2", ""]))\n",
            "stage":
                "id,name,position,kind,category\nNew,New,1,open,pipeline\nWon,Won,2,won,closed\nLost,Lost,3,lost,omitted\n",
            "exchange_rate":
                "id,kind,from_currency,to_currency,rate\ne1,plan,EUR,USD,1.\(pick(["1", "1", "2"]))\n",
        ]
    }

    // MARK: - Answers

    /// Asks for the restatements as known at the newest load, keeps what was told, and holds it against what was frozen.
    private mutating func ask() throws {
        let load = history.count
        let question = RestatementsQuestion(scope: QuestionScope(period: "FY2026Q1"), limit: 100)
        guard let listed = try? question.list(warehouse) else { return }
        #expect(listed.failure == nil, "seed \(seed), load \(load)")
        let answer = listed.answer
        let filters = Dictionary(
            answer.passport.filters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        var nodes: [String: [String]] = [:]
        var numbers: [String: Amount] = [:]
        for row in rows(answer.tables[0]) {
            guard let name = text(row["node"]), let frozen = amount(row["frozen"]),
                let crm = amount(row["by_crm"]), let loads = amount(row["by_loads"]),
                let now = amount(row["current"])
            else { continue }
            #expect(frozen + crm + loads == now, "seed \(seed), load \(load), \(name)")
            numbers[name] = frozen
            guard frozen != .zero || now != .zero || crm != .zero || loads != .zero else { continue }
            nodes[Self.teams[name] ?? name] = [frozen, frozen + loads, now].map(cents)
        }
        if let earlier = frozen {
            for (name, amount) in earlier {
                #expect(numbers[name] ?? .zero == amount, "seed \(seed) \(name)")
            }
        } else {
            frozen = numbers
        }
        told[load] = Told(
            point: ["frozen_on", "frozen_as_of", "frozen_as_known"].map { filters[$0] ?? "" },
            nodes: nodes,
            changes: rows(answer.tables[1]).compactMap { row in
                guard let cause = text(row["cause"]), let id = text(row["id"]),
                    let value = amount(row["amount"])
                else { return nil }
                return "\(cause) \(id) \(cents(value))"
            }.sorted())
        try compareForecast(answer, load)
    }

    /// Asks why the call of the last week missed, of the company and of each team. Nobody has called.
    private mutating func trace() throws {
        let load = history.count
        for (team, node) in [(nil, "company"), ("East", "t1"), ("West", "t2")] {
            let question = MissQuestion(
                scope: QuestionScope(period: "FY2026Q1", team: team), week: 13, limit: 100)
            guard let way = try? question.trace(warehouse) else { continue }
            #expect(way.failure == nil, "seed \(seed), load \(load), \(node)")
            var steps: [String: String] = [:]
            for row in rows(way.answer.tables[0]) {
                guard let step = text(row["step"]), step != "call", let amount = amount(row["amount"]) else {
                    continue
                }
                if case .integer(let count) = row["count"] { steps[step] = "\(cents(amount)) \(count)" }
            }
            // The sum of deals that were said has no count of its own.
            traced[load, default: [:]][node] = steps.filter { $0.value != "0.00 0" }
        }
    }

    /// A forecast of the frozen period says what was frozen, a current one what is now.
    private func compareForecast(_ answer: Answer, _ load: Int) throws {
        for (reading, column) in [(PeriodReading.frozen, "frozen"), (.current, "current")] {
            let question = ForecastQuestion(
                scope: QuestionScope(period: "FY2026Q1"), level: .team, reading: reading)
            let forecast = try question.answer(from: warehouse)
            let closed = rows(forecast.tables[0]).first.flatMap { amount($0["closed"]) }
            let wanted = rows(answer.tables[0]).first.flatMap { amount($0[column]) }
            #expect(closed == wanted, "seed \(seed), load \(load), \(column)")
        }
    }

    private func rows(_ table: AnswerTable) -> [[String: AnswerValue]] {
        table.rows.map { row in
            Dictionary(
                zip(table.columns.map(\.name), row.values).map { ($0, $1) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    private func text(_ value: AnswerValue?) -> String? {
        if case .text(let text) = value { text } else { nil }
    }

    private func amount(_ value: AnswerValue?) -> Amount? {
        if case .amount(let amount) = value { amount } else { nil }
    }

    private func cents(_ amount: Amount) -> String {
        let hundredths = amount.millionths / 10_000
        let rest = String(hundredths.magnitude % 100)
        return (hundredths < 0 ? "-" : "") + "\(hundredths.magnitude / 100)." + (rest.count < 2 ? "0" : "")
            + rest
    }
}
