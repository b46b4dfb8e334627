-- bellwether.account: a customer or prospect, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.account
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.account with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
    version.name,
    version.owner_id,
    version.parent_id,
    version.type,
    version.industry,
    version.segment,
    version.region,
    version.country,
    version.annual_revenue,
    version.employees,
    version.source_channel,
    version.created_date,
    version.territory_id,
    version.extra
from bellwether_store.account as version
where case
    when version.loaded_in > (select bellwether.as_known()) then false
    when version.superseded_in <= (select bellwether.as_known()) then false
    when version.valid_from > (select bellwether.as_of()) then false
    when version.valid_to <= (select bellwether.as_of())
        then coalesce(version.closed_in > (select bellwether.as_known()), false)
    else true
end;

comment on view bellwether.account is 'One row a source and id: a customer or prospect, as of the day read.';
comment on column bellwether.account.unchanged_since is 'The day since which the CRM has said the same.';
