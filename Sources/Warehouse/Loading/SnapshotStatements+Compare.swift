import Model

/// Which keys are to have another state from the day on.
extension SnapshotStatements {
    // MARK: - Duplicate keys

    /// Rows that repeat a key with the same content, in other bytes: one stays.
    ///
    /// Sorted, not joined: an export with one id in a million rows would make 10^12 pairs.
    var collapseEqualDuplicates: String {
        """
        with repeated as (
            select incoming.id from pg_temp.incoming group by incoming.id having count(*) > 1
        ),

        numbered as (
            select
                incoming.ctid as place,
                row_number() over (
                    partition by incoming.id, \(list("incoming", columns)) order by incoming.file, incoming.line
                ) as number
            from pg_temp.incoming
            inner join repeated on repeated.id = incoming.id
        ),

        collapsed as (
            delete from pg_temp.incoming
            using numbered
            where incoming.ctid = numbered.place and numbered.number > 1
            returning 1
        )

        select count(*) as value from collapsed
        """
    }

    /// Rows whose key has other content elsewhere in the files, or was set aside there: none of them counts.
    ///
    /// The stored row of a key is "elsewhere in the files" when a row of the files had its hash. Gives the first
    /// rows and the number of all.
    var takeOutFaultyDuplicates: String {
        """
        with faulty as (
            select incoming.id
            from pg_temp.incoming
            group by incoming.id
            having count(*) > 1
            union
            select incoming.id
            from pg_temp.incoming
            inner join pg_temp.rejected on rejected.id = incoming.id
            union
            select incoming.id
            from pg_temp.incoming
            inner join pg_temp.deleted on deleted.id = incoming.id
            union
            select incoming.id
            from pg_temp.incoming
            inner join pg_temp.touched as stored on \(holds("stored")) and stored.id = incoming.id
            where not \(same("incoming", "stored", columns))
                and not exists (
                    select from pg_temp.unseen where unseen.row_hash = stored.row_hash
                )
        ),

        taken as (
            delete from pg_temp.incoming
            using faulty
            where incoming.id = faulty.id
            returning incoming.id, incoming.file, incoming.line
        ),

        noted as (
            insert into pg_temp.rejected (id)
            select distinct taken.id from taken
        )

        select taken.id, taken.file, taken.line, count(*) over () as total
        from taken
        order by taken.file, taken.line
        limit \(SnapshotSink.rejectsKept)
        """
    }

    /// How many rows repeat one that was recognised, in other bytes.
    var countShownAgain: String {
        """
        select count(*) as value
        from pg_temp.incoming
        inner join pg_temp.touched as stored on \(holds("stored")) and stored.id = incoming.id
        where $1::text is not null
            and not exists (select from pg_temp.unseen where unseen.row_hash = stored.row_hash)
        """
    }

    // MARK: - What differs from what was known

    /// Gives rows that say what is known already, in other bytes, their new hash, so that they are recognised
    /// next time.
    var refreshHashes: String {
        """
        update \(table) as version
        set row_hash = incoming.row_hash
        from pg_temp.incoming
        inner join pg_temp.touched as stored on \(holds("stored")) and stored.id = incoming.id
        where version.ctid = stored.place and version.source = $1 and version.id = stored.id
            and stored.row_hash <> incoming.row_hash
            and \(same("incoming", "stored", columns))
        """
    }

    /// The state that each key is to have from the day on, for the keys that had another.
    var createTarget: String {
        """
        create temp table target on commit drop as
        select
            incoming.id, true as is_present, stored.id is not null as was_present, date 'infinity' as until,
            \(list("incoming", columns)), incoming.row_hash
        from pg_temp.incoming
        left join pg_temp.touched as stored on \(holds("stored")) and stored.id = incoming.id
        where stored.id is null or not \(same("incoming", "stored", compared))
        """
    }

    /// Keys that a full snapshot no longer has; keys of rejected rows stay.
    var addGone: String {
        """
        insert into pg_temp.target (id, is_present, was_present, until)
        select stored.id, false, true, 'infinity'
        from pg_temp.touched as stored
        inner join pg_temp.unseen on unseen.row_hash = stored.row_hash
        where \(holds("stored"))
            and not exists (select from pg_temp.incoming where incoming.id = stored.id)
            and not exists (select from pg_temp.rejected where rejected.id = stored.id)
        """
    }

