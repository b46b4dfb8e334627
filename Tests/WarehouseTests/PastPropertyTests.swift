import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// Random history exports, full snapshots, deltas, late days, replacements and undos, in any order, end in the past that
/// a plain oracle walks day by day, and in the disagreements that it lists; what was known earlier stays.
@Suite("The past from a CRM's history")
struct PastPropertyTests {
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
        let sequences = Int(ProcessInfo.processInfo.environment["BELLWETHER_TEST_SEQUENCES"] ?? "") ?? 30
        for number in 0..<sequences {
            var run = try PastRun(
                seed: seed &+ UInt64(number), source: "p\(number)", warehouse: warehouse, reader: reader)
            // The proofs cost more than a sequence.
            try run.play(isProved: number % 10 == 0)
            try Self.clear(reader)
        }
    }
}

extension PastPropertyTests {
    /// Forgets the company, so that the next one does not wait for it.
    fileprivate static func clear(_ reader: Connection) throws {
        try reader.execute("set bellwether.as_known = ''")
        try reader.execute(
            """
            truncate bellwether_store.load, bellwether_store.snapshot, bellwether_store.mark,
                bellwether_store.attempt, bellwether_store.opportunity, bellwether_store.company,
                bellwether_store.field_change, bellwether_store.history_start,
                bellwether_store.history_derivation, bellwether_store.history_difference,
                bellwether_store.prune
            cascade
            """)
    }
}

/// One random company, loaded in a random order.
private struct PastRun {
    private static let first = Day(number: 20_000)
    private static let dayCount = 6
    private static let keys = ["a", "b", "c", "d"]
    private let seed: UInt64
    private let source: String
    private let warehouse: Warehouse
    private let reader: Connection
    private let folder: TemporaryFolder
    private let zone: (name: String, minutes: Int)
    private var random: SeededGenerator
    private var deals = HistoryOracle()
    private var changes = HistoryOracle()
    /// What each history export trusts, by its load; an undone undo makes that of its own load count.
    private var trusted: [Int: Day] = [:]
    private var script: [String] = []
    private var known: [Int: [Day: [String: PastOracle.Deal]]] = [:]
    /// The files of each load.
    private var exports: [Int: [String: String]] = [:]

    init(seed: UInt64, source: String, warehouse: Warehouse, reader: Connection) throws {
        self.seed = seed
        self.source = source
        self.warehouse = warehouse
        self.reader = reader
        folder = try TemporaryFolder()
        random = SeededGenerator(seed: seed)
        let zones = [("UTC", 0), ("America/New_York", -240), ("Asia/Tokyo", 540), ("Nowhere/At_All", 0)]
        zone = zones.randomElement(using: &random) ?? ("UTC", 0)
    }

    private var days: ClosedRange<Day> { Self.first - 8...Self.first + Self.dayCount }

    mutating func play(isProved: Bool) throws {
        for _ in 0..<Int.random(in: 2...8, using: &random) {
            let numbers = Set(deals.numbers + changes.numbers).sorted()
            if let number = numbers.randomElement(using: &random), Int.random(in: 0..<4, using: &random) == 0
            {
                try undo(number)
            } else {
                try loadOne()
            }
            try compare()
        }
        for (load, expected) in known {
            #expect(try states(asKnown: load) == expected, "seed \(seed), as known at load \(load)")
        }
        try checkVersions()
        guard isProved else { return }
        try prove()
        try prune()
    }

    /// The past that the rebuild makes by looking things up is the one that is stored.
    private func prove() throws {
        let comment: Comment = "seed \(seed):\n\(script.joined(separator: "\n"))"
        #expect(try warehouse.verify().broken == [], comment)
        let rebuilt = try warehouse.rebuild(from: try liveFolders())
        #expect(rebuilt.differences == [] && rebuilt.missing.isEmpty, comment)
    }

    /// What was known from some load on stays, and the store keeps its rules.
    private mutating func prune() throws {
        guard let horizon = known.keys.sorted().randomElement(using: &random) else { return }
        _ = try warehouse.prune(
            PruneRequest(
                keep: .since(String(horizon)), isMeant: true, waits: true, command: "test", prunedBy: "test",
                programVersion: "test"))
        script.append("prune to \(horizon)")
        for (load, expected) in known where load >= horizon {
            #expect(try states(asKnown: load) == expected, "seed \(seed), pruned, as known at load \(load)")
        }
        try prove()
    }

