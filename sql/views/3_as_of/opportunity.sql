-- bellwether.opportunity: a deal that is, was or might be sold, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.opportunity
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.opportunity with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
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
    when version.valid_from > (select bellwether.as_of()) then false
    when version.valid_to <= (select bellwether.as_of())
        then coalesce(version.closed_in > (select bellwether.as_known()), false)
    else true
end;

comment on view bellwether.opportunity is 'One row a source and id: a deal that is, was or might be sold, as of the day read.';
comment on column bellwether.opportunity.unchanged_since is 'The day since which the CRM has said the same.';
