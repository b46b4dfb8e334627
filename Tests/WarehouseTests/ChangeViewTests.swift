import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// The views of what changed of deals, over random histories, against an oracle that walks plain as-of readings of each day.
@Suite("What changed of deals")
struct ChangeViewTests {
    @Test func `is what the days say one after the other, at any point of both clocks`() throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = UInt64(environment["BELLWETHER_TEST_SEED"] ?? "") ?? UInt64.random(in: 1...1_000_000)
        let sequences = Int(environment["BELLWETHER_TEST_SEQUENCES"] ?? "") ?? 6
        let bench = try ChangeBench()
        var rows = ["changes": 0, "visits": 0, "moves": 0, "spans": 0]
        for number in 0..<sequences {
            var run = ChangeRun(seed: seed &+ UInt64(number), bench: bench)
            for (view, count) in try run.play() { rows[view, default: 0] += count }
        }
        // Else nothing was compared.
        #expect(rows.values.allSatisfy { $0 > 0 }, "seed \(seed): \(rows)")
    }
}

/// A database in which one random company after the other is loaded.
private final class ChangeBench {
    let warehouse: Warehouse
    let reader: Connection
    let folder: TemporaryFolder

    init() throws {
        let database = try TestDatabase.migrated()
        warehouse = try Warehouse(database)
        reader = try Connection(database)
        folder = try TemporaryFolder()
    }

    func clear() throws {
        try read(asOf: nil, asKnown: nil)
        try reader.execute(
            """
            truncate bellwether_store.load, bellwether_store.snapshot, bellwether_store.mark,
                bellwether_store.attempt, bellwether_store.opportunity, bellwether_store.company,
                bellwether_store.stage, bellwether_store.field_change, bellwether_store.history_start,
                bellwether_store.history_derivation, bellwether_store.history_difference
            cascade
            """)
    }

    func read(asOf day: Day?, asKnown load: Int?) throws {
        try reader.execute(
            "select set_config('bellwether.as_of', $1, false), set_config('bellwether.as_known', $2, false)",
            [.text(day?.description ?? ""), .text(load.map { String($0) } ?? "")])
    }

    func values(_ sql: String, _ parameters: [Parameter?] = []) throws -> [String] {
        try reader.query(sql, parameters).map { try $0.decode("value", as: String.self) }
    }
}

private struct ChangeRun {
    /// A Friday, so that weekends lie between.
    private static let first = Day(number: 20_000)
    private static let dayCount = 12
    private static let keys = ["a", "b", "ü 'c\",", "d"]
    private static let stages = ["s1", "s2", "s3", "won", "lost"]

    private let seed: UInt64
    private let bench: ChangeBench
    private let isImported: Bool
    private var random: SeededGenerator
    private var loads: [Int] = []
    private var script: [String] = []

    init(seed: UInt64, bench: ChangeBench) {
        self.seed = seed
        self.bench = bench
        random = SeededGenerator(seed: seed)
        isImported = Bool.random(using: &random)
    }

    /// How many rows of each view were compared.
    mutating func play() throws -> [String: Int] {
        try bench.clear()
        for _ in 0..<Int.random(in: 3...9, using: &random) {
            if let number = loads.randomElement(using: &random), draw(5) == 0 {
                try undo(number)
            } else {
                try load()
            }
        }
        guard !loads.isEmpty else { return [:] }
        var points: [(asOf: Day, asKnown: Int)] = [(Self.first + Self.dayCount, loads.max() ?? 1)]
        for _ in 0..<3 {
            points.append((Self.first + draw(Self.dayCount), pick(loads)))
        }
        return try compare(points)
    }

    private mutating func draw(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[draw(values.count)] }

    // MARK: - Loads

    private mutating func load() throws {
        let day = Self.first + draw(Self.dayCount)
        let isFull = draw(4) > 0
        let deals = dealLines()
        let stages = stageLines()
        let changes = isImported && draw(3) == 0 ? changeLines() : nil
        try? FileManager.default.removeItem(atPath: bench.folder.path + "/changes.csv")
        try bench.folder.write("deals.csv", deals)
        try bench.folder.write("stages.csv", stages)
        if let changes { try bench.folder.write("changes.csv", changes) }
        let report = try bench.warehouse.load(
            LoadRequest(
                mapping: try mapping(isFull: isFull), folder: bench.folder.path, day: day, replace: true,
                dryRun: false, accepted: Set(LoadGuard.allCases), waits: true, command: "test",
                loadedBy: "test", programVersion: "test"))
        guard case .published(let load) = report.outcome else { return }
        loads.append(load)
        script.append("load \(load) of \(day), full \(isFull):\n\(deals)\(stages)\(changes ?? "")")
    }

