-- bellwether.concession_history: every span of days over which the CRM said the same of something given away in a negotiation, and what for.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.concession
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.concession_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.opportunity_line_id,
    version.kind,
    version.list_price,
    version.discount_percent,
    version.amount,
    version.currency,
    version.traded_for,
    version.offered_date,
    version.agreed_date,
    version.offered_by_id,
    version.approved_by_id,
    version.extra
from bellwether_store.concession as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.concession_history is
    'One row a span of days over which the CRM said the same of something given away in a negotiation, and what for, at the load read.';
