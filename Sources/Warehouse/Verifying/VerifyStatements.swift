import Model
import Postgres

/// The rules that the versions of one entity must keep, each statement a pass over its table.
///
/// Every statement gives one row a broken rule: its word, how often, and the first examples. They read the tables
/// alone, not the views, so that a view that is wrong proves nothing. $1 is the entity, $2 the newest load that
/// `prune` has reached.
struct VerifyStatements {
    let entity: EntitySchema
    let table: String
    private let columns: [String]

    init(entity: EntitySchema) throws(DatabaseError) {
        self.entity = entity
        table = "bellwether_store." + (try quoteIdentifier(entity.name))
        var columns: [String] = []
        for column in entity.columns { columns.append(try quoteIdentifier(column.name)) }
        self.columns = columns + ["extra"]
    }

    /// All of them.
    var all: [String] {
        let ofAll = [frame, superseded, neighbours, boundaries, rowCounts, written, writers]
        return hasPast ? ofAll + [past] : ofAll
    }

    var count: String { "select count(*) as value from \(table)" }

    /// Rules of a row by itself and of a row and those that follow it, in one window.
    ///
    /// Backwards, so that the smallest load among all later versions is a running sum and not a search of its own;
    /// by id before source, which hardly tells rows apart; and in one frame, so that there is one pass.
    private var frame: String {
        """
        with ordered as (
            select
                version.source, version.id, version.valid_from, version.valid_to, version.loaded_in,
                version.closed_in, version.superseded_in,
                last_value(version.valid_from) over later as next_from,
                min(version.loaded_in) over later as next_loaded_in
            from \(table) as version
            window later as (
                partition by version.id, version.source, version.superseded_in is null
                order by version.valid_from desc, version.loaded_in desc
                rows between unbounded preceding and 1 preceding
            )
        ),

        judged as (
            select
                ordered.source, ordered.id, ordered.valid_from,
                ordered.valid_from >= ordered.valid_to or not isfinite(ordered.valid_from) as is_empty,
                ordered.superseded_in is null and ordered.next_from < ordered.valid_to as overlaps,
                ordered.superseded_in is null and ordered.next_loaded_in < ordered.closed_in as overlapped,
                ordered.superseded_in is null and ordered.valid_to = 'infinity'
                    and ordered.next_from is not null as is_second,
                ordered.closed_in <= ordered.loaded_in or ordered.closed_in >= ordered.superseded_in
                    or (ordered.closed_in is not null and ordered.valid_to = 'infinity') as is_closed_wrongly,
                ordered.superseded_in <= ordered.loaded_in as is_superseded_early
            from ordered
        )

        \(summary("""
            select verdict.rule, \(example("judged")) as example
            from judged
            cross join lateral (
                values
                    ('empty_interval', judged.is_empty), ('overlap', judged.overlaps),
                    ('overlap_as_known', judged.overlapped), ('second_current', judged.is_second),
                    ('closed_wrongly', judged.is_closed_wrongly),
                    ('superseded_early', judged.is_superseded_early)
            ) as verdict (rule, is_broken)
            where (
                    judged.is_empty or judged.overlaps or judged.overlapped or judged.is_second
                    or judged.is_closed_wrongly or judged.is_superseded_early
                )
                and verdict.is_broken and $1::text is not null and $2::integer is not null
            """))
        """
    }

    /// No superseded version and any other of its key are believed at one load to hold on one day. As loads pass,
    /// versions only get shorter: what does not meet when the later of the two arrives never does.
    private var superseded: String {
        """
        with pair as (
            select
                one.source, one.id, one.valid_from, one.valid_to, one.closed_in, one.superseded_in,
                other.valid_from as other_from, other.valid_to as other_to, other.closed_in as other_closed_in,
                other.superseded_in as other_superseded_in,
                greatest(one.loaded_in, other.loaded_in) as load
            from \(table) as one
            inner join \(table) as other on other.source = one.source and other.id = one.id
            where one.superseded_in is not null
                and (other.valid_from, other.loaded_in) <> (one.valid_from, one.loaded_in)
        )

        \(summary("""
            select 'overlap_as_known' as rule, \(example("pair")) as example
            from pair
            where pair.load < pair.superseded_in
                and (pair.other_superseded_in is null or pair.load < pair.other_superseded_in)
                and pair.valid_from
                    < case when pair.other_closed_in > pair.load then 'infinity' else pair.other_to end
                and pair.other_from
                    < case when pair.closed_in > pair.load then 'infinity' else pair.valid_to end
                and $1::text is not null and $2::integer is not null
            """))
        """
    }

