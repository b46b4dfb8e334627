-- bellwether.period_summary: the summaries of past periods that hold at the load read.
-- Grain:  one row a period, day and landing day.
-- Reads:  bellwether_store.period_summary, view_set, snapshot, history_derivation; as_known(), org_day()
-- Notes:  a summary made at one load holds at another when no load between the two could change what was true up to its
--         landing day: none brought or took back a snapshot of an earlier day, or the first of an entity, whose state
--         answers for the days before it; and none made the past of a CRM's own history anew.
--         Summaries are of the organisation as it was. With another there are none: the program computes then.

create view bellwether.period_summary with (security_invoker = true) as
with change as (
    select
        touched.load,
        case
            when not exists (
                select
                from bellwether_store.snapshot as earlier
                where earlier.source = touched.source
                    and earlier.entity = touched.entity
                    and earlier.day < touched.day
                    and earlier.load < touched.load
                    and (earlier.undone_in is null or earlier.undone_in >= touched.load)
            ) then '-infinity'
            else touched.day
        end as first_day
    from (
        select snapshot.source, snapshot.entity, snapshot.day, snapshot.load
        from bellwether_store.snapshot
        union all
        select snapshot.source, snapshot.entity, snapshot.day, snapshot.undone_in
        from bellwether_store.snapshot
        where snapshot.undone_in is not null
    ) as touched
    where touched.entity in (
        'company', 'exchange_rate', 'opportunity', 'opportunity_split', 'person', 'stage', 'team')
    union all
    select derivation.load, '-infinity'
    from bellwether_store.history_derivation as derivation
)

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
        from change
        where change.first_day <= summary.landed_day
            and change.load > least(summary.load, (select bellwether.as_known()))
            and change.load <= greatest(summary.load, (select bellwether.as_known()))
    )
order by summary.start_date, summary.end_date, summary.day, summary.landed_day, summary.number desc;

comment on view bellwether.period_summary is
    'One row a period, day and landing day: a summary of how the period stood, which holds at the load read.';
comment on column bellwether.period_summary.number is 'The summary''s number, by which bellwether.period_standing names it.';
