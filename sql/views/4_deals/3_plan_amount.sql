-- bellwether.plan_amount: a planned amount in the company's currency, as of the day read.
-- Grain:  one row a plan line.
-- Reads:  bellwether.plan_line, reporting_company, source_currency, plan_rate
-- Units:  amount in `currency`, amount_company in the company's currency at the plan rate of the day read.
-- Notes:  a line counts in no plan where one of the is_… columns is true or amount_company is null. Which of several
--         lines for a node and period count is for the program to say. amount_company is null without an amount or rate.

create view bellwether.plan_amount with (security_invoker = true) as
select
    plan_line.source,
    plan_line.id,
    plan_line.kind,
    plan_line.node_kind,
    plan_line.node_id,
    plan_line.period,
    plan_line.start_date,
    plan_line.end_date,
    nullif(plan_line.business_line, '') as business_line,
    coalesce(lower(nullif(plan_line.measure, '')), 'bookings') as measure,
    plan_line.confidence,
    plan_line.amount,
    entered.currency,
    round(
        plan_line.amount
            * case when entered.currency is not distinct from company.currency then 1 else plan_rate.rate end,
        coalesce(company.minor_unit_places, 2)) as amount_company,
    coalesce(plan_line.kind, '') not in ('quota', 'budget', 'target', 'guidance') as is_kind_unknown,
    coalesce(plan_line.node_kind, '') not in ('company', 'team', 'person') as is_node_kind_unknown,
    plan_line.amount is not null
    and entered.currency is distinct from company.currency
    and plan_rate.rate is null as is_rate_missing,
    coalesce(plan_line.kind = 'quota' and plan_line.amount < 0, false) as is_negative_quota
from bellwether.plan_line
left join bellwether.reporting_company as company on true
left join bellwether.source_currency as own on own.source = plan_line.source
cross join lateral (
    select coalesce(upper(plan_line.currency), own.currency, company.currency) as currency
) as entered
left join bellwether.plan_rate
    on plan_rate.from_currency = entered.currency
        and plan_rate.to_currency = company.currency
        and plan_rate.start_date <= (select bellwether.as_of())
        and plan_rate.end_date >= (select bellwether.as_of());

comment on view bellwether.plan_amount is
    'One row a plan line: a quota, budget, target or guidance in the company''s currency, as of the day read.';
comment on column bellwether.plan_amount.kind is 'quota, budget, target or guidance; any other word counts in no plan.';
comment on column bellwether.plan_amount.node_kind is 'Whose it is: company, team or person.';
comment on column bellwether.plan_amount.start_date is 'The first day of the planned period; null leaves it to `period`.';
comment on column bellwether.plan_amount.end_date is 'The last day of the planned period; null leaves it to `period`.';
comment on column bellwether.plan_amount.amount is 'The planned amount as entered.';
comment on column bellwether.plan_amount.period is 'The period as the file writes it: a label, or the id of a fiscal period.';
comment on column bellwether.plan_amount.measure is 'What is planned, in small letters: bookings unless the file says otherwise.';
comment on column bellwether.plan_amount.currency is
    'ISO 4217 code of its currency: its own, else that of its source''s company, else the reporting company''s.';
comment on column bellwether.plan_amount.amount_company is
    'The amount in the company''s currency at the plan rate, rounded to its smallest unit; null without amount or rate.';
comment on column bellwether.plan_amount.is_kind_unknown is 'True when it is none of quota, budget, target and guidance.';
comment on column bellwether.plan_amount.is_node_kind_unknown is 'True when it is for none of company, team and person.';
comment on column bellwether.plan_amount.is_rate_missing is 'True when its currency has no plan rate on the day read.';
comment on column bellwether.plan_amount.is_negative_quota is 'True for a quota below zero, which nobody can be asked for.';
