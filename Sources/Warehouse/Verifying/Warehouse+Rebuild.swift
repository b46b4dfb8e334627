import Foundation
import Intake
import Model
import Postgres

extension Warehouse {
    /// Builds the history anew from the exports of its live snapshots, in the plain way, and compares.
    ///
    /// History is a pure function of the live snapshots in the order of days: day after day what a snapshot says is
    /// applied to the state of the day before. Nothing of the loader is used but the reader of files; each load's own
    /// mapping reads what it read.
    ///
    /// - Parameters:
    ///   - folders: The folder of each day's exports.
    ///   - progress: Is told each snapshot before it is read.
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's. Differences and missing exports are part of the
    ///   report.
    public func rebuild(
        from folders: [Day: String], progress: @escaping (_ entity: String, _ day: Day) -> Void = { _, _ in }
    ) throws(BellwetherError) -> RebuildReport {
        try requireSchema()
        return try transaction(isolation: .repeatableRead) {
            var report = RebuildReport()
            // While the files are read the server is idle, which is no reason to end the session.
            try execute("set local idle_in_transaction_session_timeout = 0")
            let live = try liveSnapshots()
            for (key, snapshots) in Dictionary(grouping: live, by: \.key).sorted(by: { $0.key < $1.key }) {
                var rebuild = try EntityRebuild(warehouse: self, key: key, folders: folders)
                try rebuild.run(snapshots, &report, progress)
            }
            return report
        }
    }

    private func liveSnapshots() throws(BellwetherError) -> [LiveSnapshot] {
        try rows(
            """
            select live.source, live.entity, live.day, live.content_load, live.files, load.mapping_text, load.mapping_name
            from (
                select distinct on (snapshot.source, snapshot.entity, snapshot.day)
                    snapshot.source, snapshot.entity, snapshot.day, snapshot.content_load,
                    snapshot.files::text as files
                from bellwether_store.snapshot
                where snapshot.undone_in is null
                order by snapshot.source, snapshot.entity, snapshot.day, snapshot.load desc
            ) as live
            inner join bellwether_store.load on load.number = live.content_load
            order by live.source, live.entity, live.day
            """
        ) { row throws(DatabaseError) in
            LiveSnapshot(
                key: EntityKey(source: try row.decode("source"), entity: try row.decode("entity")),
                day: try row.decode("day"), load: try row.decode("content_load"),
                files: try row.decode("files"), mappingText: try row.decode("mapping_text"),
                mappingName: try row.decode("mapping_name"))
        }
    }
}

/// A source's entity, in the order of the report.
struct EntityKey: Hashable, Comparable {
    let source: String
    let entity: String

    static func < (left: EntityKey, right: EntityKey) -> Bool {
        (left.source, left.entity) < (right.source, right.entity)
    }
}

/// A snapshot that counts, and how it was read.
struct LiveSnapshot {
    let key: EntityKey
    let day: Day
    let load: Int
    /// Names, bytes and hashes of its files, as JSON.
    let files: String
    let mappingText: String
    let mappingName: String

    private struct File: Decodable {
        let name: String
        let hash: String
    }

