-- bellwether.crm_history: the past that was made from a CRM's own history export.
-- Grain:  one row a source and entity, at the load read.
-- Reads:  bellwether_store.history_derivation
-- Nulls:  first_day null = no past; until_day null = no full snapshot yet; trusted_from null = all of it is trusted.

create view bellwether.crm_history with (security_invoker = true) as
select distinct on (derivation.source, derivation.entity)
    derivation.source,
    derivation.entity,
    derivation.load,
    derivation.first_day,
    derivation.until_day,
    derivation.told_day,
    derivation.compared_day,
    derivation.trusted_from,
    derivation.time_zone,
    derivation.time_zone is distinct from derivation.time_zone_stated as is_time_zone_assumed,
    derivation.assumed_fields,
    derivation.records,
    derivation.versions,
    derivation.changes_used,
    derivation.changes_other,
    derivation.differences
from bellwether_store.history_derivation as derivation
where derivation.load <= (select bellwether.as_known())
order by derivation.source, derivation.entity, derivation.load desc;

comment on view bellwether.crm_history is
    'One row a source and entity: the past that was made from the CRM''s own history export, at the load read.';
comment on column bellwether.crm_history.source is 'The source of the history and of the records.';
comment on column bellwether.crm_history.entity is 'The entity whose past it is.';
comment on column bellwether.crm_history.load is 'The load that made or compared it last.';
comment on column bellwether.crm_history.is_time_zone_assumed is
    'True when the company states no time zone that there is: days are those of UTC.';
