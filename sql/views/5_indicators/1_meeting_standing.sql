-- bellwether.meeting_standing: whether the meetings of the cadence were held, and on their day.
-- Grain:  one row a source and id of a meeting planned for the day read or before.
-- Reads:  bellwether.meeting, company_time_zone
-- Nulls:  held_on null = it was not held; is_on_day null likewise.
-- Notes:  days are those of the company's time zone.

create view bellwether.meeting_standing with (security_invoker = true) as
select
    meeting.source,
    meeting.id,
    meeting.kind,
    meeting.node_kind,
    meeting.node_id,
    meeting.led_by_id,
    told.planned_on,
    told.held_on,
    told.held_on = told.planned_on as is_on_day,
    nullif(btrim(meeting.cancel_reason), '') as cancel_reason
from bellwether.meeting
cross join lateral (
    select
        (meeting.planned_at at time zone (select bellwether.company_time_zone()))::date as planned_on,
        (meeting.held_at at time zone (select bellwether.company_time_zone()))::date as held_on
) as told
where told.planned_on <= (select bellwether.as_of());

comment on view bellwether.meeting_standing is
    'One row a meeting of the cadence planned for the day read or before: held or not, and on its day.';
comment on column bellwether.meeting_standing.kind is 'What it is for: one_to_one, forecast_call, monthly_review …';
comment on column bellwether.meeting_standing.node_kind is 'Of whom it speaks: company, team or person.';
comment on column bellwether.meeting_standing.node_id is 'The id of that team or person; null for the company.';
comment on column bellwether.meeting_standing.led_by_id is 'The id of the person who leads it.';
comment on column bellwether.meeting_standing.planned_on is 'The day for which it was planned.';
comment on column bellwether.meeting_standing.held_on is 'The day on which it was held.';
comment on column bellwether.meeting_standing.is_on_day is 'Whether that is the day for which it was planned.';
comment on column bellwether.meeting_standing.cancel_reason is 'Why it was not held.';
