-- bellwether.pipeline_entry: the day on which each deal became part of the pipeline, and what it was on that day.
-- Grain:  one row a source and id of a deal that was ever in a qualified stage, or won, up to the day read.
-- Reads:  bellwether.opportunity_history, qualified_stage, first_snapshot, crm_history, person_history,
--         reporting_company, source_currency, plan_rate; deal_kind()
-- Units:  amount_company in the company's currency at the plan rate of the close date that it had, rounded once.
-- Nulls:  owner_id null = no owner; team_id null = no team; close_date null = undated; amount_company null = no amount then,
--         or no plan rate.
-- Notes:  a deal enters once, with its first version in a qualified stage. One that was there on the first day known entered
--         nobody knows when: the day of its creation counts, marked as assumed, and without one it is not here. What was
--         lost by that first day is taken to have been in the pipeline: left out, all that is known would have survived.
--         Whether a stage is qualified is as of the day read.

create view bellwether.pipeline_entry with (security_invoker = true) as
with known as (
    select
        first_snapshot.source,
        least(first_snapshot.day, crm_history.first_day) as first_day
    from bellwether.first_snapshot
    left join bellwether.crm_history
        on crm_history.source = first_snapshot.source and crm_history.entity = 'opportunity'
    where first_snapshot.entity = 'opportunity'
),

-- Found by one pass over the versions and not by looking for earlier ones of each, which took three times as long.
first_day as (
    select history.source, history.id, min(history.valid_from) as day
    from bellwether.opportunity_history as history
    inner join known on known.source = history.source
    left join bellwether.qualified_stage as stage
        on stage.source = history.source and stage.id = history.stage_id
    where history.valid_from <= (select bellwether.as_of())
        and case bellwether.deal_kind(history.is_closed, history.is_won, stage.kind)
            when 'won' then true
            when 'open' then coalesce(stage.is_qualified, false)
            else history.valid_from <= known.first_day
        end
    group by history.source, history.id
),

entry as (
    select
        history.source,
        history.id,
        history.name,
        case
            when first_day.day <= known.first_day then least(history.created_date, first_day.day)
            else first_day.day
        end as entered,
        first_day.day <= known.first_day as is_entry_assumed,
        history.owner_id,
        history.type,
        history.lead_source,
        history.stage_id,
        history.close_date,
        history.amount,
        coalesce(upper(history.currency), own.currency, company.currency) as currency,
        company.currency as company_currency,
        coalesce(company.minor_unit_places, 2) as places
    from first_day
    inner join known on known.source = first_day.source
    inner join bellwether.opportunity_history as history
        on history.source = first_day.source and history.id = first_day.id and history.valid_from = first_day.day
    left join bellwether.reporting_company as company on true
    left join bellwether.source_currency as own on own.source = history.source
    where first_day.day > known.first_day or history.created_date is not null
)

select
    entry.source,
    entry.id,
    entry.name,
    entry.entered,
    entry.is_entry_assumed,
    entry.owner_id,
    coalesce(owner.name, owner.id) as owner_name,
    owner.id is null as is_owner_unknown,
    owner.team_id,
    entry.type,
    entry.lead_source,
    entry.stage_id,
    entry.close_date,
    round(
        entry.amount
            * case when entry.currency is not distinct from entry.company_currency then 1 else plan_rate.rate end,
        entry.places) as amount_company
from entry
left join bellwether.person_history as owner
    on owner.source = entry.source
        and owner.id = entry.owner_id
        and owner.valid_from <= coalesce((select bellwether.org_day()), entry.entered)
        and owner.valid_to > coalesce((select bellwether.org_day()), entry.entered)
left join bellwether.plan_rate
    on plan_rate.from_currency = entry.currency
        and plan_rate.to_currency = entry.company_currency
        and plan_rate.start_date <= coalesce(entry.close_date, entry.entered)
        and plan_rate.end_date >= coalesce(entry.close_date, entry.entered);

comment on view bellwether.pipeline_entry is
    'One row a deal that ever was in the pipeline, up to the day read: when it entered, whose it was then and for how much.';
comment on column bellwether.pipeline_entry.name is 'The deal''s name on that day.';
comment on column bellwether.pipeline_entry.entered is 'The first day in a qualified stage.';
comment on column bellwether.pipeline_entry.is_entry_assumed is 'Whether it was there on the first day known, so that the day of its creation stands for the entry.';
comment on column bellwether.pipeline_entry.owner_id is 'The id of the owner on that day.';
comment on column bellwether.pipeline_entry.owner_name is 'The owner''s name, else id; null when not among the people.';
comment on column bellwether.pipeline_entry.is_owner_unknown is 'Whether it names no owner, or one who is not among the people.';
comment on column bellwether.pipeline_entry.team_id is 'The owner''s team on that day.';
comment on column bellwether.pipeline_entry.type is 'The kind of business in the CRM''s words, on that day.';
comment on column bellwether.pipeline_entry.lead_source is 'Where it came from, in the CRM''s words, on that day.';
comment on column bellwether.pipeline_entry.stage_id is 'The stage in which it entered.';
comment on column bellwether.pipeline_entry.close_date is 'The day on which it was to close, on that day.';
comment on column bellwether.pipeline_entry.amount_company is 'Its amount on that day, in the company''s currency; null without amount or rate.';
