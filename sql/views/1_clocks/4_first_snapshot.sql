-- bellwether.first_snapshot: the first day of which an entity of a source is known.
-- Grain:  one row a source and entity, at the load read.
-- Reads:  bellwether.live_snapshot
-- Notes:  reference entities answer for days before it with their first state, marked as assumed.

create view bellwether.first_snapshot with (security_invoker = true) as
select
    live_snapshot.source,
    live_snapshot.entity,
    min(live_snapshot.day) as day
from bellwether.live_snapshot
group by live_snapshot.source, live_snapshot.entity;

comment on view bellwether.first_snapshot is
    'One row a source and entity: the first day of which it is known, at the load read.';
comment on column bellwether.first_snapshot.day is 'The first day of which the entity is known.';
