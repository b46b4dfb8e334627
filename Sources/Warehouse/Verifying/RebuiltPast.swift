import Model

/// The SQL that makes the past from a CRM's history anew, in the plain way: for each day on which a record changes, and
/// each field, the last change by then is looked up.
///
/// It reads the stored field changes, which are held against their exports by themselves, the tables of loads, and
/// what the exports of the records name; nothing that a derivation left behind.
struct RebuiltPast {
    let columns: PastColumns

    private static let entity = PastColumns.entity

    /// The snapshots of an entity that count, of the source $1.
    private static func live(_ entity: String) -> String {
        """
        select distinct on (snapshot.day) snapshot.day, snapshot.kind, snapshot.content_load
        from bellwether_store.snapshot
        where snapshot.source = $1 and snapshot.entity = '\(entity)' and snapshot.undone_in is null
        order by snapshot.day, snapshot.load desc
        """
    }

    /// The first day that the newest history export trusts; null for all. $1 is the source.
    private static let trustedDay = """
        (
            select history_start.trusted_from
            from bellwether_store.history_start
            where history_start.source = $1
                and history_start.load = (
                    select live.content_load from (\(live("field_change"))) as live order by live.day desc limit 1
                )
        )
        """

    /// The changes in the order in which they count, with their day where the company is. $1 is the source, $2 are the
    /// fields that may be told.
    static let createTold = """
        create temp table told on commit drop as
        select
            change.id, change.field, change.day, change.old_value, change.new_value, change.is_old_known,
            row_number() over (
                order by change.changed_at, length(change.sequence), change.sequence, change.is_old_known desc,
                    change.change_id
            ) as place
        from (
            select
                change.record_id collate "C" as id, change.field, change.changed_at, change.old_value,
                change.new_value, change.sequence collate "C" as sequence, change.id as change_id,
                coalesce(change.is_old_known, change.old_value is not null) as is_old_known,
                (change.changed_at at time zone zone.name)::date as day
            from bellwether_store.field_change as change
            cross join (
                select coalesce(
                    (
                        select known.name
                        from pg_timezone_names as known
                        where known.name = (
                                select company.time_zone
                                from bellwether_store.company
                                where company.superseded_in is null and company.valid_to = 'infinity'
                                    and company.time_zone is not null
                                order by company.source = $1 desc, company.source, company.id
                                limit 1
                            )
                    ), 'UTC') as name
            ) as zone
            where change.source = $1 and change.entity = '\(entity)' and change.superseded_in is null
                and change.valid_to = 'infinity' and change.record_id is not null and change.changed_at is not null
                and change.field = any ($2::text[])
        ) as change
        where coalesce(change.day >= \(trustedDay), true)
        """

    static let indexTold = "create index on pg_temp.told (id, field, place)"

    /// Each record with a past: from when to when, and the first state that an export names. $1 is the source.
    static let createDeals = """
        create temp table deal on commit drop as
        with start as (
            select min(live.day) as day from (\(live(entity))) as live where live.kind = 'full'
        ),

        base as (
            select distinct on (named.id) named.id, named.valid_from, named.created_date
            from pg_temp.named
            where named.valid_from <= (select start.day from start)
            order by named.id, named.valid_from
        ),

        change as (
            select
                told.id, min(told.day) as day,
                bool_or(told.field = '\(PastColumns.deletion)' and told.new_value = 't') as is_told_deleted
            from pg_temp.told
            where told.day <= (select start.day from start)
            group by told.id
        ),

        spoken as (
            select mark.id, min(live.day) as day
            from (\(live(entity))) as live
            inner join bellwether_store.mark
                on mark.source = $1 and mark.entity = '\(entity)' and mark.load = live.content_load
            where live.kind = 'delta'
            group by mark.id
        ),

        bounded as (
            select
                coalesce(base.id, change.id) as id, base.valid_from as base_from,
                case
                    when coalesce(base.created_date, change.day) is not null
                        then greatest(least(base.created_date, change.day), \(trustedDay))
                end as first_day,
                least(start.day, base.valid_from, spoken.day) as until_day
            from base
            full join change on change.id = base.id
            cross join start
            left join spoken on spoken.id = coalesce(base.id, change.id)
            where base.id is not null or change.is_told_deleted
        )

        select bounded.id, bounded.base_from, bounded.first_day, bounded.until_day
        from bounded
        where bounded.first_day < bounded.until_day
        """

    /// The versions, still without regard to equal neighbours: the state of each such day holds until the next one.
    var createPast: String {
        """
        create temp table past on commit drop as
        with point as (
            select deal.id, deal.first_day as day from pg_temp.deal
            union
            select told.id, told.day
            from pg_temp.told
            inner join pg_temp.deal on deal.id = told.id
            where told.day > deal.first_day and told.day < deal.until_day
        )

        select
            deal.id, point.day as valid_from,
            lead(point.day, 1, deal.until_day) over (partition by point.id order by point.day) as valid_to,
            \(columns.list(columns.all, ", ") { "\(value($0)) as \($0.quoted)" }), null::jsonb as extra,
            \(isGone) as is_gone
        from point
        inner join pg_temp.deal on deal.id = point.id
        left join pg_temp.named on named.id = deal.id and named.valid_from = deal.base_from
        \(columns.list(columns.tracked, "\n") { lookUp($0) })
        """
    }

    static let dropGone = "delete from pg_temp.past where is_gone"

    /// What a field was on a day: what the last change by then says; else what the first change says of before it;
    /// else what the exports name first. What hangs on a stage is not known of another stage.
    private func value(_ column: PastColumns.Column) -> String {
        let named = "named.\(column.quoted)"
        if columns.tracked.contains(where: { $0.name == column.name }) {
            let found = Self.found(column)
            return """
                case when \(found) is null then \(named) else (\(found))[1]::\(column.type.rawValue) end
                """
        }
        guard PastColumns.hangingOnStage.contains(column.name),
            let stage = columns.tracked.first(where: { $0.name == PastColumns.stage })
        else { return named }
        return "case when \(value(stage)) is not distinct from named.\(stage.quoted) then \(named) end"
    }

    /// What the changes say, as a list of one, which may be no value; null where they say nothing.
    private static func found(_ column: PastColumns.Column) -> String { "\(alias(column)).found" }

    private static func alias(_ column: PastColumns.Column) -> String { "told_\(column.name)" }

    /// Looked up once, wherever it is used: without `offset` the planner would repeat it in each place.
    private func lookUp(_ column: PastColumns.Column) -> String {
        """
        cross join lateral (
            select coalesce(\(lastChange(column.name)), \(firstChange(column.name))) as found
            offset 0
        ) as \(Self.alias(column))
        """
    }

    private var isGone: String {
        columns.tracksDeletion ? "coalesce((\(lastChange(PastColumns.deletion)))[1] = 't', false)" : "false"
    }

    private func lastChange(_ field: String) -> String {
        """
        (
            select array[told.new_value]
            from pg_temp.told
            where told.id = point.id and told.field = '\(field)' and told.day <= point.day
            order by told.place desc
            limit 1
        )
        """
    }

    private func firstChange(_ field: String) -> String {
        """
        (
            select array[case when first.is_old_known then first.old_value else first.new_value end]
            from (
                select told.*
                from pg_temp.told
                where told.id = point.id and told.field = '\(field)'
                order by told.place
                limit 1
            ) as first
            where first.day <= deal.until_day
        )
        """
    }
}