    /// The exports that count, in one folder a day.
    private func liveFolders() throws -> [Day: String] {
        var live: [Day: String] = [:]
        try reader.execute("select set_config('bellwether.as_known', '', false)")
        for row in try reader.query("select day::text, entity, content_load from bellwether.live_snapshot") {
            let day = try #require(Day(try row.decode("day", as: String.self)))
            let entity = try row.decode("entity", as: String.self)
            guard let file = ["opportunity": "deals.csv", "field_change": "changes.csv"][entity] else {
                continue
            }
            let load = try row.decode("content_load", as: Int.self)
            let content = try #require(exports[load]?[file])
            try folder.write("live \(day)/\(file)", content)
            live[day] = folder.path + "/live \(day)"
        }
        return live
    }

    // MARK: - Loading

    private mutating func loadOne() throws {
        let day = Self.first + Int.random(in: 0..<Self.dayCount, using: &random)
        let brings = Int.random(in: 0..<5, using: &random)
        let dealSnapshot = brings == 0 ? nil : randomDeals()
        let changeSnapshot = brings > 2 ? nil : randomChanges()
        let from =
            Int.random(in: 0..<4, using: &random) == 0
            ? Self.first - Int.random(in: 0...5, using: &random) : nil
        try write(dealSnapshot, changeSnapshot)
        let request = LoadRequest(
            mapping: try mapping(dealSnapshot, changeSnapshot, from: from), folder: folder.path, day: day,
            replace: true, dryRun: false, accepted: Set(LoadGuard.allCases), waits: true, command: "test",
            loadedBy: "test", programVersion: "test")
        let report = try warehouse.load(request)
        guard case .published(let load) = report.outcome else { return }
        for name in ["deals.csv", "changes.csv"] {
            exports[load, default: [:]][name] = try? String(
                contentsOfFile: folder.path + "/" + name, encoding: .utf8)
        }
        for entity in report.entities where !entity.wasLive {
            if entity.entity == "opportunity", let dealSnapshot { deals.load(load, day, dealSnapshot) }
            if entity.entity == "field_change", let changeSnapshot {
                changes.load(load, day, changeSnapshot)
                trusted[load] = from
            }
        }
        script.append(
            "load \(load) day \(day) from \(from?.description ?? "-"): \(dealSnapshot as Any) \(changeSnapshot as Any)"
        )
        known[load] = expectedStates()
    }

    private mutating func undo(_ number: Int) throws {
        let next = try warehouse.loadCount() + 1
        var (newDeals, newChanges) = (deals, changes)
        let live = liveTrust
        let isDone = [newDeals.undo(number, as: next), newChanges.undo(number, as: next)].contains(true)
        do throws(BellwetherError) {
            _ = try warehouse.undo(
                load: number, waits: true, command: "test", loadedBy: "test", programVersion: "test")
        } catch {
            guard error.code == .loadNotUndoable, !isDone else { throw error }
            return
        }
        #expect(isDone, "seed \(seed): undo \(number)")
        // A snapshot that counts again has the trust of the load that read it.
        trusted[next] = live(number)
        (deals, changes) = (newDeals, newChanges)
        script.append("undo \(number) as \(next)")
        known[next] = expectedStates()
    }

    /// The trust that an undone undo brings back: that of the load which the undo had taken back.
    private var liveTrust: (Int) -> Day? {
        let (trusted, undone) = (trusted, undoneBy)
        return { undone[$0].flatMap { trusted[$0] } }
    }

    private var undoneBy: [Int: Int] {
        var undone: [Int: Int] = [:]
        for entry in changes.undone { undone[entry.undo] = entry.load }
        return undone
    }

    private mutating func randomDeals() -> HistoryOracle.Snapshot {
        var snapshot = HistoryOracle.Snapshot(isFull: Int.random(in: 0..<4, using: &random) > 0, rows: [:])
        for key in Self.keys {
            switch Int.random(in: 0..<8, using: &random) {
            case 0...5:
                let created = Int.random(in: 0..<4, using: &random)
                let values = [
                    ["s1", "s2", ""].randomElement(using: &random),
                    ["1", "2.5", ""].randomElement(using: &random),
                    ["n1", "n2"].randomElement(using: &random), ["t", "f", ""].randomElement(using: &random),
                    created == 0 ? "" : (Self.first - created * 2).description,
                ]
                snapshot.rows[key] = values.map { $0 ?? "" }.joined(separator: ",")
            case 6 where !snapshot.isFull: snapshot.deleted.insert(key)
            default: break
            }
        }
        if Int.random(in: 0..<8, using: &random) == 0 { snapshot.provesAbsence = false }
        return snapshot
    }

