-- bellwether.opportunity_history: every span of days over which the CRM said the same of a deal that is, was or might be sold.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.opportunity

create view bellwether.opportunity_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.name,
    version.account_id,
    version.owner_id,
    version.product_id,
    version.stage_id,
    version.forecast_category,
    version.amount,
    version.currency,
    version.close_date,
    version.created_date,
    version.type,
    version.lead_source,
    version.next_step,
    version.loss_reason,
    version.is_closed,
    version.is_won,
    version.probability,
    version.annual_amount,
    version.next_step_date,
    version.extra
from bellwether_store.opportunity as version
where case
    when version.loaded_in > (select bellwether.as_known()) then false
    when version.superseded_in <= (select bellwether.as_known()) then false
    else true
end;

comment on view bellwether.opportunity_history is
    'One row a span of days over which the CRM said the same of a deal that is, was or might be sold, at the load read.';
