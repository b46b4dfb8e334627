-- bellwether.action_history: every span of days over which the CRM said the same of something that somebody promised to do.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.action
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.action_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.meeting_id,
    version.opportunity_id,
    version.account_id,
    version.name,
    version.owner_id,
    version.created_date,
    version.due_date,
    version.done_date,
    version.expected_effect,
    version.outcome,
    version.extra
from bellwether_store.action as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.action_history is
    'One row a span of days over which the CRM said the same of something that somebody promised to do, at the load read.';
