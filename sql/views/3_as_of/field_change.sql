-- bellwether.field_change: every change that the CRM's own history tells of, up to the end of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.field_change_history, bellwether.crm_history
-- Notes:  the newest history export at the load read speaks of all days before it, so that a day long before the
--         export has its changes; changed_on is the calendar day in the company's time zone.

create view bellwether.field_change with (security_invoker = true) as
select
    history.source,
    history.id,
    history.entity,
    history.record_id,
    history.field,
    history.old_value,
    history.new_value,
    history.is_old_known,
    history.changed_at,
    (history.changed_at at time zone crm_history.time_zone)::date as changed_on,
    history.author_id,
    history.sequence,
    history.extra
from bellwether.field_change_history as history
inner join bellwether.crm_history
    on crm_history.source = history.source and crm_history.entity = 'opportunity'
where history.valid_to = 'infinity'
    and (history.changed_at at time zone crm_history.time_zone)::date <= (select bellwether.as_of());

comment on view bellwether.field_change is
    'One row a source and id: a change of one field of one record that the CRM''s own history tells of, up to the day read.';
comment on column bellwether.field_change.changed_on is 'The calendar day of the change in the company''s time zone.';
