-- bellwether.lead_history: every span of days over which the CRM said the same of a lead.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.lead
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.lead_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.owner_id,
    version.lead_source,
    version.campaign_id,
    version.status,
    version.score,
    version.score_band,
    version.industry,
    version.segment,
    version.region,
    version.country,
    version.employees,
    version.annual_revenue,
    version.product_id,
    version.created_date,
    version.handed_over_at,
    version.handed_over_to_id,
    version.first_touched_at,
    version.qualified_date,
    version.is_converted,
    version.converted_date,
    version.opportunity_id,
    version.account_id,
    version.contact_id,
    version.disqualified_date,
    version.disqualify_reason,
    version.extra
from bellwether_store.lead as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.lead_history is
    'One row a span of days over which the CRM said the same of a lead, at the load read.';
