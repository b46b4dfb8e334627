-- bellwether.deals_ended_since(first): deals decided with a close date of a day or later, or without one, and when they were
-- first known and first in commit.
-- Reads:  bellwether.deal_state, deal_past, first_snapshot, crm_history
-- Notes:  read it as bellwether.commit_record, which says what each column is. It is a function for the sake of its setting: of
--         views upon views the planner expects one row, and would join deals with their past in loops. The past is looked up
--         by the deals' keys in arrays, so that they reach the versions.

create function bellwether.deals_ended_since(first date) returns table (
    source text,
    id text,
    name text,
    owner_id text,
    owner_name text,
    is_owner_unknown boolean,
    owner_team_id text,
    kind text,
    close_date date,
    amount_company numeric,
    first_known date,
    is_first_known_unknown boolean,
    known_days integer,
    first_commit date,
    commit_days integer
)
language sql stable parallel safe rows 10000
set search_path = pg_catalog
set enable_nestloop = off
as $function$
    with ended as materialized (
        select
            deal.source,
            deal.id,
            deal.name,
            deal.owner_id,
            deal.owner_name,
            deal.is_owner_unknown,
            deal.owner_team_id,
            deal.kind,
            deal.close_date,
            deal.amount_company
        from bellwether.deal_state as deal
        where deal.kind <> 'open' and coalesce(deal.close_date, 'infinity') >= $1
    ),

    past as (
        select
            span.source,
            span.id,
            min(span.valid_from) as first_known,
            min(span.valid_from) filter (where span.category = 'commit') as first_commit
        from bellwether.deal_past as span
        where span.source = any (array(select distinct ended.source from ended))
            and span.id = any (array(select ended.id from ended))
        group by span.source, span.id
    ),

    known as (
        select
            first_snapshot.source,
            least(first_snapshot.day, crm_history.first_day) as first_day
        from bellwether.first_snapshot
        left join bellwether.crm_history
            on crm_history.source = first_snapshot.source and crm_history.entity = 'opportunity'
        where first_snapshot.entity = 'opportunity'
    )

    select
        ended.source,
        ended.id,
        ended.name,
        ended.owner_id,
        ended.owner_name,
        ended.is_owner_unknown,
        ended.owner_team_id,
        ended.kind,
        ended.close_date,
        ended.amount_company,
        past.first_known,
        coalesce(past.first_known = known.first_day, false),
        ended.close_date - past.first_known,
        past.first_commit,
        ended.close_date - past.first_commit
    from ended
    inner join past on past.source = ended.source and past.id = ended.id
    left join known on known.source = ended.source
$function$;

comment on function bellwether.deals_ended_since(date) is
    'Deals decided with a close date of a day or later, or without one, with when they were first known and first in commit, as bellwether.commit_record shows them.';
