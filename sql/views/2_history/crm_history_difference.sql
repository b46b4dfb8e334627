-- bellwether.crm_history_difference: where a CRM's own history disagrees with itself or with a snapshot.
-- Grain:  one row a disagreement, the first 10,000 a source and entity, at the load read.
-- Reads:  bellwether_store.history_difference, bellwether.crm_history
-- Nulls:  field null = the whole record is meant; a value null = nothing is entered.

create view bellwether.crm_history_difference with (security_invoker = true) as
select
    difference.source,
    difference.entity,
    difference.id,
    difference.code,
    difference.field,
    difference.day,
    difference.history_value,
    difference.other_value,
    difference.ordinal
from bellwether_store.history_difference as difference
inner join bellwether.crm_history
    on crm_history.source = difference.source
        and crm_history.entity = difference.entity
        and crm_history.load = difference.load;

comment on view bellwether.crm_history_difference is
    'One row a disagreement within the CRM''s own history, or between it and a snapshot, at the load read.';
comment on column bellwether.crm_history_difference.source is 'The source of the history and of the records.';
comment on column bellwether.crm_history_difference.entity is 'The entity of the record.';
comment on column bellwether.crm_history_difference.id is 'The record''s id in its source.';
comment on column bellwether.crm_history_difference.code is
    'What disagrees: snapshot_differs, chain_broken, record_unknown or deleted_but_present.';
comment on column bellwether.crm_history_difference.field is 'The field that disagrees; null when the whole record is meant.';
comment on column bellwether.crm_history_difference.day is
    'The day of the snapshot that disagrees, or of the change that does not fit the one before it.';
comment on column bellwether.crm_history_difference.ordinal is 'Its place among those of the source, from 1.';
