-- bellwether.crm_forecast: what the CRM's own forecast adds up for a node, period and category, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.crm_forecast
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.crm_forecast with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
    version.node_kind,
    version.node_id,
    version.period,
    version.category,
    version.basis,
    version.business_line,
    version.measure,
    version.calculated_amount,
    version.own_amount,
    version.submitted_amount,
    version.amount,
    version.currency,
    version.is_submitted,
    version.is_overridden,
    version.updated_at,
    version.extra
from bellwether_store.crm_forecast as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.crm_forecast is 'One row a source and id: what the CRM''s own forecast adds up for a node, period and category, as of the day read.';
comment on column bellwether.crm_forecast.unchanged_since is 'The day since which the CRM has said the same.';
