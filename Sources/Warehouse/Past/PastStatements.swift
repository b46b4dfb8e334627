import Model

/// The SQL that walks from the first snapshot of each record back through the changes that a history tells.
///
/// Everything is read once into temporary tables and reckoned there with window functions, so that a million changes
/// take seconds, and a sharded server gets nothing but plain reads and writes.
struct PastStatements {
    /// What a version of the past has in the place of a row's hash: no row of a file says it.
    static let mark = "'00000000-0000-0000-0000-000000000000'::uuid"
    static let table = "bellwether_store.\(PastColumns.entity)"

    let columns: PastColumns

    private var contents: String { columns.list(columns.all, ", ") { $0.quoted } }

    // MARK: - What is known

    /// The changes of each field in order. $1 source, $2 time zone, $3 the first trusted day or null, $4 the fields.
    ///
    /// Of changes in the same moment, those that tell what was before come first: the state that another export
    /// tells of that moment is the one behind them.
    static let createChanges = """
        create temp table past_change on commit drop as
        select
            told.id, told.field, told.day, told.old_value, told.new_value, told.is_old_known,
            row_number() over changes as place,
            lag(told.new_value) over changes as previous_value,
            lead(told.day) over changes is distinct from told.day as is_last_of_day
        from (
            select
                change.record_id collate "C" as id, change.id as change_id, change.field, change.changed_at,
                (change.changed_at at time zone $2)::date as day, change.old_value, change.new_value,
                coalesce(change.is_old_known, change.old_value is not null) as is_old_known,
                change.sequence collate "C" as sequence
            from bellwether_store.field_change as change
            where change.source = $1 and change.entity = '\(PastColumns.entity)'
                and change.valid_to = 'infinity' and change.superseded_in is null
                and change.record_id is not null and change.changed_at is not null
                and change.field = any ($4::text[])
        ) as told
        where $3::date is null or told.day >= $3::date
        window changes as (
            partition by told.id, told.field
            order by told.changed_at, length(told.sequence), told.sequence, told.is_old_known desc, told.change_id
        )
        """

    /// The first state of each record that a snapshot tells, on the day of the first full one or before it. $1
    /// source, $2 the day of the first full snapshot.
    var createBase: String {
        """
        create temp table past_base on commit drop as
        select distinct on (version.id)
            version.id, version.valid_from as known_from, \(columns.list(columns.all, ", ") { "version.\($0.quoted)" })
        from \(Self.table) as version
        where version.source = $1 and version.superseded_in is null and version.row_hash <> \(Self.mark)
            and version.valid_from <= $2
        order by version.id, version.valid_from
        """
    }

    /// From when to when each record has a past. A delta before the first full snapshot speaks for itself: there
    /// the past of the keys that it names has ended. $1 source, $2 the day of the first full snapshot, $3 the
    /// first trusted day or null.
    static let createRecords = """
        create temp table past_record on commit drop as
        with changed as (
            select
                change.id, min(change.day) as first_day,
                bool_or(change.field = '\(PastColumns.deletion)' and change.new_value = 't') as is_told_deleted
            from pg_temp.past_change as change
            where change.day <= $2::date
            group by change.id
        ),

        spoken as (
            select mark.id, min(snapshot.day) as day
            from bellwether.live_snapshot as snapshot
            inner join bellwether_store.mark
                on mark.source = snapshot.source and mark.entity = snapshot.entity
                    and mark.load = snapshot.content_load
            where snapshot.source = $1 and snapshot.entity = '\(PastColumns.entity)'
                and snapshot.kind = 'delta' and snapshot.day < $2::date
            group by mark.id
        ),

        bounded as (
            select
                record.id, base.id is not null as is_known, base.known_from,
                coalesce(changed.is_told_deleted, false) as is_told_deleted,
                least(base.known_from, spoken.day, $2::date) as until_day,
                case
                    when coalesce(base.created_date, changed.first_day) is not null
                        then greatest(least(base.created_date, changed.first_day), $3::date)
                end as first_day
            from (
                select base.id from pg_temp.past_base as base
                union
                select changed.id from changed
            ) as record
            left join pg_temp.past_base as base on base.id = record.id
            left join changed on changed.id = record.id
            left join spoken on spoken.id = record.id
        )

        select
            bounded.*,
            (bounded.is_known or bounded.is_told_deleted) and coalesce(bounded.first_day < bounded.until_day, false)
                as has_past
        from bounded
        """

    // MARK: - The past

