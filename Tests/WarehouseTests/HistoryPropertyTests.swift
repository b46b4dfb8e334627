import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// Random sequences of loads, late loads, replacements and undos end in the history that a plain oracle rebuilds from the
/// live snapshots, and nothing that was known earlier changes.
@Suite("History")
struct HistoryPropertyTests {
    @Test func `is a pure function of the live snapshots, in any order of loads, replacements and undos`()
        throws
    {
        let database = try TestDatabase.empty()
        let warehouse = try Warehouse(database)
        _ = try warehouse.migrate(roles: RoleNames())
        let reader = try Connection(database)
        let seed =
            UInt64(ProcessInfo.processInfo.environment["BELLWETHER_TEST_SEED"] ?? "")
            ?? UInt64.random(in: 1...1_000_000)
        let sequences = Int(ProcessInfo.processInfo.environment["BELLWETHER_TEST_SEQUENCES"] ?? "") ?? 25
        for number in 0..<sequences {
            var run = try SequenceRun(
                seed: seed &+ UInt64(number), source: "s\(number)", warehouse: warehouse, reader: reader)
            try run.play()
        }
    }
}

/// One random company of a few deals and days, loaded in a random order.
private struct SequenceRun {
    private static let first = Day(number: 20_000)
    private static let dayCount = 7
    private let seed: UInt64
    private let source: String
    private let warehouse: Warehouse
    private let reader: Connection
    private let folder: TemporaryFolder
    private var random: SeededGenerator
    private var oracle = HistoryOracle()
    /// What the warehouse said of every day after each load.
    private var script: [String] = []
    private var known: [Int: [Day: [String: String]]] = [:]

    init(seed: UInt64, source: String, warehouse: Warehouse, reader: Connection) throws {
        self.seed = seed
        self.source = source
        self.warehouse = warehouse
        self.reader = reader
        folder = try TemporaryFolder()
        random = SeededGenerator(seed: seed)
    }

    private var last: Day { Self.first + Self.dayCount }

    mutating func play() throws {
        for _ in 0..<Int.random(in: 2...9, using: &random) {
            if let number = oracle.numbers.randomElement(using: &random),
                Int.random(in: 0..<4, using: &random) == 0
            {
                try undo(number)
            } else {
                try loadOne()
            }
            try compare()
        }
        try checkKnownBefore()
        try checkVersions()
    }

    private mutating func loadOne() throws {
        let day = Self.first + Int.random(in: 0..<Self.dayCount, using: &random)
        let snapshot = randomSnapshot()
        let isFirstOfDay = oracle.live[day] == nil
        let request = LoadRequest(
            mapping: try mapping(isFull: snapshot.isFull), folder: try write(snapshot), day: day,
            replace: !isFirstOfDay, dryRun: false, accepted: [.empty, .rejects], waits: true, command: "test",
            loadedBy: "test", programVersion: "test")
        let report = try warehouse.load(request)
        switch report.outcome {
        case .published(let load):
            oracle.load(load, day, snapshot)
            script.append("load \(load) day \(day) \(snapshot)")
            known[load] = oracle.states(from: Self.first, to: last)
        case .alreadyLoaded, .dryRun: break
        }
    }

