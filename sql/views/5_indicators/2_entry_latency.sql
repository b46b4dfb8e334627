-- bellwether.entry_latency: by how many days activities of the last ninety days were written down after their day.
-- Grain:  one row a source, owner of the activity, and number of days.
-- Reads:  bellwether.activity, company_time_zone()
-- Units:  days in calendar days of the company's time zone; below zero does not occur: what was written down before its day
--         counts as 0.
-- Nulls:  owner_id null = the activity names nobody.
-- Notes:  only what was done, and says when it was written down.

create view bellwether.entry_latency with (security_invoker = true) as
select
    activity.source,
    activity.owner_id,
    late.days,
    count(*) as activities
from bellwether.activity
cross join lateral (
    select
        greatest(
            (activity.logged_at at time zone (select bellwether.company_time_zone()))::date - activity.activity_date,
            0) as days
) as late
where activity.logged_at is not null
    and activity.is_done is not false
    and activity.activity_date > (select bellwether.as_of()) - 90
    and activity.activity_date <= (select bellwether.as_of())
group by activity.source, activity.owner_id, late.days;

comment on view bellwether.entry_latency is
    'One row an owner and number of days: how many activities of the last ninety days were written down so long after their day.';
comment on column bellwether.entry_latency.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether.entry_latency.owner_id is 'Who did them; null where nobody is named.';
comment on column bellwether.entry_latency.days is 'Days from the activity''s day to that on which it was written down.';
comment on column bellwether.entry_latency.activities is 'How many activities.';
