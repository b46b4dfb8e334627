-- bellwether.period_summary: the summaries of past periods that hold at the load read.
-- Grain:  one row a period, day and landing day.
-- Reads:  bellwether_store.period_summary, view_set; bellwether.load_reach; as_known(), org_day()
-- Notes:  a summary made at one load holds at another when no load between the two could change what was true up to its
--         landing day: none brought or took back a snapshot of an earlier day, or the first of an entity, whose state
--         answers for the days before it; and none made the past of a CRM's own history anew.
--         Summaries are of the organisation as it was. With another there are none: the program computes then.

create view bellwether.period_summary with (security_invoker = true) as
select distinct on (summary.start_date, summary.end_date, summary.day, summary.landed_day)
    summary.number,
    summary.period,
    summary.start_date,
    summary.end_date,
    summary.day,
    summary.landed_day,
    summary.load,
    summary.made_at
from bellwether_store.period_summary as summary
where (select bellwether.org_day()) is null
    and summary.definition = (select max(view_set.checksum) from bellwether_store.view_set)
    and not exists (
        select
        from bellwether.load_reach as change
        where change.first_day <= summary.landed_day
            and change.load > least(summary.load, (select bellwether.as_known()))
            and change.load <= greatest(summary.load, (select bellwether.as_known()))
    )
order by summary.start_date, summary.end_date, summary.day, summary.landed_day, summary.number desc;

comment on view bellwether.period_summary is
    'One row a period, day and landing day: a summary of how the period stood, which holds at the load read.';
comment on column bellwether.period_summary.number is 'The summary''s number, by which bellwether.period_standing names it.';
