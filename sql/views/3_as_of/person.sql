-- bellwether.person: a person who owns deals or leads a team, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.person_history
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.person with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.assumed_before as is_assumed,
    history.name,
    history.email,
    history.title,
    history.team_id,
    history.manager_id,
    history.is_active,
    history.start_date,
    history.end_date,
    history.role,
    history.role_start_date,
    history.ramped_date,
    history.is_quota_carrying,
    history.region,
    history.extra
from bellwether.person_history as history
where case
    when history.valid_from > (select bellwether.as_of()) then false
    when history.valid_to <= (select bellwether.as_of()) then false
    else true
end;

comment on view bellwether.person is 'One row a source and id: a person who owns deals or leads a team, as of the day read.';
comment on column bellwether.person.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