    /// Two versions that follow each other say different things. Where the past from a history ends, the snapshots may
    /// go on with the same.
    private var neighbours: String {
        summary(
            """
            select 'divided_interval' as rule, \(example("version")) as example
            from \(table) as version
            inner join \(table) as next
                on next.source = version.source and next.id = version.id
                    and next.valid_from = version.valid_to
            where version.superseded_in is null and next.superseded_in is null
                and version.valid_to < 'infinity'
                and (\(list("version"))) is not distinct from (\(list("next")))
                and not (\(isPast("version")) and not \(isPast("next")))
                and $1::text is not null and $2::integer is not null
            """)
    }

    /// A version begins and ends on days whose live snapshot speaks of its key: a full one of all but those that
    /// it marks, a delta of those that it marks. The past from a history has a rule of its own.
    private var boundaries: String {
        """
        with \(live),

        boundary as (
            select version.source, version.id, version.valid_from, version.valid_from as day
            from \(table) as version
            where version.superseded_in is null and not \(isPast("version"))
            union all
            select version.source, version.id, version.valid_from, version.valid_to
            from \(table) as version
            where version.superseded_in is null and version.valid_to < 'infinity'
                and not \(isPast("version"))
        )

        \(summary("""
            select 'unexplained_change' as rule, \(example("boundary")) as example
            from boundary
            left join live on live.source = boundary.source and live.day = boundary.day
            left join bellwether_store.mark
                on mark.source = boundary.source and mark.entity = $1 and mark.load = live.content_load
                    and mark.id = boundary.id
            where (live.day is null or (live.kind = 'full') = (mark.id is not null))
                and $2::integer is not null
            """))
        """
    }

    /// On the day of each live snapshot as many records are there as its files had rows that count, and those that
    /// it could not vouch for and that were there before.
    ///
    /// A key that stands in the files both as it was known and otherwise is rejected, though one of its rows was
    /// recognised: so there may be fewer by as many as were rejected.
    private var rowCounts: String {
        """
        with \(live),

        change as (
            select version.source, version.valid_from as day, 1 as step
            from \(table) as version
            where version.superseded_in is null
            union all
            select version.source, version.valid_to, -1
            from \(table) as version
            where version.superseded_in is null and version.valid_to < 'infinity'
            union all
            select live.source, live.day, 0 from live
        ),

        held as (
            select
                daily.source, daily.day,
                sum(daily.step) over (partition by daily.source order by daily.day) as records
            from (
                select change.source, change.day, sum(change.step) as step
                from change
                group by change.source, change.day
            ) as daily
        ),

        marked as (
            select live.source, live.day, count(*) as marks, count(version.id) as records
            from live
            inner join bellwether_store.mark
                on mark.source = live.source and mark.entity = $1 and mark.load = live.content_load
            left join \(table) as version
                on version.source = mark.source and version.id = mark.id and version.superseded_in is null
                    and version.valid_from <= live.day and version.valid_to > live.day
            group by live.source, live.day
        ),

        counted as (
            select
                live.source, live.day, live.load,
                live.rows_new + live.rows_changed + live.rows_unchanged as named,
                case
                    -- Keys that a replacement carries over from the day before may hide rows that were not read.
                    when live.is_replacement and live.rows_unchanged = 0 then live.rows_new + live.rows_changed
                    else least(live.rows_rejected, coalesce(marked.marks, live.rows_rejected))
                end as slack,
                case live.kind
                    when 'full' then held.records - coalesce(marked.records, 0)
                    else coalesce(marked.records, 0)
                end as found
            from live
            inner join held on held.source = live.source and held.day = live.day
            left join marked on marked.source = live.source and marked.day = live.day
        )

        \(summary("""
            select
                'row_count' as rule,
                format(
                    '%s %s: %s of load %s, %s there', counted.source, counted.day, counted.named, counted.load,
                    counted.found) as example
            from counted
            where (counted.found > counted.named or counted.found < counted.named - counted.slack)
                and $2::integer is not null
            """))
        """
    }

