-- bellwether.opportunity_line_history: every span of days over which the CRM said the same of a line of a deal.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.opportunity_line
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.opportunity_line_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.product_id,
    version.name,
    version.business_line,
    version.quantity,
    version.list_price,
    version.unit_price,
    version.discount_percent,
    version.amount,
    version.annual_amount,
    version.currency,
    version.start_date,
    version.end_date,
    version.extra
from bellwether_store.opportunity_line as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.opportunity_line_history is
    'One row a span of days over which the CRM said the same of a line of a deal, at the load read.';
