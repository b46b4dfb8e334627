-- bellwether.live_snapshot: the snapshots that history is made of.
-- Grain:  one row a source, entity and day, at the load read.
-- Reads:  bellwether_store.snapshot
-- Notes:  of the snapshots of one source, entity and day that are not undone, the one of the highest load.

create view bellwether.live_snapshot with (security_invoker = true) as
select distinct on (snapshot.source, snapshot.entity, snapshot.day)
    snapshot.source,
    snapshot.entity,
    snapshot.day,
    snapshot.load,
    snapshot.content_load,
    snapshot.kind,
    snapshot.expected,
    snapshot.builds_on,
    snapshot.rows_read,
    snapshot.rows_rejected
from bellwether_store.snapshot
where snapshot.load <= (select bellwether.as_known())
    and (snapshot.undone_in is null or snapshot.undone_in > (select bellwether.as_known()))
order by snapshot.source, snapshot.entity, snapshot.day, snapshot.load desc;

comment on view bellwether.live_snapshot is
    'One row a source, entity and day: the snapshot that history is made of, at the load read.';
