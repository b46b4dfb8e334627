-- bellwether.forecast: what `bellwether forecast` sums, for whoever sums in SQL.
-- Grain:  one row a period, person credited, team, category and outcome of the day of closing (is_undated).
-- Reads:  bellwether.deal_credit, calendar_period
-- Units:  amounts in the company's currency at plan rates; deals a count.
-- Nulls:  period null = deals without a close date (is_undated), or closing outside the calendar; person_id null = no
--         owner; team_id null = no team; amount null = no deal of the row has an amount.
-- Notes:  open and won deals only. Periods overlap, a month lies in its quarter and year: name one, or one period_kind.
--         deals counts each person's: add up main_deals over people, which counts each deal once.

create view bellwether.forecast with (security_invoker = true) as
with day as (
    select
        calendar_period.period,
        calendar_period.kind,
        calendar_period.start_date,
        calendar_period.end_date,
        calendar_period.start_date + place.number as day
    from bellwether.calendar_period
    cross join lateral generate_series(0, calendar_period.end_date - calendar_period.start_date) as place (number)
),

credit as (
    select
        deal_credit.source,
        deal_credit.person_id,
        deal_credit.is_person_unknown,
        max(deal_credit.person_name) as person_name,
        deal_credit.team_id,
        deal_credit.category,
        deal_credit.close_date,
        deal_credit.is_past_due,
        count(*) as deals,
        count(*) filter (where deal_credit.is_main_part) as main_deals,
        sum(deal_credit.amount_company) as amount
    from bellwether.deal_credit
    where deal_credit.kind in ('open', 'won')
    group by
        deal_credit.source,
        deal_credit.person_id,
        deal_credit.is_person_unknown,
        deal_credit.team_id,
        deal_credit.category,
        deal_credit.close_date,
        deal_credit.is_past_due
)

select
    day.period,
    day.kind as period_kind,
    day.start_date,
    day.end_date,
    credit.source,
    credit.person_id,
    max(credit.person_name) as person_name,
    credit.is_person_unknown,
    credit.team_id,
    credit.category,
    credit.close_date is null as is_undated,
    sum(credit.deals)::bigint as deals,
    sum(credit.main_deals)::bigint as main_deals,
    sum(credit.amount) as amount,
    coalesce(sum(credit.deals) filter (where credit.is_past_due), 0)::bigint as past_due_deals,
    coalesce(sum(credit.main_deals) filter (where credit.is_past_due), 0)::bigint as past_due_main_deals,
    sum(credit.amount) filter (where credit.is_past_due) as past_due_amount
from credit
left join day on day.day = credit.close_date
group by
    day.period,
    day.kind,
    day.start_date,
    day.end_date,
    credit.source,
    credit.person_id,
    credit.is_person_unknown,
    credit.team_id,
    credit.category,
    credit.close_date is null;

comment on view bellwether.forecast is
    'One row a period, person credited, team and category: what bellwether forecast sums, of open and won deals.';
comment on column bellwether.forecast.period is 'The label, such as FY2026Q4; null for deals without a close date or closing outside the calendar.';
comment on column bellwether.forecast.period_kind is 'year, quarter, month or week: periods of different kinds overlap.';
comment on column bellwether.forecast.start_date is 'The first day of the period.';
comment on column bellwether.forecast.end_date is 'The last day of the period.';
comment on column bellwether.forecast.person_id is 'The id of the person credited; null for deals without an owner.';
comment on column bellwether.forecast.person_name is 'The person''s name, else id; null when not among the people on the day that counts.';
comment on column bellwether.forecast.is_person_unknown is 'Whether there is no such person among the people on the day that counts.';
comment on column bellwether.forecast.team_id is 'The team for which the deals count: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.forecast.category is 'closed, commit, best_case (upside), pipeline, omitted or unmapped.';
comment on column bellwether.forecast.is_undated is 'Whether the deals have no close date: open ones are in no period, won ones in no sum of any.';
comment on column bellwether.forecast.deals is 'The number of deals of which the person has a part.';
comment on column bellwether.forecast.main_deals is 'The number of deals whose main part it is: added up over people, each deal counts once.';
comment on column bellwether.forecast.amount is 'The sum of the parts; null when none has an amount.';
comment on column bellwether.forecast.past_due_deals is 'Of deals, the open ones whose close date has passed.';
comment on column bellwether.forecast.past_due_main_deals is 'Of main_deals, the open ones whose close date has passed.';
comment on column bellwether.forecast.past_due_amount is 'Of amount, that of open deals whose close date has passed; null when there are none.';
