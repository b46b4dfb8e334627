-- bellwether.forecast_summary: the summaries of forecasts that hold at the load read.
-- Grain:  one row a period, the period after it, and day.
-- Reads:  bellwether_store.forecast_summary, view_set; bellwether.load_reach; as_known(), org_day()
-- Notes:  a summary made at one load holds at another when no load between the two could change what was true on its
--         day. Summaries are of the organisation as it was and at the day's own plan rates: with others there are none.

create view bellwether.forecast_summary with (security_invoker = true) as
select
    summary.number,
    summary.start_date,
    summary.end_date,
    summary.next_start_date,
    summary.next_end_date,
    summary.day,
    summary.load,
    summary.made_at
from bellwether_store.forecast_summary as summary
where (select bellwether.org_day()) is null
    and (select bellwether.rate_day()) = summary.day
    and summary.definition = (select max(view_set.checksum) from bellwether_store.view_set)
    and (
        -- The load that is read most is looked up in no other.
        summary.load = (select bellwether.as_known())
        or not exists (
            select
            from bellwether.load_reach as change
            where change.first_day <= summary.day
                and change.load > least(summary.load, (select bellwether.as_known()))
                and change.load <= greatest(summary.load, (select bellwether.as_known()))
        )
    );

comment on view bellwether.forecast_summary is
    'One row a period and day: a summary of its forecast, which holds at the load read.';
comment on column bellwether.forecast_summary.number is 'The summary''s number.';
comment on column bellwether.forecast_summary.start_date is 'The period''s first day.';
comment on column bellwether.forecast_summary.end_date is 'The day after its last.';
comment on column bellwether.forecast_summary.next_start_date is 'The first day of the period after it.';
comment on column bellwether.forecast_summary.next_end_date is 'The day after that one''s last.';
comment on column bellwether.forecast_summary.day is 'The day of which the forecast speaks.';
comment on column bellwether.forecast_summary.load is 'The load at which the versions were read.';
comment on column bellwether.forecast_summary.made_at is 'When it was made.';
