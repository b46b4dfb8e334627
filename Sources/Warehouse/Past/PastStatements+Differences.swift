/// Where a history disagrees with itself or with the snapshots.
extension PastStatements {
    /// So many are kept; all are counted.
    static let differencesKept = 10_000

    /// The last told value of each field by a day, which `day` names, beside what the record's state says.
    private func disagreements(of alias: String, on day: String, at condition: String) -> String {
        let values = columns.list(columns.tracked, ", ") {
            "('\($0.name)', \(PastColumns.text($0, of: alias)))"
        }
        let deletion = columns.tracksDeletion ? "('\(PastColumns.deletion)', 'f')" : ""
        let said = [values, deletion].filter { !$0.isEmpty }.joined(separator: ", ")
        return """
            select
                case when last.field = '\(PastColumns.deletion)' then 'deleted_but_present' else 'snapshot_differs' end
                    as code,
                last.id, last.field, \(day) as day, last.new_value as history_value, said.value as other_value
            \(condition)
            cross join lateral (values \(said)) as said (field, value)
            where said.field = last.field and last.new_value is distinct from said.value
                and (last.field <> '\(PastColumns.deletion)' or last.new_value = 't')
            """
    }

    /// $1 source, $2 the newest day to compare, or null.
    var createDifferences: String {
        """
        create temp table past_difference on commit drop as
        with first_last as (
            select distinct on (change.id, change.field) change.id, change.field, change.new_value
            from pg_temp.past_change as change
            inner join pg_temp.past_record as record on record.id = change.id
            where change.day <= record.known_from
            order by change.id, change.field, change.place desc
        ),

        newest_last as (
            select distinct on (change.id, change.field) change.id, change.field, change.new_value
            from pg_temp.past_change as change
            where change.day <= $2::date
            order by change.id, change.field, change.place desc
        ),

        newest as (
            select version.id, \(columns.list(columns.all, ", ") { "version.\($0.quoted)" })
            from \(Self.table) as version
            where version.source = $1 and version.superseded_in is null
                and version.valid_from <= $2::date and version.valid_to > $2::date
        ),

        found as (
            \(disagreements(
                of: "base", on: "base.known_from",
                at: "from first_last as last inner join pg_temp.past_base as base on base.id = last.id"))
            union all
            \(disagreements(
                of: "newest", on: "$2::date",
                at: "from newest_last as last inner join newest on newest.id = last.id"))
            union all
            select 'record_unknown', record.id, null, record.first_day, null, null
            from pg_temp.past_record as record
            where not record.is_known and not record.is_told_deleted and record.first_day < record.until_day
            union all
            select 'chain_broken', change.id, change.field, change.day, change.previous_value, change.old_value
            from pg_temp.past_change as change
            where change.place > 1 and change.is_old_known
                and change.old_value is distinct from change.previous_value
        )

        select
            row_number() over (
                order by found.code, found.id, found.field collate "C", found.day, found.history_value collate "C",
                    found.other_value collate "C")
                as ordinal,
            found.*
        from found
        """
    }

    /// $1 source, $2 load.
    static let insertDifferences = """
        insert into bellwether_store.history_difference (
            load, source, entity, ordinal, code, id, field, day, history_value, other_value
        )
        select
            $2, $1, '\(PastColumns.entity)', difference.ordinal, difference.code, difference.id, difference.field,
            difference.day, difference.history_value, difference.other_value
        from pg_temp.past_difference as difference
        where difference.ordinal <= \(differencesKept)
        """
}
