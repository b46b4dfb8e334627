/// How the new states enter the history.
extension SnapshotStatements {
    /// The versions that the new states meet: `old` holds on the day, `left` ends there with the same content,
    /// `right` begins with the same content where the new state ends.
    var createSplice: String {
        """
        create temp table splice on commit drop as
        select
            target.id, target.until,
            old.place as old_place, old.valid_from as old_from, old.valid_to as old_to,
            -- The common case, nothing later known: the version that holds is closed where it stands.
            coalesce(old.valid_from < $2 and old.valid_to = 'infinity' and target.until = 'infinity', false)
                as is_closed_in_place,
            before.place as before_place, before.valid_from as before_from,
            after.place as after_place, after.valid_to as after_to
        from pg_temp.target
        left join pg_temp.touched as old on \(holds("old")) and old.id = target.id
        left join pg_temp.touched as before
            on target.is_present and (old.id is null or old.valid_from = $2)
                and before.id = target.id
                and before.valid_to = $2
                and \(same("before", "target", compared))
        left join pg_temp.touched as after
            on target.is_present and (old.id is null or old.valid_to = target.until)
                and after.id = target.id
                and after.valid_from = target.until
                and \(same("after", "target", compared))
        """
    }

    /// The place alone would do on one server. With source and id a sharded one, where places repeat from shard to
    /// shard, finds the very row too.
    ///
    /// A version is closed in place at most once, and never opened again.
    var closeInPlace: String {
        """
        update \(table) as version
        set valid_to = $2, closed_in = $3
        from pg_temp.splice
        where version.ctid = splice.old_place and splice.is_closed_in_place
            and version.source = $1 and version.id = splice.id
        """
    }

    /// Every other version that the new states meet is superseded, never changed.
    var supersede: String {
        """
        update \(table) as version
        set superseded_in = $3
        from (
            select splice.id, splice.old_place as place
            from pg_temp.splice
            where splice.old_place is not null and not splice.is_closed_in_place
            union all
            select splice.id, splice.before_place
            from pg_temp.splice
            where splice.before_place is not null
            union all
            select splice.id, splice.after_place
            from pg_temp.splice
            where splice.after_place is not null
        ) as met
        where version.ctid = met.place and version.source = $1 and version.id = met.id
        """
    }

    /// The parts of a superseded version before and after the new state come back as copies.
    var insertRemainders: String {
        """
        insert into \(table) (source, id, valid_from, valid_to, loaded_in, \(columns.joined(separator: ", ")), row_hash)
        select
            old.source, old.id, part.valid_from, part.valid_to, $3,
            \(list("old", columns)), old.row_hash
        from pg_temp.splice
        inner join pg_temp.touched as old on old.place = splice.old_place
        cross join lateral (
            values (splice.old_from, $2::date), (splice.until, splice.old_to)
        ) as part (valid_from, valid_to)
        where not splice.is_closed_in_place and part.valid_from < part.valid_to
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
