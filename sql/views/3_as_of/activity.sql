-- bellwether.activity: something done or planned with a customer, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.activity
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.activity with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
    version.kind,
    version.type,
    version.subject,
    version.opportunity_id,
    version.account_id,
    version.contact_id,
    version.lead_id,
    version.owner_id,
    version.activity_date,
    version.started_at,
    version.ended_at,
    version.duration_seconds,
    version.logged_at,
    version.done_at,
    version.status,
    version.is_done,
    version.is_held,
    version.direction,
    version.outcome,
    version.extra
from bellwether_store.activity as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.activity is 'One row a source and id: something done or planned with a customer, as of the day read.';
comment on column bellwether.activity.unchanged_since is 'The day since which the CRM has said the same.';
