-- bellwether.company_history: every span of days over which the CRM said the same of the company whose numbers these are, one row a source.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.company, bellwether.first_snapshot
-- Notes:  the first known state also answers for the days before the first snapshot, marked assumed_before.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.company_history with (security_invoker = true) as
select
    version.source,
    version.id,
    case when version.valid_from = first_snapshot.day then '-infinity' else version.valid_from end as valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    first_snapshot.day as assumed_before,
    version.name,
    version.currency,
    version.time_zone,
    version.fiscal_year_start_month,
    version.fiscal_year_name,
    version.calendar,
    version.week_anchor,
    version.extra_week,
    version.freeze_business_day,
    version.call_weekday,
    version.extra
from bellwether_store.company as version
inner join bellwether.first_snapshot
    on first_snapshot.source = version.source and first_snapshot.entity = 'company'
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.company_history is
    'One row a span of days over which the CRM said the same of the company whose numbers these are, one row a source, at the load read.';
comment on column bellwether.company_history.assumed_before is
    'The first snapshot''s day: for days before it the first known state is assumed.';
