/// How the new states enter the history.
extension SnapshotStatements {
    /// The versions that the new states meet: `old` holds on the day, `left` ends there with the same content,
    /// `right` begins with the same content where the new state ends.
    var createSplice: String {
        """
        create temp table splice on commit drop as
        select
            target.id, target.is_present, target.until,
            old.valid_from as old_from, old.valid_to as old_to, old.loaded_in as old_load,
            before.valid_from as before_from, before.loaded_in as before_load,
            after.valid_to as after_to, after.loaded_in as after_load
        from pg_temp.target
        left join \(table) as old on \(holds("old")) and old.id = target.id
        left join \(table) as before
            on target.is_present and (old.id is null or old.valid_from = $2)
                and before.source = $1 and before.id = target.id and before.superseded_in is null
                and before.valid_to = $2
                and \(same("before", "target", columns))
        left join \(table) as after
            on target.is_present and (old.id is null or old.valid_to = target.until)
                and after.source = $1 and after.id = target.id and after.superseded_in is null
                and after.valid_from = target.until
                and \(same("after", "target", columns))
        """
    }

    /// The common case, nothing later known: the version is closed in place.
    var closeInPlace: String {
        """
        update \(table) as version
        set valid_to = $2, closed_in = $3
        from pg_temp.splice
        where version.source = $1 and version.id = splice.id
            and version.valid_from = splice.old_from and version.loaded_in = splice.old_load
            and splice.old_from < $2 and splice.old_to = 'infinity' and splice.until = 'infinity'
        """
    }

    /// Every other version that the new states touch is superseded, never changed.
    var supersede: String {
        """
        update \(table) as version
        set superseded_in = $3
        from (
            select splice.id, splice.old_from as valid_from, splice.old_load as loaded_in
            from pg_temp.splice
            where splice.old_from is not null
                and not (splice.old_from < $2 and splice.old_to = 'infinity' and splice.until = 'infinity')
            union all
            select splice.id, splice.before_from, splice.before_load
            from pg_temp.splice
            where splice.before_from is not null
            union all
            select splice.id, splice.until, splice.after_load
            from pg_temp.splice
            where splice.after_to is not null
        ) as touched
        where version.source = $1 and version.id = touched.id
            and version.valid_from = touched.valid_from and version.loaded_in = touched.loaded_in
        """
    }

    /// The parts of a superseded version before and after the new state come back as copies.
    var insertRemainders: String {
        """
        insert into \(table) (source, id, valid_from, valid_to, loaded_in, \(columns.joined(separator: ", ")), row_hash)
        select
            version.source, version.id, part.valid_from, part.valid_to, $3,
            \(list("version", columns)), version.row_hash
        from pg_temp.splice
        inner join \(table) as version
            on version.source = $1 and version.id = splice.id
                and version.valid_from = splice.old_from and version.loaded_in = splice.old_load
                and version.superseded_in = $3
        cross join lateral (
            values (splice.old_from, $2::date), (splice.until, splice.old_to)
        ) as part (valid_from, valid_to)
        where part.valid_from < part.valid_to
        """
    }

    /// The new states, joined with equal neighbours.
    var insertTarget: String {
        """
        insert into \(table) (source, id, valid_from, valid_to, loaded_in, \(columns.joined(separator: ", ")), row_hash)
        select
            $1, target.id, coalesce(splice.before_from, $2), coalesce(splice.after_to, target.until), $3,
            \(list("target", columns)), target.row_hash
        from pg_temp.target
        inner join pg_temp.splice on splice.id = target.id
        where target.is_present
        """
    }

    // MARK: - Marks

    /// $3 the load, $4 the entity.
    static let markRejected = """
        insert into bellwether_store.mark (load, source, entity, id)
        select distinct $2::integer, $1, $3, rejected.id from pg_temp.rejected
        """

    static let markNamed = """
        insert into bellwether_store.mark (load, source, entity, id)
        select distinct $2::integer, $1, $3, named.id from pg_temp.named
        """
}
