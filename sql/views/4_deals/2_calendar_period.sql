-- bellwether.calendar_period: the periods of the company's fiscal calendar.
-- Grain:  one row a period: year, quarter, month or week.
-- Reads:  bellwether.reporting_company, fiscal_period, bellwether_store.ruled_period
-- Notes:  by rule what the program's calendar comes to, for years that end from 1980 to 2079; of a loaded calendar the
--         periods of the company's own source, else those of all. Empty for a calendar that is refused (BW530, BW531).

create view bellwether.calendar_period with (security_invoker = true) as
with company as (
    select
        company.source,
        coalesce(company.calendar, 'months') as calendar,
        coalesce(company.week_anchor, '') as week_anchor,
        coalesce(company.extra_week, 'last') as extra_week,
        coalesce(company.fiscal_year_start_month, 1) as start_month,
        coalesce(company.fiscal_year_name, 'end') as year_name
    from (select) as always
    left join bellwether.reporting_company as company on true
)

select
    ruled.period,
    ruled.kind,
    ruled.start_date,
    ruled.end_date
from company
inner join bellwether_store.ruled_period as ruled
    on ruled.calendar = company.calendar
        and ruled.week_anchor = company.week_anchor
        and ruled.extra_week = company.extra_week
        and ruled.start_month = company.start_month
        and ruled.year_name = company.year_name
union
select
    coalesce(bellwether.period_label(loaded.period), loaded.period),
    lower(loaded.kind),
    loaded.start_date,
    loaded.end_date
from company
inner join bellwether.fiscal_period as loaded
    on loaded.source = company.source
        or not exists (
            select
            from bellwether.fiscal_period as own
            where own.source = company.source
                and own.period is not null
                and lower(own.kind) in ('year', 'quarter', 'month', 'week')
                and own.start_date <= own.end_date
        )
where lower(trim(company.calendar)) = 'loaded'
    and loaded.period is not null
    and lower(loaded.kind) in ('year', 'quarter', 'month', 'week')
    and loaded.start_date <= loaded.end_date;

comment on view bellwether.calendar_period is 'One row a period of the company''s fiscal calendar, as of the day read.';
comment on column bellwether.calendar_period.period is 'The label, such as FY2026Q4.';
comment on column bellwether.calendar_period.kind is 'year, quarter, month or week.';
comment on column bellwether.calendar_period.start_date is 'The first day.';
comment on column bellwether.calendar_period.end_date is 'The last day.';
