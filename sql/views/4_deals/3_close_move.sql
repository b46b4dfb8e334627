-- bellwether.close_move: every move of a deal's close date.
-- Grain:  one row a source, id and day on which the close date became another; a deal that comes back with another one counts
--         as moved on the day of its return.
-- Reads:  bellwether.deal_past, calendar_period
-- Units:  days in calendar days: above zero it moved later.
-- Nulls:  from_date, to_date null = undated, and days with them; from_period, to_period null = undated, or a date outside of
--         the calendar.
-- Notes:  only an open deal that stays open is pushed or pulled: a date that is set by winning, losing or reopening a deal is
--         no forecast of one. Undated counts as later than any date. Periods are quarters, in a loaded calendar without
--         quarters the longest that are not years.

create view bellwether.close_move with (security_invoker = true) as
with period as (
    select calendar_period.period, calendar_period.start_date, calendar_period.end_date
    from bellwether.calendar_period
    where calendar_period.kind = (
        select min(usual.kind) filter (where usual.place = usual.first_place)
        from (
            select
                kind.kind,
                kind.place,
                min(kind.place) over () as first_place
            from (values ('quarter', 1), ('month', 2), ('week', 3), ('year', 4)) as kind (kind, place)
            where kind.kind in (select known.kind from bellwether.calendar_period as known)
        ) as usual
    )
),

-- Each day with its period, so that moves find theirs by equality and not by looking through all.
period_day as materialized (
    select period.period, period.end_date, period.start_date + step.days as day
    from period
    cross join lateral generate_series(0, period.end_date - period.start_date) as step (days)
),

moved as (
    select
        past.source,
        past.id,
        past.valid_from as day,
        lag(past.close_date) over deal as from_date,
        past.close_date as to_date,
        lag(past.kind) over deal as kind_before,
        past.kind
    from bellwether.deal_past as past
    window deal as (partition by past.source, past.id order by past.valid_from)
)

select
    moved.source,
    moved.id,
    moved.day,
    moved.from_date,
    moved.to_date,
    moved.to_date - moved.from_date as days,
    moved.kind_before,
    moved.kind,
    judged.is_open and later.is_later as is_push,
    judged.is_open and not later.is_later as is_pull,
    from_period.period as from_period,
    to_period.period as to_period,
    judged.is_open
    and later.is_later
    and from_period.period is not null
    and (moved.to_date is null or moved.to_date > from_period.end_date) as is_period_push,
    judged.is_open
    and not later.is_later
    and to_period.period is not null
    and (moved.from_date is null or moved.from_date > to_period.end_date) as is_period_pull
from moved
left join period_day as from_period on from_period.day = moved.from_date
left join period_day as to_period on to_period.day = moved.to_date
cross join lateral (select moved.kind_before = 'open' and moved.kind = 'open' as is_open) as judged
cross join lateral (
    select coalesce(moved.to_date, 'infinity') > coalesce(moved.from_date, 'infinity') as is_later
) as later
where moved.kind_before is not null and moved.to_date is distinct from moved.from_date;

comment on view bellwether.close_move is
    'One row a move of a deal''s close date, up to the day read: from, to, how many days, and which periods it left and entered.';
comment on column bellwether.close_move.day is 'The first day on which the CRM said so.';
comment on column bellwether.close_move.from_date is 'The close date before; null for none.';
comment on column bellwether.close_move.to_date is 'The close date from then on; null for none.';
comment on column bellwether.close_move.days is 'How many days later it is; below zero earlier.';
comment on column bellwether.close_move.kind_before is 'open, won, lost or no_decision: what the deal was before.';
comment on column bellwether.close_move.kind is 'What it is from then on.';
comment on column bellwether.close_move.is_push is 'Whether an open deal was moved later, or lost its date.';
comment on column bellwether.close_move.is_pull is 'Whether an open deal was moved earlier, or got a date.';
comment on column bellwether.close_move.from_period is 'The period of the close date before, such as FY2026Q4.';
comment on column bellwether.close_move.to_period is 'The period of the close date from then on.';
comment on column bellwether.close_move.is_period_push is 'Whether the push left its period for a later one.';
comment on column bellwether.close_move.is_period_pull is 'Whether the pull came from a later period.';
