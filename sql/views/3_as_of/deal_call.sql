-- bellwether.deal_call: what a person commits to for one deal, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.deal_call
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.deal_call with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
    version.opportunity_id,
    version.level,
    version.kind,
    version.amount,
    version.currency,
    version.close_date,
    version.submitted_at,
    version.submitted_by_id,
    version.reason,
    version.opportunity_source,
    version.submitted_by_source,
    version.extra
from bellwether_store.deal_call as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.deal_call is 'One row a source and id: what a person commits to for one deal, as of the day read.';
comment on column bellwether.deal_call.unchanged_since is 'The day since which the CRM has said the same.';
