import Model
import Postgres

/// Makes the past of one source's deals from the changes that its CRM tells of: the days before the first full
/// snapshot. A pure function of the snapshots that count; only what differs from what is stored is written.
struct PastMaker {
    let warehouse: Warehouse
    let source: String
    let load: Int

    private var connection: Connection { warehouse.connection }
    private var sourceParameter: Parameter { .text(source, type: .text) }
    private var loadParameter: Parameter { .int(load, type: .int4) }

    /// On what the past depends beside the changes and the first snapshot themselves.
    struct Frame: Equatable {
        /// The day of the first full snapshot; nil while there is none.
        var untilDay: Day?
        /// The day of the newest history export; nil when none counts.
        var toldDay: Day?
        var trustedFrom: Day?
        /// As the company states it, whether there is such a zone or not.
        var statedZone: String?
    }

    /// Makes the past and compares history and snapshots.
    func make(_ frame: Frame) throws -> PastReport {
        guard let schema = EntityCatalog.entity(named: PastColumns.entity) else {
            throw BellwetherError(.bug, "there is no entity \(PastColumns.entity)")
        }
        let known = schema.columns.map(\.name) + [PastColumns.deletion]
        let zone = try zone(frame.statedZone)
        let until = frame.untilDay.map { Parameter.date($0) }
        let trusted = frame.trustedFrom.map { Parameter.date($0) }
        try connection.execute(PastStatements.clear)
        // Its few sorts are as large as the history: on disk they take twice as long.
        try connection.execute("set local work_mem = '64MB'")
        try connection.execute(
            PastStatements.createChanges, [sourceParameter, .text(zone, type: .text), trusted, .array(known)])
        try connection.execute("analyze pg_temp.past_change")
        let columns = try PastColumns(schema, fields: try toldFields())
        let statements = PastStatements(columns: columns)
        try connection.execute(statements.createBase, [sourceParameter, until])
        try connection.execute("analyze pg_temp.past_base")
        try connection.execute(PastStatements.createRecords, [sourceParameter, until, trusted])
        try connection.execute("analyze pg_temp.past_record")
        let isTold = !columns.tracked.isEmpty
        try want(statements, isAny: isTold && frame.untilDay != nil)
        try store(statements)
        var report = PastReport(
            source: source, untilDay: frame.untilDay, comparedDay: try comparedDay(frame),
            trustedFrom: frame.trustedFrom, timeZone: zone, isTimeZoneAssumed: zone != frame.statedZone,
            assumedFields: try assumedFields(columns), records: 0, versions: 0, changesUsed: 0,
            changesOther: 0, differences: 0)
        try count(&report)
        if isTold { report.differences = try compare(statements, report) }
        try record(report, frame)
        return report
    }

    // MARK: - What is known

    /// UTC where the company states no zone, or none that there is.
    private func zone(_ stated: String?) throws(BellwetherError) -> String {
        guard let stated else { return "UTC" }
        // Looking a zone up reads every file of the zones: what was found last still holds.
        let found = try warehouse.rows(
            """
            select time_zone
            from bellwether_store.history_derivation
            where source = $1 and time_zone_stated = $2
            order by load desc
            limit 1
            """, [sourceParameter, .text(stated)]
        ) { row throws(DatabaseError) in try row.decode("time_zone", as: String.self) }
        if let found = found.first { return found }
        let isZone = try warehouse.single(
            "select exists (select from pg_timezone_names where name = $1) as value", [.text(stated)],
            as: Bool.self)
        return isZone ? stated : "UTC"
    }

    /// The fields of which the history tells. One that it tells of later alone was tracked before too, and did not
    /// change.
    private func toldFields() throws(BellwetherError) -> Set<String> {
        Set(
            try warehouse.rows("select distinct change.field from pg_temp.past_change as change") {
                row throws(DatabaseError) in try row.decode("field", as: String.self)
            })
    }

    private func comparedDay(_ frame: Frame) throws(BellwetherError) -> Day? {
        try warehouse.single(
            """
            select max(opportunity.day) as value
            from bellwether.live_snapshot as opportunity
            where opportunity.source = $1 and opportunity.entity = '\(PastColumns.entity)'
                and opportunity.day > $2::date and opportunity.day <= $3::date
            """, [sourceParameter, frame.untilDay.map { .date($0) }, frame.toldDay.map { .date($0) }],
            as: Day?.self)
    }

