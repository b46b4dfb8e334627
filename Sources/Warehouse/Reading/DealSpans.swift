import Model
import Postgres

/// The SQL that reads deals by their spans: the same numbers as through `bellwether.deal_state`, in a twentieth of the time.
///
/// Of a million deals' versions a forecast of a day needs a fiftieth. Spans are found by close date, and hold numbers
/// instead of words, so that what the words mean is asked once a wording and not once a deal.
enum DealSpans {
    /// What shapes, owners and rates make of the spans: $1 the day read.
    private static let frame = frame("where kind in ('open', 'won')")

    private static func frame(_ kinds: String) -> String {
        """
        with shape as materialized (
            select
                number, source, stage, kind, category, kind = 'open' as is_open, is_by_stage_default, is_stage_unmapped,
                is_outcome_conflict, currency, company_currency, company_places, is_foreign, day_rate,
                dense_rank() over (
                    order by source, category, is_stage_unmapped, is_outcome_conflict, currency is null
                )::integer as sort
            from bellwether.deal_shape
            \(kinds)
        ),
        rate as materialized (
            select shape.number as shape, plan_rate.rate, plan_rate.start_date, plan_rate.end_date
            from shape
            inner join bellwether.plan_rate
                on plan_rate.from_currency = shape.currency and plan_rate.to_currency = shape.company_currency
            where shape.is_foreign
        ),
        holder as materialized (
            select
                owner.number as owner, coalesce(person.name, person.id) as name, person.team_id,
                dense_rank() over (order by person.team_id)::integer as team, person.valid_from, person.valid_to
            from bellwether_store.deal_owner as owner
            inner join bellwether.person_history as person
                on person.source = owner.source and person.id = owner.owner_id
        )
        """
    }

    /// Whose deal it is on the day that counts for it, and at which rate it converts.
    private static let joins = """
        inner join shape on shape.number = span.shape
        cross join lateral (
            select
                coalesce(
                    (select bellwether.org_day()),
                    case when shape.is_open then $1::date else least(coalesce(span.close_date, $1::date), $1::date) end
                ) as organisation,
                coalesce(span.close_date, $1::date) as rate
        ) as day
        left join holder
            on holder.owner = span.owner and holder.valid_from <= day.organisation
                and holder.valid_to > day.organisation
        left join rate
            on rate.shape = span.shape and rate.start_date <= day.rate and rate.end_date >= day.rate
        """

    /// The columns of `forecastCells`: $2 the period's first day, $3 the day after its last, $4 and $5 those of the period
    /// after it, or $3 twice; $6 the ids of the owners to tell apart, those of a team's other people summed together, or
    /// null for everybody.
    static let cellsSQL = """
        \(frame),
        apart as (
            select array_agg(number) as owners
            from bellwether_store.deal_owner
            where owner_id = any ($6::text[])
        ),
        span as (
            select close_date, owner, shape, is_closed, amount
            from bellwether_store.deal_span
            where close_date >= $2::date and close_date < $5::date and valid_from <= $1::date and valid_to > $1::date
                and (close_date < $3::date or close_date >= $4::date)
            union all
            select close_date, owner, shape, is_closed, amount
            from bellwether_store.deal_span
            where close_date is null and valid_from <= $1::date and valid_to > $1::date
            union all
            select close_date, owner, shape, is_closed, amount
            from bellwether_store.deal_span
            where close_date < least($2::date, $1::date) and is_closed is not true and valid_to > close_date
                and valid_from <= $1::date and valid_to > $1::date
        ),
        summed as (
            select
                case
                    when $6::text[] is null or holder.team is null or span.owner = any ((select owners from apart)::integer[])
                        then span.owner
                end as owner,
                holder.team,
                shape.sort,
                case
                    when span.close_date >= $4::date then 5
                    when span.close_date >= $2::date then 1
                    when span.close_date is null and shape.is_open then 2
                    when span.close_date is null then 3
                    else 4
                end as timing,
                shape.is_open and span.is_closed is not true and coalesce(span.close_date < $1::date, false) as is_past_due,
                count(*) as deals,
                count(span.amount) as deals_with_amount,
                count(span.amount) filter (where shape.is_foreign and rate.rate is null) as deals_without_rate,
                count(*) filter (where span.amount < 0) as deals_negative,
                count(*) filter (where shape.is_by_stage_default) as deals_by_stage_default,
                sum(
                    round(
                        case when shape.is_foreign then span.amount * rate.rate else span.amount end, shape.company_places)
                ) as amount,
                sum(
                    round(span.amount * shape.day_rate, shape.company_places)
                    - round(span.amount * rate.rate, shape.company_places)
                ) filter (where shape.day_rate is not null) as rate_effect
            from span
            \(joins)
            where span.close_date is null or span.close_date >= $2::date or shape.is_open
            group by 1, 2, 3, 4, 5
        )
        select
            sort.source, owner.owner_id, summed.team is null as is_owner_unknown, team.team_id as owner_team_id,
            sort.category,
            (array['in_period', 'undated', 'won_undated', 'earlier_past_due', 'next_period'])[summed.timing] as timing,
            summed.is_past_due, name.name as owner_name, summed.deals,
            summed.deals - summed.deals_with_amount as deals_without_amount, summed.deals_without_rate,
            case when sort.is_currency_unknown then summed.deals_with_amount else 0 end as deals_without_currency,
            summed.deals_negative,
            case when sort.is_stage_unmapped then summed.deals else 0 end as deals_stage_unmapped,
            case when sort.is_outcome_conflict then summed.deals else 0 end as deals_outcome_conflict,
            summed.deals_by_stage_default, coalesce(summed.amount, 0) as amount,
            coalesce(summed.rate_effect, 0) as rate_effect
        from summed
        inner join (
            select distinct
                sort, source, category, is_stage_unmapped, is_outcome_conflict, currency is null as is_currency_unknown
            from shape
        ) as sort on sort.sort = summed.sort
        left join bellwether_store.deal_owner as owner on owner.number = summed.owner
        left join (select distinct team, team_id from holder) as team on team.team = summed.team
        left join (
            select owner, team, max(name) as name
            from holder
            group by owner, team
        ) as name on name.owner = summed.owner and name.team = summed.team
        where summed.timing <> 5 or sort.category in ('closed', 'commit', 'best_case', 'pipeline')
        """

