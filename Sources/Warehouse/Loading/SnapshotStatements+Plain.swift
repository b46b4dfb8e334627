import Model

/// The plain case: rows went straight into the table of versions. $1 source, $2 day, $3 load.
extension SnapshotStatements {
    /// Whether a row that was set aside shares its key with one that was not.
    var hasRejectedTwin: String {
        """
        select exists (
            select from pg_temp.rejected
            inner join \(table) as begun on \(hasBegun("begun")) and begun.id = rejected.id
        ) as value
        """
    }

    // MARK: - What ends

    var createEnded: String {
        """
        create temp table ended on commit drop as
        select version.id, \(list("version", columns)) from \(table) as version limit 0
        """
    }

    /// Each version that no row of the files showed again is looked up by its place: the planner would rather read the
    /// whole table.
    static let planByPlace = """
        select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
        """
    static let planFreely = """
        select set_config('enable_hashjoin', 'on', true), set_config('enable_mergejoin', 'on', true)
        """

    /// Closes the versions that no row of the files showed again, but for those of rejected rows, and keeps their content
    /// at hand. A version is closed in place at most once, and never opened again.
    ///
    /// The place alone would do on one server; with the hash a sharded one, where places repeat from shard to shard,
    /// finds the very row too.
    var closeEnded: String {
        """
        with closed as (
            update \(table) as version
            set valid_to = $2, closed_in = $3
            from pg_temp.unseen
            where version.ctid = unseen.place and version.row_hash = unseen.row_hash and version.source = $1
                and version.superseded_in is null
                and version.valid_from < $2 and version.valid_to = 'infinity'
                and version.id not in (select rejected.id from pg_temp.rejected)
            returning version.id, \(list("version", columns))
        )

        insert into pg_temp.ended (id, \(columns.joined(separator: ", ")))
        select closed.id, \(list("closed", columns)) from closed
        """
    }

    /// How many of them are of rejected rows, and so stay.
    var countRejectedUnseen: String {
        """
        select count(*) as value
        from pg_temp.rejected
        inner join \(table) as version on version.source = $1 and version.id = rejected.id
        inner join pg_temp.unseen on unseen.place = version.ctid and unseen.row_hash = version.row_hash
        where version.superseded_in is null and \(holds("version"))
        """
    }

    /// How many keys ended and begin again, and whether one of them says the same in other bytes.
    var countAgain: String {
        """
        select
            count(begun.id) as again,
            coalesce(bool_or(\(same("begun", "ended", columns))), false) as has_same
        from pg_temp.ended
        cross join lateral (
            select found.*
            from \(table) as found
            where \(hasBegun("found")) and found.id = ended.id
            limit 1
        ) as begun
        """
    }

    /// Whether a key of which a new row speaks has a version that holds and was shown again by another row. Asked key
    /// by key: there are few that ended nothing, and the planner would read all versions for them.
    var hasSecondVersion: String {
        """
        with fresh as materialized (
            select spoken.id
            from pg_temp.spoken
            where not exists (select from pg_temp.ended where ended.id = spoken.id)
        )

        select exists (
            select from fresh
            cross join lateral (
                select version.id
                from \(table) as version
                where version.source = $1 and version.id = fresh.id and version.superseded_in is null
                    and version.loaded_in <> $3 and version.valid_to > $2
                limit 1
            ) as held
        ) as value
        """
    }

    /// The keys whose state changed; $1 how many at most. A key that is not in `spoken` ended another version.
    static let changedIDs = """
        select ended.id from pg_temp.ended
        union all
        select spoken.id
        from pg_temp.spoken
        where not exists (select from pg_temp.ended where ended.id = spoken.id)
        limit $1
        """

    /// The keys of which a first delta speaks: all.
    var nameFirst: String {
        """
        insert into pg_temp.named (id)
        select version.id from \(table) as version where version.source = $1 and $2::date is not null
        """
    }

    /// Whether a version is one of the rows of this load.
    private func hasBegun(_ alias: String) -> String {
        "\(alias).source = $1 and \(alias).valid_from = $2 and \(alias).loaded_in = $3"
    }

    // MARK: - Measures

    /// What the versions that end had.
    var countEndedValues: String { "select \(counts("ended")) from pg_temp.ended" }

    /// $1 the amounts before, $2 those of the rows that went in.
    func sumPlain(_ entity: EntitySchema, ends: Bool) -> String {
        let removed = """
            union all
            select \(currency("ended", entity)), \(part("ended", entity)), -sum(ended.amount), -count(*)
            from pg_temp.ended
            where ended.amount is not null
            group by 1, 2
            """
        return """
            with change as (
                select before.currency, before.part, before.total, before.records
                from jsonb_to_recordset($1::jsonb)
                    as before (currency text, part text, total numeric, records bigint)
                union all
                select \(currency("added", entity)), \(part("added", entity)), added.total, added.records
                from jsonb_to_recordset($2::jsonb) as added (
                    currency text, is_closed boolean, is_won boolean, stage_id text, total numeric, records bigint
                )
                \(ends ? removed : "")
            ),

            \(changedAmountsAsJSON)
            """
    }
}
