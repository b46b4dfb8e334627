-- bellwether.skill_goal: a skill that a person is to learn, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.skill_goal
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.skill_goal with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
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
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.skill_goal is 'One row a source and id: a skill that a person is to learn, as of the day read.';
comment on column bellwether.skill_goal.unchanged_since is 'The day since which the CRM has said the same.';
