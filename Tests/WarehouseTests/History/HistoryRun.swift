import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// One random company of a few deals and days, loaded in a random order, compared with the oracle all the way.
struct HistoryRun {
    private static let first = Day(number: 20_000)
    private let seed: UInt64
    private let bench: HistoryBench
    private let dayCount: Int
    private let hasPeople: Bool
    private var random: SeededGenerator
    private var draw: HistoryDraw
    private var oracle = HistoryOracle()
    private var script: [String] = []
    /// What the oracle said after each load.
    private var known: [Int: [Day: [String: String]]] = [:]

    init(seed: UInt64, bench: HistoryBench) throws {
        self.seed = seed
        self.bench = bench
        random = SeededGenerator(seed: seed)
        dayCount = Int.random(in: 2...10, using: &random)
        hasPeople = Int.random(in: 0..<4, using: &random) == 0
        draw = HistoryDraw(keyCount: Int.random(in: 2...20, using: &random), first: Self.first)
    }

    private var last: Day { Self.first + dayCount }

    mutating func play(isProved: Bool) throws {
        try bench.clear()
        for _ in 0..<Int.random(in: 2...9, using: &random) {
            if let number = oracle.numbers.randomElement(using: &random),
                Int.random(in: 0..<4, using: &random) == 0
            {
                try undo(number)
            } else {
                try loadOne()
            }
            try compareHistory()
        }
        try compareKnown()
        try compareViews()
        try compareForecast()
        if isProved {
            let broken = try bench.warehouse.verify().broken
            #expect(broken == [], explain("broken rules: \(broken)"))
        }
    }

    // MARK: - Steps

    private mutating func loadOne() throws {
        let day = Self.first + Int.random(in: 0..<dayCount, using: &random)
        let snapshot = draw.snapshot(like: oracle.live, using: &random)
        let request = LoadRequest(
            mapping: try mapping(isFull: snapshot.isFull), folder: try write(snapshot), day: day,
            replace: oracle.live[day] != nil, dryRun: false, accepted: Set(LoadGuard.allCases), waits: true,
            command: "test", loadedBy: "test", programVersion: "test")
        let crashed = Int.random(in: 0..<5, using: &random) == 0 ? try crash(request) : nil
        switch try (crashed ?? bench.warehouse.load(request)).outcome {
        case .published(let load):
            oracle.load(load, day, snapshot)
            script.append("load \(load) day \(day) \(snapshot)")
            known[load] = oracle.states(from: Self.first, to: last)
        case .alreadyLoaded, .dryRun: break
        }
    }

    /// The load ends in the middle: nothing has changed, and it can be run again. Its report when it ends before.
    private mutating func crash(_ request: LoadRequest) throws -> LoadReport? {
        let number = Int.random(in: 1...10, using: &random)
        let before = try bench.warehouse.loadCount()
        if let report = try bench.load(request, crashingAtStatement: number) { return report }
        script.append("crash at statement \(number) of the next load")
        #expect(try bench.warehouse.loadCount() == before, explain("a load after a crash"))
        try compareHistory()
        return nil
    }

    private mutating func undo(_ number: Int) throws {
        let next = try bench.warehouse.loadCount() + 1
        var changed = oracle
        let isExpected = changed.undo(number, as: next)
        let report = try undoneOrRefused(number)
        #expect((report != nil) == isExpected, "seed \(seed): undo \(number)")
        guard let report else { return }
        oracle = changed
        script.append("undo \(number) as \(report.load)")
        known[report.load] = oracle.states(from: Self.first, to: last)
    }

    /// The undo's report; nil when the warehouse says that there is nothing to take back.
    private func undoneOrRefused(_ number: Int) throws -> UndoReport? {
        do throws(BellwetherError) {
            return try bench.warehouse.undo(
                load: number, waits: true, command: "test", loadedBy: "test", programVersion: "test")
        } catch {
            if error.code == .loadNotUndoable { return nil }
            throw error
        }
    }

    // MARK: - Exports

