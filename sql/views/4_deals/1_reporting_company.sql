-- bellwether.reporting_company: the settings by which every answer is read.
-- Grain:  at most one row.
-- Reads:  bellwether.company, minor_unit_places()
-- Notes:  with several sources the one whose name sorts first decides; bellwether.finding lists those that differ.
--         What the words of the calendar mean is for the program to say, which refuses those that it does not know.

create view bellwether.reporting_company with (security_invoker = true) as
select
    company.source,
    company.id,
    company.name,
    upper(company.currency) as currency,
    bellwether.minor_unit_places(upper(company.currency)) as minor_unit_places,
    coalesce(company.time_zone, 'UTC') as time_zone,
    coalesce(company.fiscal_year_start_month, 1) as fiscal_year_start_month,
    coalesce(company.fiscal_year_name, 'end') as fiscal_year_name,
    coalesce(company.calendar, 'months') as calendar,
    company.week_anchor,
    coalesce(company.extra_week, 'last') as extra_week,
    company.freeze_business_day
from bellwether.company
order by company.source, company.id
limit 1;

comment on view bellwether.reporting_company is 'At most one row: the settings by which every answer is read.';
comment on column bellwether.reporting_company.minor_unit_places is
    'The decimal places of that currency''s smallest unit: told here once, not for each amount that is rounded.';