    /// The hash of each file by its name; nil when the record cannot be read.
    var fileHashes: [String: String]? {
        guard let files = try? JSONDecoder().decode([File].self, from: Data(files.utf8)) else { return nil }
        return Dictionary(files.map { ($0.name, $0.hash) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Rebuilds one entity of one source.
private struct EntityRebuild {
    let warehouse: Warehouse
    let key: EntityKey
    let folders: [Day: String]
    private let schema: EntitySchema
    private var states: [String: RebuiltState] = [:]

    init(warehouse: Warehouse, key: EntityKey, folders: [Day: String]) throws(BellwetherError) {
        guard let schema = EntityCatalog.entity(named: key.entity) else {
            throw BellwetherError(
                .bug, "the program does not know the entity \(key.entity)", hint: "Use the newer bellwether.")
        }
        self.warehouse = warehouse
        self.key = key
        self.folders = folders
        self.schema = schema
    }

    /// Why a snapshot cannot be read again.
    private struct Unreadable: Error {
        let reason: String
    }

    mutating func run(
        _ snapshots: [LiveSnapshot], _ report: inout RebuildReport, _ progress: (String, Day) -> Void
    ) throws {
        var part = RebuildReport.Part(
            source: key.source, entity: key.entity, snapshots: snapshots.count, intervals: nil)
        defer { report.parts.append(part) }
        let volatile = try volatileColumns(snapshots)
        let statements = try RebuildStatements(entity: schema, volatile: volatile)
        for statement in statements.create { try warehouse.connection.execute(statement) }
        var isComplete = true
        for snapshot in snapshots {
            progress(key.entity, snapshot.day)
            do {
                let files = try found(snapshot)
                // What follows a gap proves nothing; its own files are still looked for.
                if isComplete { try apply(snapshot, files, volatile, statements) }
            } catch let unreadable as Unreadable {
                isComplete = false
                report.missing.append(
                    RebuildReport.Missing(
                        load: snapshot.load, day: snapshot.day, source: key.source, entity: key.entity,
                        reason: unreadable.reason))
            }
        }
        guard isComplete else { return }
        try warehouse.connection.execute(statements.createNamed)
        let hasPast = try rebuildPast()
        try warehouse.connection.execute(statements.createRebuilt(withPast: hasPast))
        try warehouse.connection.execute(statements.createStored, [.text(key.source)])
        part.intervals = try warehouse.single(RebuildStatements.countRebuilt, as: Int.self)
        report.differences += try warehouse.rows(statements.differences, [.text(key.source)]) {
            row throws(DatabaseError) in
            BrokenRule(
                rule: try row.decode("rule"), entity: key.entity, count: try row.decode("count"),
                examples: try row.decode("examples"))
        }
    }

    /// Makes the past from a CRM's history anew, on what the exports name; false where there is nothing to make it of.
    private func rebuildPast() throws -> Bool {
        guard key.entity == PastColumns.entity else { return false }
        let source = Parameter.text(key.source, type: .text)
        let fields = schema.columns.map(\.name) + [PastColumns.deletion]
        try warehouse.connection.execute(RebuiltPast.createTold, [source, .array(fields)])
        let told = try warehouse.rows("select distinct field from pg_temp.told") {
            row throws(DatabaseError) in try row.decode("field", as: String.self)
        }
        let columns = try PastColumns(schema, fields: Set(told))
        guard !columns.tracked.isEmpty else { return false }
        let past = RebuiltPast(columns: columns)
        try warehouse.connection.execute(RebuiltPast.indexTold)
        try warehouse.connection.execute("analyze pg_temp.told")
        try warehouse.connection.execute(RebuiltPast.createDeals, [source])
        try warehouse.connection.execute("analyze pg_temp.deal")
        try warehouse.connection.execute(past.createPast)
        try warehouse.connection.execute(RebuiltPast.dropGone)
        return true
    }

    /// The columns that some live snapshot's mapping calls volatile.
    private func volatileColumns(_ snapshots: [LiveSnapshot]) throws -> Set<String> {
        var columns: Set<String> = []
        var seen: Set<String> = []
        for snapshot in snapshots where seen.insert(snapshot.mappingText).inserted {
            let mapping = try mapping(of: snapshot)
            columns.formUnion(mapping.entity(named: key.entity)?.volatileColumns ?? [])
        }
        return columns
    }

    private func mapping(of snapshot: LiveSnapshot) throws(BellwetherError) -> Mapping {
        try Mapping.parse(
            text: snapshot.mappingText, file: snapshot.mappingName, schemas: EntityCatalog.all)
    }

    /// The files of a snapshot, when those that were read are there.
    private func found(_ snapshot: LiveSnapshot) throws -> (Mapping, EntityFiles) {
        let mapping = try mapping(of: snapshot)
        guard let entity = mapping.entity(named: key.entity) else {
            throw Unreadable(reason: "the mapping of its load does not fill the entity")
        }
        let folder = folders[snapshot.day]
        let files = mapping.files(of: entity, in: folder)
        guard let hashes = snapshot.fileHashes else {
            throw Unreadable(reason: "the record of its files cannot be read")
        }
        if !hashes.isEmpty, folder == nil { throw Unreadable(reason: "no folder of that day") }
        let absent = Set(hashes.keys).subtracting(files.names).sorted()
        guard absent.isEmpty else { throw Unreadable(reason: "not there: \(absent.joined(separator: ", "))") }
        let surplus = Set(files.names).subtracting(hashes.keys).sorted()
        guard surplus.isEmpty else {
            throw Unreadable(reason: "not loaded then: \(surplus.joined(separator: ", "))")
        }
        return (mapping, files)
    }

    private mutating func apply(
        _ snapshot: LiveSnapshot, _ found: (mapping: Mapping, files: EntityFiles), _ volatile: Set<String>,
        _ statements: RebuildStatements
    ) throws {
        let places = Set(schema.columns.indices.filter { volatile.contains(schema.columns[$0].name) })
        let held = states
        var outcome: Result<(RebuildSink, ReadReport), any Error>?
        try warehouse.connection.copyIn(statements.copyOpened) { writer in
            withUnsafeMutablePointer(to: &writer) { writer in
                // Not thrown from within a COPY, which would take the transaction along.
                outcome = Result {
                    var sink = RebuildSink(
                        day: snapshot.day, volatile: places, states: held, writer: writer)
                    let read = try EntityReader(mapping: found.mapping, files: found.files).read(into: &sink)
                    return (sink, read)
                }
            }
        }
        let (sink, read): (RebuildSink, ReadReport)
        do {
            guard let result = try outcome?.get() else { return }
            (sink, read) = result
        } catch let error as BellwetherError {
            throw Unreadable(reason: "\(error.code.rawValue) \(error.message)")
        }
        let changed = read.files.filter { snapshot.fileHashes?[$0.name] != $0.hash.description }.map(\.name)
        guard changed.isEmpty else {
            throw Unreadable(reason: "other content than was loaded: \(changed.joined(separator: ", "))")
        }
        let isFull = found.files.entity.kind == .full
        try record(sink.apply(isFull: isFull, to: &states), snapshot.day)
    }

    private func record(_ change: RebuildSink.Change, _ day: Day) throws {
        try warehouse.connection.copyIn(RebuildStatements.copyEnded) { writer in
            for state in change.ended {
                try writer.field(state.id)
                try writer.field(state.since.description)
                try writer.field(day.description)
                try writer.endRow()
            }
        }
        try warehouse.connection.copyIn(RebuildStatements.copyWithdrawn) { writer in
            for id in change.withdrawn {
                try writer.field(id)
                try writer.field(day.description)
                try writer.endRow()
            }
        }
    }
}
