-- bellwether.meeting_held: every meeting with a customer that was held up to the day read.
-- Grain:  one row a source and id of an activity of kind meeting.
-- Reads:  bellwether.activity, person_history
-- Nulls:  opportunity_id null = it belongs to no deal; owner_id null = nobody; team_id null = the owner has no team.
-- Notes:  a meeting counts on its day where the CRM says that it was held, or done; where it says neither, a meeting whose
--         day has come counts, marked as unconfirmed: some CRMs keep no word on it.

create view bellwether.meeting_held with (security_invoker = true) as
select
    activity.source,
    activity.id,
    activity.activity_date as day,
    activity.opportunity_id,
    activity.account_id,
    activity.owner_id,
    coalesce(owner.name, owner.id) as owner_name,
    owner.id is null as is_owner_unknown,
    owner.team_id,
    activity.is_held is null and activity.is_done is null as is_unconfirmed
from bellwether.activity
left join bellwether.person_history as owner
    on owner.source = activity.source
        and owner.id = activity.owner_id
        and owner.valid_from <= coalesce((select bellwether.org_day()), activity.activity_date)
        and owner.valid_to > coalesce((select bellwether.org_day()), activity.activity_date)
where activity.kind = 'meeting'
    and activity.activity_date <= (select bellwether.as_of())
    and coalesce(activity.is_held, activity.is_done, true);

comment on view bellwether.meeting_held is
    'One row a meeting with a customer that was held up to the day read, by the CRM''s word where it has one.';
comment on column bellwether.meeting_held.day is 'The day on which it was held.';
comment on column bellwether.meeting_held.owner_name is 'The name of the person who held it, else the id; null when not among the people.';
comment on column bellwether.meeting_held.is_owner_unknown is 'Whether it names nobody, or one who is not among the people.';
comment on column bellwether.meeting_held.team_id is 'The person''s team on that day.';
comment on column bellwether.meeting_held.is_unconfirmed is 'Whether the CRM says neither that it was held nor that it was done: its day has come.';
