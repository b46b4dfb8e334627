-- bellwether.lead: a lead, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.lead
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.lead with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
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
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.lead is 'One row a source and id: a lead, as of the day read.';
comment on column bellwether.lead.unchanged_since is 'The day since which the CRM has said the same.';
