import Intake
import Model
import Postgres

/// Reads what is known of an entity's earlier snapshots; none of it reads the versions.
struct SnapshotFactReader {
    let warehouse: Warehouse
    let request: LoadRequest
    let entity: EntityMapping

    private var source: String { request.mapping.source }
    private var key: [Parameter?] { [.text(source), .text(entity.name), .date(request.day)] }

    /// Everything but the measures.
    func facts(_ report: EntityReport, _ read: ReadReport) throws(BellwetherError) -> SnapshotFacts {
        var facts = SnapshotFacts(
            day: request.day, kind: entity.kind, isEvent: entity.schema.kind == .event, report: report)
        facts.newestDay = try warehouse.single(
            """
            select max(day) as value
            from bellwether_store.snapshot
            where source = $1 and entity = $2 and undone_in is null
            """, [.text(source), .text(entity.name)], as: Day?.self)
        facts.before = try before()
        facts.base = try base(facts)
        facts.today = try today()
        facts.evidence.headers = read.headers
        if facts.before != nil { facts.evidence.headersBefore = try headersBefore() }
        return facts
    }

    /// Measures the state before the day where no snapshot kept it.
    func measureBefore(_ facts: inout SnapshotFacts, _ meter: SnapshotMeter) throws(BellwetherError) {
        guard let before = facts.before, before.measures == nil else { return }
        facts.before?.measures = try meter.scan(on: before.day)
    }

    // MARK: - The snapshot before

    /// The condition under which a row of `snapshot` is the last live one before the day.
    private static let isLast = """
        snapshot.source = $1 and snapshot.entity = $2 and snapshot.day < $3 and snapshot.undone_in is null
        order by snapshot.day desc, snapshot.load desc
        limit 1
        """

    private func before() throws(BellwetherError) -> SnapshotFacts.Before? {
        // What a snapshot kept of its records holds until a later load or undo reaches its day or one before it.
        let found = try warehouse.rows(
            """
            select
                snapshot.day, snapshot.rows_read, snapshot.kind = 'full' or not snapshot.proves_absence as is_full,
                snapshot.amounts::text as amounts,
                snapshot.filled is not null and not exists (
                    select from bellwether_store.snapshot as later
                    where later.source = $1 and later.entity = $2 and later.day <= snapshot.day
                        and (later.load > snapshot.load or later.undone_in > snapshot.load)
                ) as is_measured
            from bellwether_store.snapshot
            where \(Self.isLast)
            """, key
        ) { row throws(DatabaseError) in
            (
                before: SnapshotFacts.Before(
                    day: try row.decode("day"), rows: try row.decode("rows_read"),
                    isFull: try row.decode("is_full")),
                amounts: try row.decode("amounts", as: String?.self),
                isMeasured: try row.decode("is_measured", as: Bool.self)
            )
        }.first
        guard var before = found?.before else { return nil }
        if found?.isMeasured == true {
            before.measures = SnapshotMeasures(filled: try filledBefore(), amounts: found?.amounts)
        }
        return before
    }

    private func filledBefore() throws(BellwetherError) -> [String: Int] {
        let counts = try warehouse.rows(
            """
            select filled.key as name, filled.value::bigint as records
            from (
                select snapshot.filled from bellwether_store.snapshot where \(Self.isLast)
            ) as before
            cross join lateral jsonb_each_text(before.filled) as filled
            """, key
        ) { row throws(DatabaseError) in
            (try row.decode("name", as: String.self), try row.decode("records", as: Int.self))
        }
        return Dictionary(counts, uniquingKeysWith: { $1 })
    }