    /// The columns of `basisSQL`: $2 and $3 as above, $4 the owners' ids, null for everybody's.
    static let basisSQL = """
        \(frame)
        select
            shape.source, span.id, shape.category,
            round(
                case when shape.is_foreign then span.amount * rate.rate else span.amount end, shape.company_places
            ) as amount_company,
            owner.owner_id, holder.owner is null as is_owner_unknown, holder.team_id as owner_team_id
        from bellwether_store.deal_span as span
        \(joins)
        left join bellwether_store.deal_owner as owner on owner.number = span.owner
        where span.close_date >= $2::date and span.close_date < $3::date
            and span.valid_from <= $1::date and span.valid_to > $1::date
            and (
                $4::text[] is null
                or span.owner = any (
                    array(select wanted.number from bellwether_store.deal_owner as wanted where wanted.owner_id = any ($4::text[]))
                )
            )
        """

    /// The columns of `dealSidesSQL`: $2 and $3 as above, $4 the categories.
    static let sidesSQL = """
        \(frame)
        \(sides("bellwether_store.deal_span as span"))
        where span.close_date >= $2::date and span.close_date < $3::date
            and span.valid_from <= $1::date and span.valid_to > $1::date
            and shape.category = any ($4::text[])
        """

    /// The columns of `namedSidesSQL`: $2 the sources, $3 the ids. They are looked up one by one, since the planner would
    /// rather read all deals than the spans of some ten thousand.
    static let namedSidesSQL = """
        \(frame(""))
        \(sides("""
            unnest($3::text[]) as wanted (id)
            cross join lateral (
                select close_date, owner, shape, amount, id
                from bellwether_store.deal_span
                where deal_span.id = wanted.id and valid_from <= $1::date and valid_to > $1::date
                offset 0
            ) as span
            """))
        where shape.source = any ($2::text[])
        """

    private static func sides(_ spans: String) -> String {
        """
        select
            shape.source, span.id, owner.owner_id, holder.owner is null as is_owner_unknown,
            holder.team_id as owner_team_id, shape.kind, shape.category, shape.stage, span.close_date, span.amount,
            shape.currency,
            round(
                case when shape.is_foreign then span.amount * rate.rate else span.amount end, shape.company_places
            ) as amount_company
        from \(spans)
        \(joins)
        left join bellwether_store.deal_owner as owner on owner.number = span.owner
        """
    }

    /// The columns of `firstDaysSQL`: $1 the sources, $2 the ids.
    static let firstDaysSQL = """
        select shape.source, span.id, min(span.valid_from) as day
        from bellwether_store.deal_span as span
        inner join bellwether_store.deal_shape as shape on shape.number = span.shape
        where shape.source = any ($1::text[]) and span.id = any ($2::text[])
        group by shape.source, span.id
        """

    /// The columns of `endedSQL`: $2 the sources, $3 the ids.
    static let endedSQL = """
        select distinct shape.source, span.id
        from unnest($3::text[]) as wanted (id)
        cross join lateral (
            select id, shape
            from bellwether_store.deal_span
            where deal_span.id = wanted.id and valid_to <= $1::date
            offset 0
        ) as span
        inner join bellwether_store.deal_shape as shape on shape.number = span.shape
        where shape.source = any ($2::text[])
        """
}

extension Warehouse {
    /// What the deal spans say where they hold, else what the versions do.
    ///
    /// Asked again afterwards: a load and `summarise` may have moved the spans on between one statement and the next,
    /// and what was read then is of a later load than the point's.
    func bySpans<Value>(
        at point: ReadPoint, _ spans: () throws(BellwetherError) -> Value,
        else versions: () throws(BellwetherError) -> Value
    ) throws(BellwetherError) -> Value {
        guard point.hasDealSpans else { return try versions() }
        let value = try spans()
        return try dealSpansHold() ? value : try versions()
    }

    /// Whether the deal spans say what the versions say at the load read.
    func dealSpansHold() throws(BellwetherError) -> Bool {
        try single("select bellwether.deal_spans_hold() as value", as: Bool.self)
    }

    /// Runs `body` with a planner that is told what it cannot know: how many deals a day of a period has. So many are
    /// grouped and joined by hashing; sorted first, it takes three times as long, and looked up one by one more than that.
    func hashing<Value>(
        _ body: () throws(BellwetherError) -> Value
    ) throws(BellwetherError) -> Value {
        try sorting(isWanted: false)
        let value: Value
        do throws(BellwetherError) {
            value = try body()
        } catch {
            // The first error is the one to tell.
            try? sorting(isWanted: true)
            throw error
        }
        try sorting(isWanted: true)
        return value
    }

    private func sorting(isWanted: Bool) throws(BellwetherError) {
        try execute(
            """
            select
                set_config('enable_sort', $1, false), set_config('enable_mergejoin', $1, false),
                set_config('enable_nestloop', $1, false)
            """, [.text(isWanted ? "on" : "off")])
    }
}
