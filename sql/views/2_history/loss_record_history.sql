-- bellwether.loss_record_history: every span of days over which the CRM said the same of why a deal was lost.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.loss_record
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.loss_record_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.outcome,
    version.lost_date,
    version.from_stage_id,
    version.competitor_id,
    version.reason,
    version.no_decision_kind,
    version.is_outsold,
    version.reviewed_reason,
    version.is_reviewed_outsold,
    version.reviewed_by_id,
    version.reviewed_date,
    version.is_winnable_again,
    version.note,
    version.extra
from bellwether_store.loss_record as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.loss_record_history is
    'One row a span of days over which the CRM said the same of why a deal was lost, at the load read.';
