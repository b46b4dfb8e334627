-- bellwether.booking_amount: an order in finance's books in the company's currency, as of the day read.
-- Grain:  one row a booking.
-- Reads:  bellwether.booking, opportunity, account, reporting_company, source_currency, plan_rate
-- Units:  amount in `currency`; amount_company in the company's currency, rounded once to its smallest unit, half away
--         from zero, at the plan rate of the deal's close date, else of the day it was booked: the rate at which the deal
--         itself converts, so that no difference between the two is exchange.
-- Nulls:  amount_company null = no amount or no plan rate.

create view bellwether.booking_amount with (security_invoker = true) as
select
    booking.source,
    booking.id,
    booking.opportunity_id,
    deal.id is not null as is_deal_known,
    booking.order_id,
    booking.account_id,
    account.name as account_name,
    booking.kind,
    booking.booked_date,
    booking.amount,
    entered.currency,
    entered.rate_date,
    round(
        booking.amount
            * case when entered.currency is not distinct from company.currency then 1 else plan_rate.rate end,
        coalesce(company.minor_unit_places, 2)) as amount_company,
    booking.amount is not null
    and entered.currency is distinct from company.currency
    and plan_rate.rate is null as is_rate_missing
from bellwether.booking
left join bellwether.opportunity as deal
    on deal.source = booking.source and deal.id = booking.opportunity_id
left join bellwether.account
    on account.source = booking.source and account.id = booking.account_id
left join bellwether.reporting_company as company on true
left join bellwether.source_currency as own on own.source = booking.source
cross join lateral (
    select
        coalesce(upper(booking.currency), own.currency, company.currency) as currency,
        coalesce(
            case when deal.id is null then booking.booked_date else deal.close_date end,
            (select bellwether.as_of())) as rate_date
) as entered
left join bellwether.plan_rate
    on plan_rate.from_currency = entered.currency
        and plan_rate.to_currency = company.currency
        and plan_rate.start_date <= entered.rate_date
        and plan_rate.end_date >= entered.rate_date;

comment on view bellwether.booking_amount is
    'One row a booking: an order in finance''s books in the company''s currency, as of the day read.';
comment on column bellwether.booking_amount.is_deal_known is 'Whether the deal that it names is there.';
comment on column bellwether.booking_amount.account_name is 'The account''s name; null when the account is not among the accounts.';
comment on column bellwether.booking_amount.currency is
    'ISO 4217 code of its currency: its own, else that of its source''s company, else the reporting company''s.';
comment on column bellwether.booking_amount.rate_date is
    'The day whose plan rate counts: the deal''s close date, without a deal the day it was booked.';
comment on column bellwether.booking_amount.amount_company is
    'The amount in the company''s currency at that plan rate, rounded to its smallest unit; null without amount or rate.';
comment on column bellwether.booking_amount.is_rate_missing is 'Whether it has an amount in a currency without a plan rate on that day.';