    private mutating func undo(_ number: Int) throws {
        let next = try warehouse.loadCount() + 1
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
            return try warehouse.undo(
                load: number, waits: true, command: "test", loadedBy: "test", programVersion: "test")
        } catch {
            if error.code == .loadNotUndoable { return nil }
            throw error
        }
    }

    /// A few keys, a few contents, so that returns, repeats and equal neighbours are common.
    private mutating func randomSnapshot() -> HistoryOracle.Snapshot {
        if let again = oracle.live.values.randomElement(using: &random),
            Int.random(in: 0..<5, using: &random) == 0
        {
            return again
        }
        var snapshot = HistoryOracle.Snapshot(isFull: Int.random(in: 0..<4, using: &random) > 0, rows: [:])
        for key in ["a", "b", "c", "d", "ü 'e\""] {
            switch Int.random(in: 0..<12, using: &random) {
            case 8:
                snapshot.rejected.insert(key)
                snapshot.conflicting.insert(key)
            case 9 where !snapshot.isFull:
                snapshot.rejected.insert(key)
                snapshot.shownAndDeleted.insert(key)
            case 0...5: snapshot.rows[key] = ["1", "2", "3", "NULL"].randomElement(using: &random)
            case 6: snapshot.rejected.insert(key)
            case 7 where !snapshot.isFull: snapshot.deleted.insert(key)
            default: break
            }
        }
        if Int.random(in: 0..<8, using: &random) == 0 { snapshot.provesAbsence = false }
        return snapshot
    }

    /// The name carries the content; a rejected row has an amount that is no number.
    private func write(_ snapshot: HistoryOracle.Snapshot) throws -> String {
        var lines = ["Id,Name,Amount,Deleted"]
        for (key, content) in snapshot.rows.sorted(by: { $0.key < $1.key }) {
            lines.append("\(quoted(key)),\(content),1,no")
        }
        for key in snapshot.rejected.sorted() {
            if snapshot.conflicting.contains(key) {
                lines.append("\(quoted(key)),1,1,no")
                lines.append("\(quoted(key)),2,1,no")
            } else if snapshot.shownAndDeleted.contains(key) {
                lines.append("\(quoted(key)),1,1,no")
                lines.append("\(quoted(key)),1,1,yes")
            } else {
                lines.append("\(quoted(key)),x,broken,no")
            }
        }
        for key in snapshot.deleted { lines.append("\(quoted(key)),x,1,yes") }
        if !snapshot.provesAbsence { lines.append(",nameless,1,no") }
        // Another entity with the same keys, one of them rejected: nothing of it may reach the deals.
        let people = ["a", "b", "c"].map {
            "\($0),\($0 == snapshot.rows.keys.min() ? "no day" : "2026-01-01")"
        }
        try folder.write("people.csv", (["Id,Start"] + people).joined(separator: "\n") + "\n")
        return URL(fileURLWithPath: try folder.write("deals.csv", lines.joined(separator: "\n") + "\n"))
            .deletingLastPathComponent().path
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private func mapping(isFull: Bool) throws -> Mapping {
        try Mapping.parse(
            text: """
                mapping: property
                source: \(source)
                format: {"null": ["", "NULL"]}
                entities:
                  person:
                    file: people.csv
                    columns: {id: Id, start_date: Start}
                  opportunity:
                    file: deals.csv
                    kind: \(isFull ? "full" : "delta")
                    builds_on: none
                    deleted: {column: Deleted, is: "yes"}
                    columns:
                      id: Id
                      name: Name
                      amount: Amount
                """, file: "property.yml", schemas: EntityCatalog.all)
    }

    // MARK: - Comparing

    private func compare() throws {
        let expected = oracle.states(from: Self.first, to: last)
        let actual = try states(asKnown: nil)
        let wrong = expected.keys.sorted().filter { actual[$0] != expected[$0] }
            .map { "\($0): expected \(expected[$0] ?? [:]), found \(actual[$0] ?? [:])" }
        #expect(wrong.isEmpty, "seed \(seed):\n\((wrong + script).joined(separator: "\n"))")
    }

    private func checkKnownBefore() throws {
        for (load, expected) in known {
            #expect(try states(asKnown: load) == expected, "seed \(seed), as known at load \(load)")
        }
    }

    /// What the as-of view says of every day.
    private func states(asKnown load: Int?) throws -> [Day: [String: String]] {
        try reader.execute(
            "select set_config('bellwether.as_known', $1, false)", [.text(load.map { String($0) } ?? "")])
        var states: [Day: [String: String]] = [:]
        var day = Self.first
        while day <= last {
            try reader.execute("select set_config('bellwether.as_of', $1, false)", [.text(day.description)])
            var state: [String: String] = [:]
            for row in try reader.query(
                "select id, coalesce(name, 'NULL') as name from bellwether.opportunity where source = $1",
                [.text(source)])
            {
                let id = try row.decode("id", as: String.self)
                #expect(state[id] == nil, "seed \(seed): two versions of \(id) on \(day)")
                state[id] = try row.decode("name", as: String.self)
            }
            states[day] = state
            day = day + 1
        }
        return states
    }

    /// Intervals are maximal and never overlap, whatever was spliced.
    private func checkVersions() throws {
        let broken = try reader.query(
            """
            select id, valid_from, valid_to
            from (
                select
                    id, valid_from, valid_to,
                    lead(valid_from) over versions as next_from,
                    lead(name) over versions as next_name,
                    name
                from bellwether_store.opportunity
                where source = $1 and superseded_in is null
                window versions as (partition by id order by valid_from)
            ) as version
            where next_from < valid_to
                or (next_from = valid_to and next_name is not distinct from name)
            """, [.text(source)])
        #expect(broken.isEmpty, "seed \(seed): overlapping or divided intervals")
    }
}