    /// Every day on which a record with a past changes, with its whole state from then on.
    ///
    /// `running` carries the newest told value of each field with its day before it, so that the greatest is the
    /// newest; a null among them is a value like others.
    var createStates: String {
        var fields = columns.tracked.map { (name: $0.name, quoted: $0.quoted) }
        if columns.tracksDeletion {
            fields.append((name: PastColumns.deletion, quoted: PastColumns.deletion))
        }
        func each(_ body: (_ name: String, _ quoted: String) -> String) -> String {
            fields.map { ",\n        " + body($0.name, $0.quoted) }.joined()
        }
        let absence =
            columns.tracksDeletion ? "coalesce(running.\(PastColumns.deletion)[2], 'f') = 't'" : "false"
        return """
            create temp table past_state on commit drop as
            with first_told as (
                select
                    change.id\(each { name, quoted in
                        """
                        array_agg(case when change.is_old_known then change.old_value else change.new_value end)
                            filter (where change.field = '\(name)') as \(quoted)
                        """
                    })
                from pg_temp.past_change as change
                inner join pg_temp.past_record as record on record.id = change.id and record.has_past
                where change.place = 1 and change.day <= record.until_day
                group by change.id
            ),

            point as (
                select
                    told.id, told.day\(each { name, quoted in
                        "array_agg(told.new_value) filter (where told.field = '\(name)') as \(quoted)"
                    })
                from (
                    select record.id, record.first_day as day, null::text as field, null::text as new_value
                    from pg_temp.past_record as record
                    where record.has_past
                    union all
                    select change.id, change.day, change.field, change.new_value
                    from pg_temp.past_change as change
                    inner join pg_temp.past_record as record on record.id = change.id and record.has_past
                    where change.is_last_of_day and change.day >= record.first_day
                        and change.day < record.until_day
                ) as told
                group by told.id, told.day
            ),

            running as (
                select
                    point.id, point.day\(each { _, quoted in
                        """
                        max(
                            case
                                when point.\(quoted) is not null
                                    then array[
                                        to_char(point.day, 'YYYYMMDD') collate "C", point.\(quoted)[1] collate "C"]
                            end) over days as \(quoted)
                        """
                    })
                from point
                window days as (partition by point.id order by point.day)
            )

            select
                running.id, running.day, record.until_day, \(absence) as is_absent,
                \(columns.list(columns.all) { "\(columns.value(of: $0)) as \($0.quoted)" })
            from running
            inner join pg_temp.past_record as record on record.id = running.id
            left join first_told on first_told.id = running.id
            left join pg_temp.past_base as base on base.id = running.id
            """
    }

    /// The versions that the past shall have: neighbours of equal content are one.
    var createWanted: String {
        let names = columns.all.map(\.quoted) + ["is_absent"]
        return """
            create temp table past_wanted on commit drop as
            with compared as (
                select
                    state.*,
                    row_number() over days = 1
                    or not (
                        (\(names.map { "state.\($0)" }.joined(separator: ", ")))
                        is not distinct from
                        (\(names.map { "lag(state.\($0)) over days" }.joined(separator: ", ")))
                    ) as is_new
                from pg_temp.past_state as state
                window days as (partition by state.id order by state.day)
            ),

            span as (
                select
                    compared.*,
                    coalesce(
                        lead(compared.day) over (partition by compared.id order by compared.day),
                        compared.until_day) as next_day
                from compared
                where compared.is_new
            )

            select span.id, span.day as valid_from, span.next_day as valid_to, \(contents)
            from span
            where not span.is_absent
            """
    }

    // MARK: - Storing

    /// Takes the whole past of a source away, before snapshots are spliced in that it may meet; what is wanted
    /// again comes back unseen, in the same load. $1 source, $2 load.
    static let withdraw = """
        update \(table) as version
        set superseded_in = $2
        where version.source = $1 and version.row_hash = \(mark) and version.superseded_in is null
        """

    /// $1 source, $2 load.
    var createStored: String {
        """
        create temp table past_stored on commit drop as
        select
            version.ctid as place, version.superseded_in is not null as is_withdrawn, version.id,
            version.valid_from, version.valid_to, \(columns.list(columns.all, ", ") { "version.\($0.quoted)" })
        from \(Self.table) as version
        where version.source = $1 and version.row_hash = \(Self.mark)
            and (version.superseded_in is null or version.superseded_in = $2)
        """
    }

    var createKept: String {
        func row(_ alias: String) -> String { columns.list(columns.all, ", ") { "\(alias).\($0.quoted)" } }
        return """
            create temp table past_kept on commit drop as
            select stored.place, stored.is_withdrawn, stored.id, stored.valid_from
            from pg_temp.past_stored as stored
            inner join pg_temp.past_wanted as wanted
                on wanted.id = stored.id and wanted.valid_from = stored.valid_from
                    and wanted.valid_to = stored.valid_to
            where (\(row("stored"))) is not distinct from (\(row("wanted")))
            """
    }

    /// $1 source.
    static let restoreKept = """
        update \(table) as version
        set superseded_in = null
        from pg_temp.past_kept as kept
        where version.ctid = kept.place and version.source = $1 and version.id = kept.id and kept.is_withdrawn
        """

    /// $1 source, $2 load.
    static let supersedeOthers = """
        update \(table) as version
        set superseded_in = $2
        from (
            select stored.place, stored.id
            from pg_temp.past_stored as stored
            left join pg_temp.past_kept as kept on kept.place = stored.place
            where kept.place is null and not stored.is_withdrawn
        ) as gone
        where version.ctid = gone.place and version.source = $1 and version.id = gone.id
        """

    /// $1 source, $2 load.
    var insertMissing: String {
        """
        insert into \(Self.table) (source, id, valid_from, valid_to, loaded_in, row_hash, \(contents))
        select
            $1, wanted.id, wanted.valid_from, wanted.valid_to, $2, \(Self.mark),
            \(columns.list(columns.all, ", ") { "wanted.\($0.quoted)" })
        from pg_temp.past_wanted as wanted
        left join pg_temp.past_kept as kept on kept.id = wanted.id and kept.valid_from = wanted.valid_from
        where kept.id is null
        """
    }

    static let clear = """
        drop table if exists pg_temp.past_change, pg_temp.past_base, pg_temp.past_record, pg_temp.past_state,
            pg_temp.past_wanted, pg_temp.past_stored, pg_temp.past_kept, pg_temp.past_difference
        """
}