    private func write(_ snapshot: HistoryOracle.Snapshot) throws -> String {
        try bench.folder.write("deals.csv", HistoryDraw.csv(of: snapshot))
        // Another entity with the same keys, one of them rejected: nothing of it may reach the deals.
        let people = ["k1", "k2", "k3"].map {
            "\($0),\($0 == snapshot.rows.keys.min() ? "no day" : "2026-01-01")"
        }
        try bench.folder.write("people.csv", (["Id,Start"] + people).joined(separator: "\n") + "\n")
        return bench.folder.path
    }

    private func mapping(isFull: Bool) throws -> Mapping {
        let people = """
              person:
                file: people.csv
                columns: {id: Id, start_date: Start}
            """
        return try Mapping.parse(
            text: """
                mapping: property
                source: property
                expected: irregular
                format: {"null": ["", "NULL"]}
                entities:
                  company:
                    rows: [{id: c, name: C, currency: EUR, time_zone: UTC, fiscal_year_start_month: 1}]
                \(hasPeople ? people : "")
                  opportunity:
                    file: deals.csv
                    kind: \(isFull ? "full" : "delta")
                    builds_on: none
                    deleted: {column: Deleted, is: "yes"}
                    columns:
                      id: Id
                      owner_id: Owner
                      forecast_category: Category
                      amount: Amount
                      close_date: Close
                """, file: "property.yml", schemas: EntityCatalog.all)
    }

    // MARK: - Comparing

    private func explain(_ what: String) -> Comment {
        "seed \(seed): \(what)\n\(script.joined(separator: "\n"))"
    }

    /// The versions that stand are the oracle's states, as maximal intervals.
    private func compareHistory() throws {
        let expected = oracle.intervals(from: Self.first, to: last)
        let actual = try HistoryVersion.all(bench.reader).filter { $0.supersededIn == nil }.map(\.interval)
        #expect(Set(actual) == Set(expected), explain("other versions"))
        #expect(actual.count == expected.count, explain("a version twice"))
    }

    /// What was known at each load is what the oracle said then.
    private func compareKnown() throws {
        let versions = try HistoryVersion.all(bench.reader)
        for (load, expected) in known {
            for (day, state) in expected {
                let actual = versions.filter { $0.holds(on: day, asKnown: load) }
                    .map { ($0.interval.key, $0.interval.content) }
                #expect(
                    Dictionary(actual, uniquingKeysWith: { "\($0) and \($1)" }) == state,
                    explain("\(day) as known at load \(load)"))
            }
        }
    }

    /// The view reads by the same rule.
    private mutating func compareViews() throws {
        for _ in 0..<2 {
            guard let (load, states) = known.sorted(by: { $0.key < $1.key }).randomElement(using: &random),
                let (day, state) = states.sorted(by: { $0.key < $1.key }).randomElement(using: &random)
            else { return }
            try bench.read(asOf: day, asKnown: load)
            let rows = try bench.reader.query(
                "select id as key, \(HistoryVersion.content) as content from bellwether.opportunity as version"
            ).map { (try $0.decode("key", as: String.self), try $0.decode("content", as: String.self)) }
            #expect(
                Dictionary(rows, uniquingKeysWith: { "\($0) and \($1)" }) == state,
                explain("the view of \(day) as known at load \(load)"))
        }
    }

    /// The forecast's sums of every day are those of the oracle's deals.
    private func compareForecast() throws {
        for (day, state) in oracle.states(from: Self.first, to: last) where !known.isEmpty {
            try bench.read(asOf: day, asKnown: nil)
            var actual: [String: Amount] = [:]
            for row in try bench.reader.query(Warehouse.forecastCellsSQL, HistoryDraw.period) {
                let key = try [
                    row.decode("owner_id", as: String?.self) ?? "",
                    row.decode("category", as: String.self), row.decode("timing", as: String.self),
                    String(row.decode("deals", as: Int.self)),
                ].joined(separator: "|")
                actual[key] = try row.decode("amount", as: Amount.self)
            }
            #expect(actual == HistoryDraw.forecast(of: state.values), explain("the forecast of \(day)"))
        }
    }
}