    /// What a load says that it did is what its versions say: each record that is new or changed has one version of
    /// the load that holds on its day, each that changed or is gone has one that the load ended or superseded. The past
    /// that a load made from a history is no record of its files.
    private var written: String {
        """
        with arrived as (
            select version.source, version.loaded_in as load, count(*) as records
            from \(table) as version
            inner join bellwether_store.load on load.number = version.loaded_in
            where version.valid_from <= load.day
                and (version.valid_to > load.day or version.closed_in is not null)
                and not \(isPast("version"))
            group by version.source, version.loaded_in
        ),

        ended as (
            select version.source, version.closed_in as load
            from \(table) as version
            inner join bellwether_store.load on load.number = version.closed_in
            where version.valid_to = load.day and not \(isPast("version"))
            union all
            select version.source, version.superseded_in
            from \(table) as version
            inner join bellwether_store.load on load.number = version.superseded_in
            where version.valid_from <= load.day and version.valid_to > load.day
                and not \(isPast("version"))
        ),

        left_behind as (
            select ended.source, ended.load, count(*) as records
            from ended
            group by ended.source, ended.load
        )

        \(summary("""
            select
                'load_count' as rule,
                format(
                    '%s load %s: %s new, %s changed, %s gone; %s versions arrived, %s ended', snapshot.source,
                    snapshot.load, snapshot.rows_new, snapshot.rows_changed, snapshot.rows_gone,
                    coalesce(arrived.records, 0), coalesce(left_behind.records, 0)) as example
            from bellwether_store.snapshot
            left join arrived on arrived.source = snapshot.source and arrived.load = snapshot.load
            left join left_behind
                on left_behind.source = snapshot.source and left_behind.load = snapshot.load
            where snapshot.entity = $1 and snapshot.content_load = snapshot.load and snapshot.load > $2
                and (
                    snapshot.rows_new + snapshot.rows_changed <> coalesce(arrived.records, 0)
                    or snapshot.rows_changed + snapshot.rows_gone <> coalesce(left_behind.records, 0)
                )
            """))
        """
    }

    /// Versions are written by loads and undos that had a snapshot of the entity, those of the past from a history by
    /// loads and undos that made it.
    private var writers: String {
        """
        with written as (
            select
                version.source, \(isPast("version")) as is_past, version.loaded_in, version.closed_in,
                version.superseded_in
            from \(table) as version
            group by 1, 2, 3, 4, 5
        ),

        writer as (
            select distinct written.source, written.is_past, named.load
            from written
            cross join lateral (
                values (written.loaded_in), (written.closed_in), (written.superseded_in)
            ) as named (load)
            where named.load is not null
        )

        \(summary("""
            select
                'orphan_version' as rule, format('%s load %s', writer.source, writer.load) as example
            from writer
            where not exists (
                    select from bellwether_store.snapshot
                    inner join bellwether_store.load on load.number = writer.load
                    where not writer.is_past and snapshot.source = writer.source and snapshot.entity = $1
                        and writer.load in (snapshot.load, snapshot.undone_in)
                )
                and not exists (
                    select from bellwether_store.history_derivation as made
                    inner join bellwether_store.load on load.number = made.load
                    where writer.is_past and made.source = writer.source and made.entity = $1
                        and made.load = writer.load
                )
                and $2::integer is not null
            """))
        """
    }

    // MARK: - Pieces

    /// The snapshots that count, worked out here and not by the view.
    var live: String {
        """
        live as (
            select distinct on (snapshot.source, snapshot.day)
                snapshot.source, snapshot.day, snapshot.load, snapshot.content_load, snapshot.kind,
                snapshot.rows_new, snapshot.rows_changed, snapshot.rows_unchanged, snapshot.rows_rejected,
                exists (
                    select from bellwether_store.snapshot as replaced
                    where replaced.source = snapshot.source and replaced.entity = snapshot.entity
                        and replaced.day = snapshot.day and replaced.load < snapshot.content_load
                ) as is_replacement
            from bellwether_store.snapshot
            where snapshot.entity = $1 and snapshot.undone_in is null
            order by snapshot.source, snapshot.day, snapshot.load desc
        )
        """
    }

    private func list(_ alias: String) -> String {
        columns.map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    func example(_ alias: String) -> String {
        "format('%s/%s from %s', \(alias).source, \(alias).id, \(alias).valid_from)"
    }

    func summary(_ broken: String) -> String { Self.summary(broken) }

    /// One row a rule: how often it is broken, and the first examples.
    static func summary(_ broken: String) -> String {
        """
        select
            broken.rule, count(*) as count,
            array_to_string((array_agg(broken.example order by broken.example))[1:3], ', ') as examples
        from (
            \(broken)
        ) as broken
        group by broken.rule
        order by broken.rule
        """
    }
}
