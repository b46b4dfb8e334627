-- bellwether.call: a submitted forecast number, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.call
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.call with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
    version.node_kind,
    version.node_id,
    version.period,
    version.category,
    version.kind,
    version.basis,
    version.business_line,
    version.measure,
    version.amount,
    version.currency,
    version.calculated_amount,
    version.submitted_at,
    version.submitted_by_id,
    version.withdrawn_at,
    version.note,
    version.node_source,
    version.submitted_by_source,
    version.extra
from bellwether_store.call as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.call is 'One row a source and id: a submitted forecast number, as of the day read.';
comment on column bellwether.call.unchanged_since is 'The day since which the CRM has said the same.';