    // MARK: - The past

    private func want(_ statements: PastStatements, isAny: Bool) throws {
        guard isAny else {
            try connection.execute(
                """
                create temp table past_wanted on commit drop as
                select id, valid_from, valid_to, \(statements.columns.list(statements.columns.all, ", ") { $0.quoted })
                from \(PastStatements.table)
                limit 0
                """)
            return
        }
        try connection.execute(statements.createStates)
        try connection.execute(statements.createWanted)
        try connection.execute("analyze pg_temp.past_wanted")
    }

    private func store(_ statements: PastStatements) throws {
        let both: [Parameter?] = [sourceParameter, loadParameter]
        try connection.execute(statements.createStored, both)
        try connection.execute("analyze pg_temp.past_stored")
        try connection.execute(statements.createKept)
        try connection.execute("analyze pg_temp.past_kept")
        try connection.execute(PastStatements.restoreKept, [sourceParameter])
        try connection.execute(PastStatements.supersedeOthers, both)
        try connection.execute(statements.insertMissing, both)
    }

    private func compare(_ statements: PastStatements, _ report: PastReport) throws -> Int {
        try connection.execute(
            statements.createDifferences, [sourceParameter, report.comparedDay.map { .date($0) }])
        try connection.execute(PastStatements.insertDifferences, [sourceParameter, loadParameter])
        return try warehouse.single("select count(*) as value from pg_temp.past_difference", as: Int.self)
    }

    // MARK: - The record

    /// Fields that have a value somewhere at the first snapshot, of which the history says nothing.
    private func assumedFields(_ columns: PastColumns) throws(BellwetherError) -> [String] {
        guard !columns.assumed.isEmpty else { return [] }
        let tests = columns.list(columns.assumed, ", ") {
            "('\($0.name)', base.\($0.quoted) is not null)"
        }
        return try warehouse.rows(
            """
            select field.name
            from pg_temp.past_base as base
            inner join pg_temp.past_record as record on record.id = base.id and record.has_past
            cross join lateral (values \(tests)) as field (name, is_there)
            group by field.name
            having bool_or(field.is_there)
            order by field.name
            """
        ) { row throws(DatabaseError) in try row.decode("name", as: String.self) }
    }

    private func count(_ report: inout PastReport) throws(BellwetherError) {
        let made = try warehouse.rows(
            """
            select count(*) as versions, count(distinct id) as records, min(valid_from) as first_day
            from pg_temp.past_wanted
            """
        ) { row throws(DatabaseError) in
            (
                versions: try row.decode("versions", as: Int.self),
                records: try row.decode("records", as: Int.self),
                firstDay: try row.decode("first_day", as: Day?.self)
            )
        }.first
        report.versions = made?.versions ?? 0
        report.records = made?.records ?? 0
        report.firstDay = made?.firstDay
        report.changesUsed = try warehouse.single(
            "select count(*) as value from pg_temp.past_change where day <= $1::date",
            [report.untilDay.map { .date($0) }], as: Int.self)
        let all = try warehouse.single(
            """
            select count(*) as value
            from bellwether_store.field_change
            where source = $1 and valid_to = 'infinity' and superseded_in is null
            """, [sourceParameter], as: Int.self)
        report.changesOther = all - report.changesUsed
    }

    private func record(_ report: PastReport, _ frame: Frame) throws(BellwetherError) {
        try warehouse.execute(
            """
            insert into bellwether_store.history_derivation (
                source, load, entity, first_day, until_day, told_day, compared_day, trusted_from, time_zone_stated, time_zone,
                assumed_fields, records, versions, changes_used, changes_other, differences
            )
            values ($1, $2, '\(PastColumns.entity)', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            [
                sourceParameter, loadParameter, report.firstDay.map { .date($0) },
                report.untilDay.map { .date($0) }, frame.toldDay.map { .date($0) },
                report.comparedDay.map { .date($0) },
                report.trustedFrom.map { .date($0) }, frame.statedZone.map { .text($0) },
                .text(report.timeZone), .array(report.assumedFields), .int(report.records),
                .int(report.versions), .int(report.changesUsed), .int(report.changesOther),
                .int(report.differences),
            ])
    }
}
