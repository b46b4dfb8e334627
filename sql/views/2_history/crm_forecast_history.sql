-- bellwether.crm_forecast_history: every span of days over which the CRM said the same of what the CRM's own forecast adds up for a node, period and category.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.crm_forecast
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.crm_forecast_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
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
        else true
    end;

comment on view bellwether.crm_forecast_history is
    'One row a span of days over which the CRM said the same of what the CRM''s own forecast adds up for a node, period and category, at the load read.';
