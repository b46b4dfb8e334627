-- bellwether.deal_change: everything that changed of a deal, night by night.
-- Grain:  one row a source, id, day and changed field; one with a null field where the deal appears, vanishes or returns.
-- Reads:  bellwether.opportunity_history, live_snapshot, first_snapshot, crm_history, expected_days_between
-- Units:  values as the canonical text of their column: 1250.5, 2026-03-31, t and f; amounts in the deal's own currency.
-- Nulls:  old_value, new_value null = nothing; seen_before null = nothing is known of before.
-- Notes:  a change lies after seen_before and on day at the latest. A deal that returns tells by rows of `changed` how it
--         differs from what it was when it vanished. What appears on the first day known (is_first_day) was there before,
--         nobody knows since when. Changes of columns without a column of their own are named extra.NAME.

create view bellwether.deal_change with (security_invoker = true) as
with pair as (
    select
        history.source,
        history.id,
        history.valid_from as day,
        lag(history.valid_to) over deal as before_to,
        lead(history.valid_from) over deal as next_from,
        history as now,
        lag(history) over deal as before
    from bellwether.opportunity_history as history
    window deal as (partition by history.source, history.id order by history.valid_from)
),

-- The days of which a source's deals are known, each with the one before it.
known_day as (
    select
        live.source,
        live.day,
        live.content_load,
        lag(live.day) over source as day_before,
        lag(live.expected) over source as expected_before
    from bellwether.live_snapshot as live
    where live.entity = 'opportunity'
    window source as (partition by live.source order by live.day)
),

seen as (
    select
        known_day.source,
        known_day.day,
        known_day.content_load,
        known_day.day_before,
        exists (
            select
            from bellwether.expected_days_between(
                known_day.expected_before, known_day.day_before, known_day.day)
        ) as is_after_gap
    from known_day
),

past as (
    select
        crm_history.source,
        crm_history.first_day,
        crm_history.until_day,
        crm_history.assumed_fields,
        told.content_load
    from bellwether.crm_history
    left join bellwether.live_snapshot as told
        on told.source = crm_history.source and told.entity = 'field_change' and told.day = crm_history.told_day
    where crm_history.entity = 'opportunity' and crm_history.first_day is not null
)

select
    pair.source,
    pair.id,
    change.day,
    change.change,
    change.field,
    change.old_value,
    change.new_value,
    case
        when is_first.is_first_day then null
        else coalesce(seen.day_before, change.day - 1)
    end as seen_before,
    is_first.is_first_day,
    seen.day is null as is_from_crm_history,
    coalesce(change.field = any(past.assumed_fields) and change.day <= past.until_day, false) as is_assumed,
    coalesce(seen.is_after_gap, false) as is_after_gap,
    case when seen.day is null then past.content_load else seen.content_load end as load
from pair
cross join lateral (
    select pair.day, 'appeared' as change, null as field, null as old_value, null as new_value
    where pair.before_to is null
    union all
    select pair.day, 'returned', null, null, null
    where pair.before_to < pair.day
    union all
    select (now).valid_to, 'vanished', null, null, null
    where (now).valid_to < coalesce(pair.next_from, 'infinity')
    union all
    select pair.day, 'changed', field.name, field.old_value, field.new_value
    from (
        values
            ('name', (before).name, (now).name),
            ('account_id', (before).account_id, (now).account_id),
            ('owner_id', (before).owner_id, (now).owner_id),
            ('product_id', (before).product_id, (now).product_id),
            ('stage_id', (before).stage_id, (now).stage_id),
            ('forecast_category', (before).forecast_category, (now).forecast_category),
            ('amount', trim_scale((before).amount)::text, trim_scale((now).amount)::text),
            ('currency', (before).currency, (now).currency),
            ('close_date', (before).close_date::text, (now).close_date::text),
            ('created_date', (before).created_date::text, (now).created_date::text),
            ('type', (before).type, (now).type),
            ('lead_source', (before).lead_source, (now).lead_source),
            ('next_step', (before).next_step, (now).next_step),
            ('loss_reason', (before).loss_reason, (now).loss_reason),
            ('is_closed', left((before).is_closed::text, 1), left((now).is_closed::text, 1)),
            ('is_won', left((before).is_won::text, 1), left((now).is_won::text, 1)),
            ('probability', trim_scale((before).probability)::text, trim_scale((now).probability)::text),
            ('annual_amount', trim_scale((before).annual_amount)::text, trim_scale((now).annual_amount)::text),
            ('next_step_date', (before).next_step_date::text, (now).next_step_date::text)
    ) as field (name, old_value, new_value)
    where pair.before_to is not null and field.old_value is distinct from field.new_value
    union all
    select pair.day, 'changed', 'extra.' || extra.key, (before).extra ->> extra.key, (now).extra ->> extra.key
    from jsonb_object_keys(
        coalesce((before).extra, '{}'::jsonb) || coalesce((now).extra, '{}'::jsonb)) as extra (key)
    where pair.before_to is not null and (before).extra -> extra.key is distinct from (now).extra -> extra.key
) as change
left join seen on seen.source = pair.source and seen.day = change.day
left join past on past.source = pair.source
left join bellwether.first_snapshot
    on first_snapshot.source = pair.source and first_snapshot.entity = 'opportunity'
cross join lateral (
    select coalesce(change.day = least(first_snapshot.day, past.first_day), false) as is_first_day
) as is_first
where change.day <= (select bellwether.as_of());

comment on view bellwether.deal_change is
    'One row a deal, night and changed field: what it was and what it became, and by which load that is known, up to the day read.';
comment on column bellwether.deal_change.day is 'The first day on which the CRM said so.';
comment on column bellwether.deal_change.change is 'appeared, changed, vanished (no longer in the export) or returned.';
comment on column bellwether.deal_change.field is 'The column of bellwether.opportunity that changed; extra.NAME for one without a column of its own; null where the whole deal appears, vanishes or returns.';
comment on column bellwether.deal_change.old_value is 'What it was before; null for nothing.';
comment on column bellwether.deal_change.new_value is 'What it is from then on; null for nothing.';
comment on column bellwether.deal_change.seen_before is 'The day on which the deals were last looked at before: the change lies after it. Null on the first day known.';
comment on column bellwether.deal_change.is_first_day is 'Whether nothing is known of the deals before this day.';
comment on column bellwether.deal_change.is_from_crm_history is 'Whether the CRM''s own history tells it, and no snapshot.';
comment on column bellwether.deal_change.is_assumed is 'Whether the CRM''s history does not tell of the field, so that what it was before the first snapshot is assumed.';
comment on column bellwether.deal_change.is_after_gap is 'Whether a snapshot that was due lies between and is missing: the change may be some days older.';
comment on column bellwether.deal_change.load is 'The load that brought the snapshot, or the history export, that says so.';