    /// Few moments and values, so that ties, repeats and broken chains are common.
    private mutating func randomChanges() -> HistoryOracle.Snapshot {
        var snapshot = HistoryOracle.Snapshot(isFull: Bool.random(using: &random), rows: [:])
        for number in 0..<Int.random(in: 1...9, using: &random) {
            let field =
                ["stage_id", "stage_id", "amount", "is_deleted", "Elsewhere"].randomElement(using: &random)
                ?? ""
            let values: [String] =
                switch field {
                case "amount": ["1", "2.5", "3", ""]
                case "is_deleted": ["t", "f"]
                default: ["s1", "s2", "s3", ""]
                }
            let minute =
                (20_000 - 6 + Int.random(in: 0..<12, using: &random)) * 1440
                + ([0, 200, 700, 1300].randomElement(using: &random) ?? 0)
            let cells = [
                (Self.keys + ["z"]).randomElement(using: &random) ?? "", field,
                values.randomElement(using: &random) ?? "", values.randomElement(using: &random) ?? "",
                ["true", "false", ""].randomElement(using: &random) ?? "", String(minute),
                ["", "", "9", "10"].randomElement(using: &random) ?? "",
            ]
            snapshot.rows["h\(number)"] = cells.joined(separator: ",")
        }
        return snapshot
    }

    private func write(_ deals: HistoryOracle.Snapshot?, _ changes: HistoryOracle.Snapshot?) throws {
        try? FileManager.default.removeItem(atPath: folder.path + "/deals.csv")
        try? FileManager.default.removeItem(atPath: folder.path + "/changes.csv")
        if let deals {
            var lines = ["Id,Stage,Amount,Name,Closed,Created,Deleted"]
            for (key, content) in deals.rows.sorted(by: { $0.key < $1.key }) {
                lines.append("\(key),\(content),no")
            }
            for key in deals.deleted.sorted() { lines.append("\(key),,,,,,yes") }
            if !deals.provesAbsence { lines.append(",,1,,,,no") }
            try folder.write("deals.csv", lines.joined(separator: "\n") + "\n")
        }
        if let changes {
            var lines = ["Id,Record,Field,Old,New,Known,At,Sequence"]
            for (key, content) in changes.rows.sorted(by: { $0.key < $1.key }) {
                var cells = content.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                let minute = Int(cells[5]) ?? 0
                cells[5] = String(minute * 60)
                lines.append(([key] + cells).joined(separator: ","))
            }
            try folder.write("changes.csv", lines.joined(separator: "\n") + "\n")
        }
    }

    private func mapping(
        _ deals: HistoryOracle.Snapshot?, _ changes: HistoryOracle.Snapshot?, from: Day?
    ) throws -> Mapping {
        let text = """
            mapping: past
            source: \(source)
            \(from.map { "history: {from: \($0)}" } ?? "")
            entities:
              field_change:
                file: changes.csv
                kind: \(changes?.isFull == true ? "full" : "delta")
                optional: true
                columns:
                  id: Id
                  entity: {constant: opportunity}
                  record_id: Record
                  field: Field
                  old_value: Old
                  new_value: New
                  is_old_known: Known
                  changed_at: {column: At, dates: [epoch_seconds]}
                  sequence: Sequence
              company:
                rows: [{id: c, time_zone: \(zone.name)}]
              opportunity:
                file: deals.csv
                kind: \(deals?.isFull == false ? "delta" : "full")
                deleted: {column: Deleted, is: "yes"}
                optional: true
                columns:
                  id: Id
                  stage_id: Stage
                  amount: Amount
                  name: Name
                  is_closed: Closed
                  created_date: Created
            """
        return try Mapping.parse(text: text, file: "past.yml", schemas: EntityCatalog.all)
    }

    // MARK: - What should be

