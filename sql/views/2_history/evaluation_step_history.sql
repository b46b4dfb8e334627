-- bellwether.evaluation_step_history: every span of days over which the CRM said the same of a step of the evaluation plan that seller and buyer agreed on.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.evaluation_step
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.evaluation_step_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.position,
    version.name,
    version.is_buyer_action,
    version.agreed_date,
    version.contact_id,
    version.due_date,
    version.done_date,
    version.evidence,
    version.evidence_date,
    version.extra
from bellwether_store.evaluation_step as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.evaluation_step_history is
    'One row a span of days over which the CRM said the same of a step of the evaluation plan that seller and buyer agreed on, at the load read.';
