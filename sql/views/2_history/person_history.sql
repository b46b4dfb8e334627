-- bellwether.person_history: every span of days over which the CRM said the same of a person who owns deals or leads a team.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.person, bellwether.first_snapshot
-- Notes:  the first known state also answers for the days before the first snapshot, marked assumed_before.

create view bellwether.person_history with (security_invoker = true) as
select
    version.source,
    version.id,
    case when version.valid_from = first_snapshot.day then '-infinity' else version.valid_from end as valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    first_snapshot.day as assumed_before,
    version.name,
    version.email,
    version.title,
    version.team_id,
    version.manager_id,
    version.is_active,
    version.start_date,
    version.end_date,
    version.role,
    version.role_start_date,
    version.ramped_date,
    version.is_quota_carrying,
    version.region,
    version.extra
from bellwether_store.person as version
inner join bellwether.first_snapshot
    on first_snapshot.source = version.source and first_snapshot.entity = 'person'
where case
    when version.loaded_in > (select bellwether.as_known()) then false
    when version.superseded_in <= (select bellwether.as_known()) then false
    else true
end;

comment on view bellwether.person_history is
    'One row a span of days over which the CRM said the same of a person who owns deals or leads a team, at the load read.';
comment on column bellwether.person_history.assumed_before is
    'The first snapshot''s day: for days before it the first known state is assumed.';
