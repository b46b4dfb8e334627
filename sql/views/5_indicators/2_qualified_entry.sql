-- bellwether.qualified_entry: when each deal first reached a qualified stage, and what it was worth then.
-- Grain:  one row a source and id of a deal that ever was in a qualified stage, up to the day read.
-- Reads:  bellwether.opportunity_history, process_stage, first_snapshot, crm_history, reporting_company, source_currency,
--         plan_rate
-- Units:  amount in `currency`; amount_company in the company's currency at the plan rate of the close date of then.
-- Nulls:  amount null = not entered then; amount_company null = that, or no plan rate.
-- Notes:  won and lost deals are compared by amount at this one point: what a won deal closed at and what a lost one was
--         left at are no two sides of a rate.

create view bellwether.qualified_entry with (security_invoker = true) as
with entry as (
    select distinct on (history.source, history.id)
        history.source,
        history.id,
        history.valid_from as day,
        history.amount,
        history.currency,
        history.close_date
    from bellwether.opportunity_history as history
    inner join bellwether.process_stage as stage
        on stage.source = history.source and stage.id = history.stage_id and stage.is_qualified
    where history.valid_from <= (select bellwether.as_of())
    order by history.source, history.id, history.valid_from
),

priced as (
    select
        entry.source,
        entry.id,
        entry.day,
        entry.amount,
        entry.close_date,
        coalesce(upper(entry.currency), own.currency, company.currency) as currency,
        company.currency as company_currency,
        coalesce(company.minor_unit_places, 2) as company_places
    from entry
    left join bellwether.reporting_company as company on true
    left join bellwether.source_currency as own on own.source = entry.source
)

select
    priced.source,
    priced.id,
    priced.day,
    coalesce(priced.day = least(first_snapshot.day, crm_history.first_day), false) as is_day_unknown,
    priced.amount,
    priced.currency,
    round(
        priced.amount
            * case
                when priced.currency is not distinct from priced.company_currency then 1
                else plan_rate.rate
            end,
        priced.company_places) as amount_company
from priced
left join bellwether.plan_rate
    on plan_rate.from_currency = priced.currency
        and plan_rate.to_currency = priced.company_currency
        and plan_rate.start_date <= coalesce(priced.close_date, priced.day)
        and plan_rate.end_date >= coalesce(priced.close_date, priced.day)
left join bellwether.first_snapshot
    on first_snapshot.source = priced.source and first_snapshot.entity = 'opportunity'
left join bellwether.crm_history
    on crm_history.source = priced.source and crm_history.entity = 'opportunity';

comment on view bellwether.qualified_entry is
    'One row a deal that ever was in a qualified stage, up to the day read: when it came there, and its amount then.';
comment on column bellwether.qualified_entry.day is 'The first day in a qualified stage.';
comment on column bellwether.qualified_entry.is_day_unknown is 'Whether that is the first day known: it may have been there before.';
comment on column bellwether.qualified_entry.amount_company is 'The amount of that day in the company''s currency at the plan rate, rounded once.';
