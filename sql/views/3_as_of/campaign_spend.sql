-- bellwether.campaign_spend: money spent on finding leads, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.campaign_spend
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.campaign_spend with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
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
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.campaign_spend is 'One row a source and id: money spent on finding leads, as of the day read.';
comment on column bellwether.campaign_spend.unchanged_since is 'The day since which the CRM has said the same.';
