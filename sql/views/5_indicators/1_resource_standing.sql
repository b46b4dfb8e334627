-- bellwether.resource_standing: what became of each request for help with a deal.
-- Grain:  one row a source and id of a request made by the day read.
-- Reads:  bellwether.resource_request, deal_state, plan_rate
-- Units:  hours in hours; cost_company in the company's currency at the plan rate of the day of the request, rounded once.
-- Nulls:  is_granted null = not decided by the day read; meets_criteria null = nobody says; kind null = the request names no
--         deal that is known; cost_company null = no cost is stated, or there is no rate.
-- Notes:  granted are requests with the status granted, approved or done, refused those with refused, rejected or denied;
--         another word is no decision. An exception is a granted request that says so, or that met no criteria.

create view bellwether.resource_standing with (security_invoker = true) as
with decided as (
    select
        request.source,
        request.id,
        request.opportunity_id,
        request.requested_by_id,
        request.resource,
        request.requested_date,
        request.hours,
        request.cost,
        upper(request.currency) as currency,
        request.criteria_met,
        request.is_exception,
        case
            when coalesce(request.decided_date > (select bellwether.as_of()), false) then null
            when lower(request.status) in ('granted', 'approved', 'done') then true
            when lower(request.status) in ('refused', 'rejected', 'denied') then false
        end as is_granted
    from bellwether.resource_request as request
    where coalesce(request.requested_date <= (select bellwether.as_of()), true)
)

select
    decided.source,
    decided.id,
    decided.opportunity_id,
    decided.resource,
    decided.requested_date,
    decided.hours,
    round(
        decided.cost
            * case
                when coalesce(decided.currency, company.currency) is not distinct from company.currency then 1
                else plan_rate.rate
            end,
        coalesce(company.minor_unit_places, 2)) as cost_company,
    decided.criteria_met as meets_criteria,
    decided.is_granted,
    coalesce(
        decided.is_granted and (decided.is_exception or (decided.is_exception is null and not decided.criteria_met)),
        false) as is_exception,
    deal.kind,
    coalesce(deal.owner_id, decided.requested_by_id) as owner_id,
    coalesce(deal.is_owner_unknown, true) as is_owner_unknown,
    deal.owner_team_id
from decided
left join bellwether.reporting_company as company on true
left join bellwether.deal_state as deal
    on deal.source = decided.source and deal.id = decided.opportunity_id
left join bellwether.plan_rate
    on plan_rate.from_currency = decided.currency
        and plan_rate.to_currency = company.currency
        and plan_rate.start_date <= coalesce(decided.requested_date, (select bellwether.as_of()))
        and plan_rate.end_date >= coalesce(decided.requested_date, (select bellwether.as_of()));

comment on view bellwether.resource_standing is
    'One row a request for help made by the day read: whether it met the criteria, was granted, was an exception, and how the deal stands.';
comment on column bellwether.resource_standing.resource is 'What was asked for: demonstration, proof of concept, expert …';
comment on column bellwether.resource_standing.requested_date is 'The day of the request.';
comment on column bellwether.resource_standing.hours is 'The hours of work.';
comment on column bellwether.resource_standing.cost_company is 'What it costs, in the company''s currency at the plan rate.';
comment on column bellwether.resource_standing.meets_criteria is 'Whether the deal met the criteria for it.';
comment on column bellwether.resource_standing.is_granted is 'Whether it was granted; null while nobody has decided.';
comment on column bellwether.resource_standing.is_exception is 'Whether it was granted although it met no criteria.';
comment on column bellwether.resource_standing.kind is 'open, won, lost or no_decision: how the deal stands.';
comment on column bellwether.resource_standing.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.resource_standing.owner_team_id is 'The team of the deal''s owner.';
