-- bellwether.team: a team, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.team_history

create view bellwether.team with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.is_assumed_before as is_assumed,
    history.name,
    history.parent_id,
    history.lead_id,
    history.extra
from bellwether.team_history as history
where history.valid_from <= (select bellwether.as_of())
    and history.valid_to > (select bellwether.as_of());

comment on view bellwether.team is 'One row a source and id: a team, as of the day read.';
comment on column bellwether.team.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
