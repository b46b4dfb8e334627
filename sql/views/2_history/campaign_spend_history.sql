-- bellwether.campaign_spend_history: every span of days over which the CRM said the same of money spent on finding leads.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.campaign_spend
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.campaign_spend_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.campaign_id,
    version.campaign,
    version.channel,
    version.start_date,
    version.end_date,
    version.amount,
    version.budget,
    version.currency,
    version.extra
from bellwether_store.campaign_spend as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.campaign_spend_history is
    'One row a span of days over which the CRM said the same of money spent on finding leads, at the load read.';
