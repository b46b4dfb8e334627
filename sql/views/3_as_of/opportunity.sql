-- bellwether.opportunity: a deal that is, was or might be sold, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.opportunity
-- Notes:  reads the versions themselves, not the history view, so that the days can be found by an index.

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
    version.extra
from bellwether_store.opportunity as version
where version.valid_from <= (select bellwether.as_of())
    and (
        version.valid_to > (select bellwether.as_of())
        or version.closed_in > (select bellwether.as_known())
    )
    and version.loaded_in <= (select bellwether.as_known())
    and (version.superseded_in is null or version.superseded_in > (select bellwether.as_known()));

comment on view bellwether.opportunity is 'One row a source and id: a deal that is, was or might be sold, as of the day read.';
comment on column bellwether.opportunity.unchanged_since is 'The day since which the CRM has said the same.';