    /// Keys that a delta says are deleted.
    var addDeleted: String {
        """
        insert into pg_temp.target (id, is_present, was_present, until)
        select distinct stored.id, false, true, date 'infinity'
        from pg_temp.deleted
        inner join pg_temp.touched as stored on \(holds("stored")) and stored.id = deleted.id
        where not exists (select from pg_temp.rejected where rejected.id = stored.id)
        """
    }

    /// When a snapshot replaces one of the same day: the keys of which it does not speak go back to the state of
    /// the day before, never to that of the snapshot that it replaces.
    ///
    /// $3 is the entity, $4 the load of the replaced snapshot.
    func addCarried(newKind: SnapshotKind, replacedKind: SnapshotKind) -> String {
        let carried =
            switch (newKind, replacedKind) {
            case (.full, _):
                "select distinct rejected.id from pg_temp.rejected"
            case (.delta, .delta):
                """
                select mark.id
                    from bellwether_store.mark
                    where mark.source = $1 and mark.entity = $3 and mark.load = $4
                        and not exists (select from pg_temp.named where named.id = mark.id)
                """
            case (.delta, .full):
                """
                select distinct spoken.id
                    from pg_temp.spoken
                    where not exists (select from pg_temp.named where named.id = spoken.id)
                """
            }
        return """
            with carried as (
                \(carried)
            )

            insert into pg_temp.target (
                id, is_present, was_present, until, \(columns.joined(separator: ", ")), row_hash
            )
            select
                carried.id, before.id is not null, stored.id is not null, 'infinity',
                \(list("before", columns)), before.row_hash
            from carried
            left join pg_temp.touched as before
                on before.id = carried.id
                    and before.valid_from <= $2::date - 1 and before.valid_to > $2::date - 1
            left join pg_temp.touched as stored on \(holds("stored")) and stored.id = carried.id
            where (before.id is null) <> (stored.id is null)
                or (before.id is not null and not \(same("before", "stored", compared)))
            """
    }

    /// Every key of which the files speak: known rows that were shown again, and new ones.
    ///
    /// Not those that were set aside: a rejected row changes nothing, and so says nothing.
    var addNamed: String {
        """
        insert into pg_temp.named (id)
        select said.id
        from (
            select stored.id
            from \(table) as stored
            where stored.source = $1 and stored.superseded_in is null and \(holds("stored"))
                and not exists (select from pg_temp.unseen where unseen.row_hash = stored.row_hash)
            union
            select incoming.id from pg_temp.incoming
            union
            select deleted.id from pg_temp.deleted
        ) as said
        where not exists (select from pg_temp.rejected where rejected.id = said.id)
        """
    }

    /// Keys that a delta shows as they were known and says are deleted, both at once: neither counts.
    var takeOutFaultyDeletions: String {
        """
        with faulty as (
            delete from pg_temp.deleted
            using pg_temp.touched as stored
            where \(holds("stored")) and stored.id = deleted.id
                and not exists (select from pg_temp.unseen where unseen.row_hash = stored.row_hash)
            returning deleted.id
        ),

        noted as (
            insert into pg_temp.rejected (id)
            select distinct faulty.id from faulty
        )

        select distinct faulty.id from faulty order by faulty.id
        """
    }

    /// Where later days are loaded already: each key's new state ends on the next day whose snapshot speaks of it.
    ///
    /// A full snapshot speaks of every key but those it marks, a delta of those it marks: keys that no later
    /// snapshot marks, nearly all of them, end on the next full one. $3 is the entity here.
    static let limitTarget = [
        """
        update pg_temp.target
        set until = coalesce(
            (
                select min(later.day)
                from bellwether.live_snapshot as later
                where later.source = $1 and later.entity = $3 and later.day > $2 and later.kind = 'full'
            ),
            'infinity')
        """,
        """
        with later as materialized (
            select live_snapshot.day, live_snapshot.kind, live_snapshot.content_load as load
            from bellwether.live_snapshot
            where live_snapshot.source = $1 and live_snapshot.entity = $3 and live_snapshot.day > $2
        ),

        marked as materialized (
            select mark.id, mark.load
            from bellwether_store.mark
            inner join later on later.load = mark.load
            where mark.source = $1 and mark.entity = $3
        ),

        speaking as (
            select keys.id, min(later.day) as day
            from (select distinct marked.id from marked) as keys
            cross join later
            left join marked on marked.id = keys.id and marked.load = later.load
            where (later.kind = 'full') <> (marked.id is not null)
            group by keys.id
        )

        update pg_temp.target
        set until = coalesce(speaking.day, 'infinity')
        from (select distinct marked.id from marked) as keys
        left join speaking on speaking.id = keys.id
        where target.id = keys.id
        """,
    ]
}
