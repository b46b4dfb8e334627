-- bellwether.unproven_span: the days whose state rests on a delta without its base.
-- Grain:  one row a source, entity and delta whose base does not count, at the load read.
-- Reads:  bellwether.live_snapshot
-- Notes:  a delta says what changed since the day that it builds on. While that day has no snapshot, or when it is
--         taken back, changes may be missing from the delta's day on until the next full snapshot.

create view bellwether.unproven_span with (security_invoker = true) as
select
    delta.source,
    delta.entity,
    delta.day as from_day,
    coalesce(min(later.day), 'infinity') as to_day,
    delta.builds_on,
    delta.load
from bellwether.live_snapshot as delta
left join bellwether.live_snapshot as base
    on base.source = delta.source and base.entity = delta.entity and base.day = delta.builds_on
left join bellwether.live_snapshot as later
    on later.source = delta.source and later.entity = delta.entity and later.day > delta.day
        and later.kind = 'full'
where delta.builds_on is not null and base.day is null
group by delta.source, delta.entity, delta.day, delta.builds_on, delta.load;

comment on view bellwether.unproven_span is
    'One row a source, entity and delta whose base does not count, at the load read: from its day on changes may be missing.';
comment on column bellwether.unproven_span.from_day is 'The first day that is unproven: the delta''s.';
comment on column bellwether.unproven_span.to_day is 'The first day that is proven again, that of the next full snapshot; infinity without one.';
comment on column bellwether.unproven_span.builds_on is 'The day that the delta builds on, of which no snapshot counts.';
comment on column bellwether.unproven_span.load is 'The load that brought the delta.';