    private mutating func undo(_ number: Int) throws {
        do throws(BellwetherError) {
            let report = try bench.warehouse.undo(
                load: number, waits: true, command: "test", loadedBy: "test", programVersion: "test")
            loads.append(report.load)
            script.append("undo \(number) as \(report.load)")
        } catch {
            guard error.code == .loadNotUndoable else { throw error }
        }
    }

    private mutating func dealLines() -> String {
        var lines = ["Id,Name,Owner,Stage,Category,Amount,Close,Closed,Won,Region,Deleted"]
        for key in Self.keys {
            let dice = draw(10)
            guard dice > 1 else { continue }
            let cells = [
                "\"\(key.replacing("\"", with: "\"\""))\"", pick(["n1", "n2"]), pick(["o1", "o2", ""]),
                pick(Self.stages + ["s1", "s2", "unheard", ""]), pick(["", "", "commit", "odd"]),
                pick(["1", "2.5", "2.50", ""]), someDay(), pick(["", "", "", "t", "f"]),
                pick(["", "", "", "", "t", "f"]), pick(["", "r1", "r2"]), dice == 2 ? "yes" : "no",
            ]
            lines.append(cells.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Close dates in three quarters, and on the edges between them.
    private mutating func someDay() -> String {
        pick(["", "2024-09-30", "2024-10-01", "2024-12-31", "2024-12-31", "2025-01-01", "2025-02-10"])
    }

    private mutating func stageLines() -> String {
        var lines = ["Id,Name,Position,Kind,Category,Pipeline"]
        let kinds = ["s1": "open", "s2": "", "s3": "open", "won": "won", "lost": "lost"]
        for (place, stage) in Self.stages.enumerated() where draw(12) > 0 {
            let odd = draw(8) == 0
            lines.append(
                [
                    stage, stage, odd ? pick(["", "1"]) : String(place + 1),
                    odd ? pick(["won", "nonsense"]) : kinds[stage] ?? "",
                    pick(["pipeline", "pipeline", "best_case", ""]), draw(9) == 0 ? "p2" : "",
                ].joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func changeLines() -> String {
        var lines = ["Id,Record,Field,Old,New,At"]
        for number in 0..<Int.random(in: 1...8, using: &random) {
            let field = pick(["stage_id", "stage_id", "amount", "close_date", "is_deleted"])
            let values =
                switch field {
                case "amount": ["1", "2.5", ""]
                case "close_date": ["2024-12-31", "2025-01-01", ""]
                case "is_deleted": ["t", "f"]
                default: Self.stages
                }
            let minute = (20_000 - 8 + draw(12)) * 1440 + pick([0, 700])
            lines.append(
                "h\(number),\(pick(["a", "b", "d"])),\(field),\(pick(values)),\(pick(values)),\(minute * 60)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func mapping(isFull: Bool) throws -> Mapping {
        try Mapping.parse(
            text: """
                mapping: changes
                source: changes
                expected: weekdays
                entities:
                  field_change:
                    file: changes.csv
                    kind: full
                    optional: true
                    columns:
                      id: Id
                      entity: {constant: opportunity}
                      record_id: Record
                      field: Field
                      old_value: Old
                      new_value: New
                      changed_at: {column: At, dates: [epoch_seconds]}
                  company:
                    rows: [{id: c, currency: EUR, time_zone: UTC, fiscal_year_start_month: 1}]
                  stage:
                    file: stages.csv
                    columns: {id: Id, name: Name, position: Position, kind: Kind, category: Category, pipeline_id: Pipeline}
                  opportunity:
                    file: deals.csv
                    kind: \(isFull ? "full" : "delta")
                    builds_on: none
                    deleted: {column: Deleted, is: "yes"}
                    keep: [Region]
                    columns:
                      id: Id
                      name: Name
                      owner_id: Owner
                      stage_id: Stage
                      forecast_category: Category
                      amount: Amount
                      close_date: Close
                      is_closed: Closed
                      is_won: Won
                """, file: "changes.yml", schemas: EntityCatalog.all)
    }

    // MARK: - Comparing

    private func compare(_ points: [(asOf: Day, asKnown: Int)]) throws -> [String: Int] {
        var lines: [String] = []
        var found: [[String: [String]]] = []
        for point in points {
            lines.append(
                try ChangeReading(bench).json(asOf: point.asOf, asKnown: point.asKnown, from: Self.first - 12)
            )
            try bench.read(asOf: point.asOf, asKnown: point.asKnown)
            found.append(try ChangeReading(bench).rows())
        }
        let file = try bench.folder.write("points.json", lines.joined(separator: "\n") + "\n")
        let told = try Oracle.run("changes.py", [file])
        let expected = try #require(told["points"] as? [[String: [String]]])
        var counts: [String: Int] = [:]
        for (point, (found, expected)) in zip(points, zip(found, expected)) {
            for (view, wanted) in expected {
                let rows = found[view] ?? []
                let missing = Set(wanted).subtracting(rows).sorted()
                let excess = Set(rows).subtracting(wanted).sorted()
                #expect(
                    rows.count == wanted.count && missing.isEmpty && excess.isEmpty,
                    """
                    seed \(seed), \(view) as of \(point.asOf), as known at \(point.asKnown)
                    missing \(missing)
                    excess \(excess)
                    \(script.joined(separator: "\n"))
                    """)
                counts[view, default: 0] += wanted.count
            }
        }
        return counts
    }
}

/// Reads what the oracle is told, and what the views say, as the same texts.
private struct ChangeReading {
    private let bench: ChangeBench

    init(_ bench: ChangeBench) { self.bench = bench }

    /// A point of both clocks: every day as a plain as-of reading has it.
    func json(asOf: Day, asKnown: Int, from first: Day) throws -> String {
        var days: [String] = []
        for number in 0...(asOf - first) {
            try bench.read(asOf: first + number, asKnown: asKnown)
            days.append("\"\(first + number)\": \(try bench.values(Self.daySQL).first ?? "{}")")
        }
        try bench.read(asOf: asOf, asKnown: asKnown)
        let rest = try bench.values(Self.pointSQL).first ?? "{}"
        return "{\"days\": {\(days.joined(separator: ", "))}, \(rest.dropFirst())".replacing("\n", with: " ")
    }

    private static let daySQL = """
        select coalesce(json_object_agg(deal.id, json_build_object(
            'name', deal.name, 'owner_id', deal.owner_id, 'stage_id', deal.stage_id,
            'forecast_category', deal.forecast_category,
            'amount', trim_scale(deal.amount)::text, 'close_date', deal.close_date,
            'is_closed', left(deal.is_closed::text, 1), 'is_won', left(deal.is_won::text, 1),
            'extra.Region', deal.extra ->> 'Region', 'kind', state.kind, 'category', state.category)), '{}')::text
            as value
        from bellwether.opportunity as deal
        inner join bellwether.deal_state as state on state.source = deal.source and state.id = deal.id
        """

    private static let pointSQL = """
        select json_build_object(
            'as_of', bellwether.as_of(),
            'snapshots', (
                select coalesce(json_agg(json_build_array(day, content_load)), '[]')
                from bellwether.live_snapshot where entity = 'opportunity'),
            'gaps', (
                select coalesce(json_agg(day), '[]') from bellwether.gap where entity = 'opportunity'),
            'past', (
                select json_build_object(
                    'first_day', first_day, 'until_day', until_day, 'assumed', assumed_fields,
                    'load', (
                        select content_load from bellwether.live_snapshot
                        where entity = 'field_change' and day = told_day))
                from bellwether.crm_history where entity = 'opportunity' and first_day is not null),
            'stages', (
                select coalesce(json_object_agg(id, json_build_object(
                    'position', position, 'kind', kind, 'pipeline', pipeline_id)), '{}')
                from bellwether.stage))::text as value
        """

    /// The rows of each view, as the oracle writes them.
    func rows() throws -> [String: [String]] {
        func line(_ columns: String...) -> String {
            "concat_ws('|', \(columns.map { "coalesce(\($0)::text, '-')" }.joined(separator: ", "))) as value"
        }
        func flag(_ column: String) -> String { "left(\(column)::text, 1)" }
        return [
            "changes": try bench.values(
                "select "
                    + line(
                        "id", "day", "change", "field", "old_value", "new_value", "seen_before",
                        flag("is_first_day"), flag("is_from_crm_history"), flag("is_assumed"),
                        flag("is_after_gap"), "load") + " from bellwether.deal_change"),
            "visits": try bench.values(
                "select "
                    + line(
                        "id", "visit", "stage_id", "entered", "exited", "days", "next_stage_id",
                        flag("is_skip"), flag("is_backward"), flag("is_vanished"), flag("is_entry_unknown"))
                    + " from bellwether.stage_visit"),
            "moves": try bench.values(
                "select "
                    + line(
                        "id", "day", "from_date", "to_date", "days", flag("is_push"), flag("is_pull"),
                        "from_period", "to_period", flag("is_period_push"), flag("is_period_pull"))
                    + " from bellwether.close_move"),
            "spans": try bench.values(
                "select " + line("id", "day.day::date", "kind", "category", "close_date")
                    + """
                     from bellwether.deal_past cross join lateral generate_series(
                        valid_from, least(valid_to, bellwether.as_of() + 1) - 1, interval '1 day') as day (day)
                    """),
        ]
    }
}
