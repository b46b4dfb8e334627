-- bellwether.gap: the days on which a snapshot was due and none counts.
-- Grain:  one row a source, entity and day between its first and its newest snapshot, at the load read.
-- Reads:  bellwether.live_snapshot, bellwether.expected_days_between
-- Notes:  when the next snapshot is due is said by the mapping of the one before it. A gap shows the state of the
--         day before; nothing is interpolated.

create view bellwether.gap with (security_invoker = true) as
select
    span.source,
    span.entity,
    missing.day,
    span.expected,
    span.day as shown_day
from (
    select
        live_snapshot.source,
        live_snapshot.entity,
        live_snapshot.expected,
        live_snapshot.day,
        lead(live_snapshot.day) over (
            partition by live_snapshot.source, live_snapshot.entity order by live_snapshot.day
        ) as next_day
    from bellwether.live_snapshot
) as span
cross join lateral bellwether.expected_days_between(span.expected, span.day, span.next_day) as missing (day)
where span.next_day > span.day + 1;

comment on view bellwether.gap is
    'One row a source, entity and day on which a snapshot was due and none counts, at the load read.';
comment on column bellwether.gap.day is 'The day without a snapshot; of a week or month without one its last day.';
comment on column bellwether.gap.expected is 'The rule by which it was due: daily, weekdays, weekly or monthly.';
comment on column bellwether.gap.shown_day is 'The day whose state is shown in its place.';
