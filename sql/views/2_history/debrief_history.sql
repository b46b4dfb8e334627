-- bellwether.debrief_history: every span of days over which the CRM said the same of an answer of a debriefing.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.debrief
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.debrief_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.kind,
    version.activity_id,
    version.opportunity_id,
    version.account_id,
    version.person_id,
    version.coach_id,
    version.debriefed_date,
    version.logged_at,
    version.position,
    version.question,
    version.answer,
    version.extra
from bellwether_store.debrief as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.debrief_history is
    'One row a span of days over which the CRM said the same of an answer of a debriefing, at the load read.';
