-- bellwether.skill_goal_history: every span of days over which the CRM said the same of a skill that a person is to learn.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.skill_goal
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.skill_goal_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.person_id,
    version.coach_id,
    version.skill,
    version.milestone_id,
    version.current_level,
    version.target_level,
    version.set_date,
    version.due_date,
    version.met_date,
    version.note,
    version.extra
from bellwether_store.skill_goal as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.skill_goal_history is
    'One row a span of days over which the CRM said the same of a skill that a person is to learn, at the load read.';
