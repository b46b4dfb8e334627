import Model

/// The rules that the past must keep which a CRM's history gives the records before their first snapshot.
extension VerifyStatements {
    /// Whether the entity may have such a past.
    var hasPast: Bool { entity.name == PastColumns.entity }

    /// Whether a version is of that past, as SQL.
    func isPast(_ alias: String) -> String {
        hasPast ? "\(alias).row_hash = \(PastStatements.mark)" : "false"
    }

    /// It ends before the first live full snapshot of the source and before any live snapshot speaks of the key, at
    /// every load as known; and it begins and ends on days of which the history tells a change of the record, if not
    /// with the record's creation, the first trusted day or that end.
    var past: String {
        """
        with \(live),

        past as (
            select
                version.source, version.id, version.valid_from, version.valid_to,
                version.closed_in is not null as is_closed
            from \(table) as version
            where version.superseded_in is null and \(isPast("version"))
        ),

        first_full as (
            select live.source, min(live.day) as day
            from live
            where live.kind = 'full'
            group by live.source
        ),

        spoken as (
            select mark.source, mark.id, min(live.day) as day
            from live
            inner join bellwether_store.mark
                on mark.source = live.source and mark.entity = $1 and mark.load = live.content_load
            where live.kind = 'delta'
            group by mark.source, mark.id
        ),

        known as (
            select
                version.source, version.id, min(version.valid_from) as day,
                (array_agg(version.created_date order by version.valid_from))[1] as created_date
            from \(table) as version
            where version.superseded_in is null and not \(isPast("version"))
                and (version.source, version.id) in (select past.source, past.id from past)
            group by version.source, version.id
        ),

        derivation as (
            select distinct on (made.source) made.source, made.time_zone, made.trusted_from
            from bellwether_store.history_derivation as made
            where made.entity = $1
            order by made.source, made.load desc
        ),

        told as (
            select distinct
                change.source, change.record_id collate "C" as id,
                (change.changed_at at time zone derivation.time_zone)::date as day
            from bellwether_store.field_change as change
            inner join derivation on derivation.source = change.source
            where change.superseded_in is null and change.valid_to = 'infinity' and change.entity = $1
                and change.field in (\(toldFields))
        ),

        judged as (
            select
                past.source, past.id, past.valid_from,
                first_full.day is null or past.is_closed
                    or past.valid_to > least(first_full.day, spoken.day, known.day) as is_beyond,
                coalesce(past.valid_from < derivation.trusted_from, false)
                    or (
                        first_told.day is null and past.valid_from is distinct from known.created_date
                        and past.valid_from is distinct from derivation.trusted_from
                    )
                    or (
                        last_told.day is null
                        and past.valid_to is distinct from least(first_full.day, spoken.day, known.day)
                    ) as is_unexplained
            from past
            left join first_full on first_full.source = past.source
            left join spoken on spoken.source = past.source and spoken.id = past.id
            left join known on known.source = past.source and known.id = past.id
            left join derivation on derivation.source = past.source
            left join told as first_told
                on first_told.source = past.source and first_told.id = past.id and first_told.day = past.valid_from
            left join told as last_told
                on last_told.source = past.source and last_told.id = past.id and last_told.day = past.valid_to
        )

        \(summary("""
            select verdict.rule, \(example("judged")) as example
            from judged
            cross join lateral (
                values
                    ('past_beyond_start', judged.is_beyond), ('past_unexplained', judged.is_unexplained)
            ) as verdict (rule, is_broken)
            where verdict.is_broken and $2::integer is not null
            """))
        """
    }

    /// What a history may tell of, as literals of SQL.
    private var toldFields: String {
        (entity.columns.map(\.name) + [PastColumns.deletion]).map { "'\($0)'" }.joined(separator: ", ")
    }
}
