-- bellwether.success_factor: a success factor agreed with a customer, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.success_factor
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.success_factor with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
    version.account_id,
    version.opportunity_id,
    version.name,
    version.measure,
    version.target,
    version.actual,
    version.established_date,
    version.target_date,
    version.reviewed_date,
    version.is_met,
    version.owner_id,
    version.follow_up_opportunity_id,
    version.extra
from bellwether_store.success_factor as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.success_factor is 'One row a source and id: a success factor agreed with a customer, as of the day read.';
comment on column bellwether.success_factor.unchanged_since is 'The day since which the CRM has said the same.';
