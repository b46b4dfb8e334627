-- bellwether.account_history: every span of days over which the CRM said the same of a customer or prospect.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.account

create view bellwether.account_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
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
    else true
end;

comment on view bellwether.account_history is
    'One row a span of days over which the CRM said the same of a customer or prospect, at the load read.';
