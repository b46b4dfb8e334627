/// The state of a day when another snapshot of it counts, or none.
extension SnapshotStatements {
    /// All versions that count now, whatever key: an undo may touch any of them.
    var createAllTouched: String {
        """
        create temp table touched on commit drop as
        select version.ctid as place, version.*
        from \(table) as version
        where version.source = $1 and version.superseded_in is null
        """
    }

    /// The state that each key is to have from the day on, for the keys that have another.
    ///
    /// Keys of which the snapshot that counts now speaks have the content that its load read; all others that of
    /// the day before. $3 is the entity, $4 the load that read the snapshot, null when none counts any more, $5
    /// whether it is full.
    var createRestoredTarget: String {
        """
        create temp table target on commit drop as
        with spoken as (
            select keys.id, ($5::boolean <> (mark.id is not null)) and $4::integer is not null as is_spoken
            from (select distinct version.id from \(table) as version where version.source = $1) as keys
            left join bellwether_store.mark
                on mark.source = $1 and mark.entity = $3 and mark.load = $4::integer and mark.id = keys.id
        ),

        wanted as (
            select version.id, \(list("version", columns)), version.row_hash
            from \(table) as version
            inner join spoken on spoken.id = version.id and spoken.is_spoken
            where version.source = $1 and version.loaded_in <= $4::integer
                and (version.superseded_in is null or version.superseded_in > $4::integer)
                and version.valid_from <= $2
                and (version.valid_to > $2 or version.closed_in > $4::integer)
            union all
            select before.id, \(list("before", columns)), before.row_hash
            from pg_temp.touched as before
            inner join spoken on spoken.id = before.id and not spoken.is_spoken
            where before.valid_from <= $2::date - 1 and before.valid_to > $2::date - 1
        )

        select
            coalesce(wanted.id, stored.id) as id, wanted.id is not null as is_present,
            stored.id is not null as was_present, date 'infinity' as until,
            \(list("wanted", columns)), wanted.row_hash
        from wanted
        full join (
            select * from pg_temp.touched as held where \(holds("held"))
        ) as stored on stored.id = wanted.id
        where wanted.id is null or stored.id is null
            or not \(same("wanted", "stored", compared))
        """
    }
}
