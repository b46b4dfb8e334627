/// The rules that the record of loads must keep.
extension VerifyStatements {
    /// All of them. $1 are the names of the entities.
    static let record = [loads, snapshots, orphans, attempts]

    /// Numbers rise by one, publish times never fall, an undo names an earlier load and only an undo does.
    private static let loads = """
        with ordered as (
            select
                load.number, load.published_at, load.action, load.undoes,
                row_number() over (order by load.number) as place,
                lag(load.published_at) over (order by load.number) as published_before
            from bellwether_store.load
        )

        \(summary("""
            select verdict.rule, format('load %s', ordered.number) as example
            from ordered
            cross join lateral (
                values
                    ('load_missing', ordered.number <> ordered.place),
                    ('published_earlier', ordered.published_at < ordered.published_before),
                    (
                        'undo_of_nothing',
                        (ordered.action = 'undo') <> (ordered.undoes is not null)
                            or ordered.undoes >= ordered.number
                    )
            ) as verdict (rule, is_broken)
            where verdict.is_broken and $1::text[] is not null
            """))
        """

    /// A snapshot belongs to a load of its day; its rows were read by a load of the same entity and day; what took
    /// it back is an undo; and its entity is known.
    private static let snapshots = """
        \(summary("""
            select
                'orphan_snapshot' as rule,
                format('%s %s of load %s', snapshot.source, snapshot.entity, snapshot.load) as example
            from bellwether_store.snapshot
            left join bellwether_store.load on load.number = snapshot.load and load.day = snapshot.day
            left join bellwether_store.snapshot as content
                on content.source = snapshot.source and content.entity = snapshot.entity
                    and content.load = snapshot.content_load and content.day = snapshot.day
                    and content.content_hash = snapshot.content_hash
            left join bellwether_store.load as undo
                on undo.number = snapshot.undone_in and undo.action = 'undo' and undo.undoes is not null
            where load.number is null or content.load is null
                or (snapshot.undone_in is not null and undo.number is null)
                or snapshot.entity <> all ($1::text[])
            """))
        """

    /// A load has snapshots, a mark has a snapshot, a reject an attempt.
    private static let orphans = """
        \(summary("""
            select 'empty_load' as rule, format('load %s', load.number) as example
            from bellwether_store.load
            where load.action = 'load' and $1::text[] is not null
                and not exists (
                    select from bellwether_store.snapshot where snapshot.load = load.number
                )
            union all
            select 'orphan_mark', format('%s %s of load %s', mark.source, mark.entity, mark.load)
            from (
                select mark.source, mark.entity, mark.load
                from bellwether_store.mark
                group by mark.source, mark.entity, mark.load
            ) as mark
            left join bellwether_store.snapshot
                on snapshot.source = mark.source and snapshot.entity = mark.entity
                    and snapshot.load = mark.load
            where snapshot.load is null
            union all
            select 'orphan_reject', format('attempt %s', reject.attempt)
            from (
                select reject.attempt from bellwether_store.reject group by reject.attempt
            ) as reject
            left join bellwether_store.attempt on attempt.number = reject.attempt
            where attempt.number is null
            """))
        """

    /// A load is one attempt, which counts as many rejects as its snapshots and keeps the first of them. Those of a
    /// snapshot that says an earlier one again are kept where they were said first.
    private static let attempts = """
        with said as (
            select attempt.number, attempt.load, attempt.rejects_total, count(reject.ordinal) as kept
            from bellwether_store.attempt
            left join bellwether_store.reject on reject.attempt = attempt.number
            group by attempt.number, attempt.load, attempt.rejects_total
        ),

        counted as (
            select
                load.number, coalesce(sum(snapshot.rows_rejected), 0) as rejected
            from bellwether_store.load
            left join bellwether_store.snapshot
                on snapshot.load = load.number and snapshot.content_load = snapshot.load
            where load.action = 'load'
            group by load.number
        )

        \(summary("""
            select 'reject_count' as rule, format('attempt %s', said.number) as example
            from said
            left join counted on counted.number = said.load
            where $1::text[] is not null
                and (
                    said.kept <> least(said.rejects_total, \(SnapshotSink.rejectsKept))
                    or said.rejects_total <> counted.rejected
                )
            union all
            select 'orphan_attempt', format('attempt %s', said.number)
            from said
            left join bellwether_store.load on load.number = said.load
            where said.load is not null and load.number is null
            union all
            select 'orphan_load', format('load %s', counted.number)
            from counted
            left join said on said.load = counted.number
            group by counted.number
            having count(said.number) <> 1
            """))
        """
}