    private func deal(_ content: String) -> PastOracle.Deal {
        let cells = content.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.isEmpty ? nil : String($0)
        }
        return PastOracle.Deal(
            stage: cells[0], amount: cells[1], name: cells[2], closed: cells[3],
            created: cells[4].flatMap { Day($0) })
    }

    private func change(_ id: String, _ content: String) -> PastOracle.Change {
        let cells = content.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.isEmpty ? nil : String($0)
        }
        return PastOracle.Change(
            id: id, record: cells[0] ?? "", field: cells[1] ?? "", old: cells[2], new: cells[3],
            isOldKnown: cells[4].map { $0 == "true" }, minute: cells[5].flatMap { Int($0) } ?? 0,
            sequence: cells[6])
    }

    private var oracle: PastOracle {
        let live = deals.live
        let until = live.filter { $0.value.isFull && $0.value.provesAbsence }.keys.min()
        var spoken: [String: [Day]] = [:]
        for (day, snapshot) in live where until.map({ day < $0 }) ?? false {
            for key in Set(snapshot.rows.keys).union(snapshot.deleted) {
                spoken[key, default: []].append(day)
            }
        }
        let told =
            changes.states(from: Self.first, to: Self.first + Self.dayCount)[Self.first + Self.dayCount]
            ?? [:]
        let toldDays = changes.live.keys
        return PastOracle(
            states: deals.states(from: Self.first, to: days.upperBound).mapValues { $0.mapValues(deal) },
            until: until, spoken: spoken,
            changes: told.map { change($0.key, $0.value) }.filter { $0.field != "Elsewhere" },
            trusted: changes.liveLoads.max { $0.day < $1.day }.flatMap { trusted[$0.load] },
            zoneMinutes: zone.minutes,
            compared: until.flatMap { until in
                live.keys.filter { $0 > until && $0 <= toldDays.max() ?? until }.max()
            })
    }

    private func expectedStates() -> [Day: [String: PastOracle.Deal]] {
        let oracle = oracle
        var states: [Day: [String: PastOracle.Deal]] = [:]
        var day = days.lowerBound
        while day <= days.upperBound {
            states[day] = oracle.past(on: day).merging(oracle.states[day] ?? [:]) { $1 }
            day = day + 1
        }
        return states
    }

    // MARK: - Comparing

    private func compare() throws {
        let expected = expectedStates()
        let actual = try states(asKnown: nil)
        let wrong = expected.keys.sorted().filter { actual[$0] != expected[$0] }
            .map { "\($0):\n  expected \(expected[$0] ?? [:])\n  found \(actual[$0] ?? [:])" }
        #expect(wrong.isEmpty, "seed \(seed), zone \(zone):\n\((wrong + script).joined(separator: "\n"))")
        guard !changes.numbers.isEmpty else { return }
        let differences = try differences()
        let missed = oracle.differences()
        #expect(differences == missed, "seed \(seed), zone \(zone):\n\(script.joined(separator: "\n"))")
    }

    private func differences() throws -> [PastOracle.Difference] {
        try reader.execute("select set_config('bellwether.as_known', '', false)")
        var found: [PastOracle.Difference] = []
        for row in try reader.query(
            """
            select code, id, field, day, history_value, other_value
            from bellwether.crm_history_difference
            where source = $1
            """, [.text(source)])
        {
            found.append(
                PastOracle.Difference(
                    code: try row.decode("code"), id: try row.decode("id"), field: try row.decode("field"),
                    day: try day(row, "day"), said: try row.decode("history_value"),
                    other: try row.decode("other_value")))
        }
        return found.sorted()
    }

    private func day(_ row: Row, _ column: String) throws -> Day {
        try #require(Day(try row.decode(column, as: String.self)))
    }

    private func states(asKnown load: Int?) throws -> [Day: [String: PastOracle.Deal]] {
        try reader.execute(
            "select set_config('bellwether.as_known', $1, false)", [.text(load.map { String($0) } ?? "")])
        var states: [Day: [String: PastOracle.Deal]] = [:]
        var day = days.lowerBound
        while day <= days.upperBound {
            states[day] = [:]
            day = day + 1
        }
        for row in try reader.query(
            """
            select id, valid_from::text as valid_from, least(valid_to, $2::date)::text as valid_to, stage_id,
                trim_scale(amount)::text as amount, name, left(is_closed::text, 1) as closed,
                created_date::text as created
            from bellwether.opportunity_history
            where source = $1
            """, [.text(source), .text((days.upperBound + 1).description)])
        {
            let id = try row.decode("id", as: String.self)
            let deal = PastOracle.Deal(
                stage: try row.decode("stage_id"), amount: try row.decode("amount"),
                name: try row.decode("name"),
                closed: try row.decode("closed"),
                created: try row.decode("created", as: String?.self).flatMap { Day($0) })
            var day = max(try self.day(row, "valid_from"), days.lowerBound)
            while day < (try self.day(row, "valid_to")) {
                #expect(states[day]?[id] == nil, "seed \(seed): two versions of \(id) on \(day)")
                states[day]?[id] = deal
                day = day + 1
            }
        }
        return states
    }

    /// Nothing is written anew that stood there already, and neighbours within the past differ.
    private func checkVersions() throws {
        let broken = try reader.query(
            """
            select past.id, past.valid_from
            from bellwether_store.opportunity as past
            inner join bellwether_store.opportunity as other on other.source = past.source and other.id = past.id
            where past.source = $1 and past.row_hash = uuid_in('00000000-0000-0000-0000-000000000000')
                and other.row_hash = past.row_hash
                and (past.stage_id, past.amount, past.name, past.is_closed, past.created_date)
                    is not distinct from
                    (other.stage_id, other.amount, other.name, other.is_closed, other.created_date)
                and (
                    (
                        past.valid_from = other.valid_from and past.valid_to = other.valid_to
                        and past.superseded_in = other.loaded_in
                    )
                    or (
                        past.valid_to = other.valid_from and past.superseded_in is null
                        and other.superseded_in is null
                    )
                )
            """, [.text(source)])
        #expect(broken.isEmpty, "seed \(seed): versions written twice or divided")
    }
}