    private func headersBefore() throws(BellwetherError) -> [FileHeader] {
        let columns = try warehouse.rows(
            """
            select header.value ->> 'pattern' as pattern, header_column.value as name
            from (
                select snapshot.headers from bellwether_store.snapshot where \(Self.isLast)
            ) as before
            cross join lateral jsonb_array_elements(before.headers) with ordinality as header (value, number)
            cross join lateral jsonb_array_elements_text(header.value -> 'columns') with ordinality
                as header_column (value, number)
            order by header.number, header_column.number
            """, key
        ) { row throws(DatabaseError) in
            (try row.decode("pattern", as: String.self), try row.decode("name", as: String.self))
        }
        return columns.reduce(into: []) { headers, column in
            if headers.last?.pattern == column.0 {
                headers[headers.count - 1].columns.append(column.1)
            } else {
                headers.append(FileHeader(pattern: column.0, columns: [column.1]))
            }
        }
    }

    // MARK: - Days

    private func base(_ facts: SnapshotFacts) throws(BellwetherError) -> SnapshotFacts.Base? {
        guard entity.kind == .delta, let day = try baseDay(facts) else { return nil }
        guard day < request.day else {
            throw BellwetherError(
                .badOption, "a delta of \(request.day) cannot build on \(day)",
                hint: "Name an earlier day in --builds-on.")
        }
        let isLive = try warehouse.single(
            """
            select exists (
                select from bellwether_store.snapshot
                where source = $1 and entity = $2 and day = $3 and undone_in is null
            ) as value
            """, [.text(source), .text(entity.name), .date(day)], as: Bool.self)
        return SnapshotFacts.Base(day: day, isLive: isLive)
    }

    private func baseDay(_ facts: SnapshotFacts) throws(BellwetherError) -> Day? {
        if let day = request.buildsOn { return day }
        guard let newest = facts.before?.day else { return nil }
        switch entity.care.buildsOn ?? (facts.isEvent ? .none : .expected) {
        case .none: return nil
        case .newest: return newest
        case .expected:
            let due = try warehouse.single(
                "select max(day) as value from bellwether.expected_days_between($1, $2, $3) as due (day)",
                [.text(request.mapping.expectedDays.rawValue), .date(newest), .date(request.day)],
                as: Day?.self)
            return due ?? newest
        }
    }

    /// Today in the company's time zone, when the day may lie after it. Somewhere it is as late as 14 hours after
    /// UTC, so that of an earlier day the zone need not be known; looking it up takes the server a while.
    private func today() throws(BellwetherError) -> Day? {
        guard let now = request.now, entity.care.guards.isOn(.newer) else { return nil }
        let mayBeNewer = try warehouse.single(
            "select $1::date >= ($2::timestamptz at time zone 'UTC')::date - 1 as value",
            [.date(request.day), .text(now)], as: Bool.self)
        guard mayBeNewer else { return nil }
        return try warehouse.single(
            """
            select ($1::timestamptz at time zone coalesce(
                (
                    select company.time_zone
                    from bellwether_store.company
                    where company.superseded_in is null and company.valid_to = 'infinity'
                        and company.time_zone in (select name from pg_timezone_names)
                    order by company.source collate "C", company.id collate "C"
                    limit 1
                ),
                'UTC'))::date as value
            """, [.text(now)], as: Day?.self)
    }

    // MARK: - Amounts

    /// The open amounts that changed too much.
    func jumps(
        from before: SnapshotMeasures, to after: SnapshotMeasures, _ settings: GuardSettings
    ) throws(BellwetherError) -> [SnapshotFacts.AmountJump] {
        guard settings.isOn(.amount), entity.schema.kind != .event, let amounts = before.amounts,
            let changed = after.amounts, amounts != changed
        else { return [] }
        return try warehouse.rows(
            SnapshotStatements.amountJumps,
            [
                .text(amounts, type: .jsonb), .text(changed, type: .jsonb), .text(source),
                .int(settings.limit(.change, of: .amount)), .int(settings.limit(.rows, of: .amount)),
            ]
        ) { row throws(DatabaseError) in
            SnapshotFacts.AmountJump(
                currency: try row.decode("currency"), before: try row.decode("before"),
                after: try row.decode("after"), percent: try row.decode("percent"))
        }
    }
}
