-- merged_record: a record that was merged into another, which survives.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `merged_record`.

create table bellwether_store.merged_record (
    like bellwether_store.version_frame including defaults including constraints including comments,
    entity text,
    record_id text,
    survivor_id text,
    merged_date date,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.merged_record is 'Versions of a record that was merged into another, which survives.';
comment on column bellwether_store.merged_record.entity is 'The entity of both records: account, opportunity, lead, contact …';
comment on column bellwether_store.merged_record.record_id is 'The id of the record that is no more.';
comment on column bellwether_store.merged_record.survivor_id is 'The id of the record into which it was merged.';
comment on column bellwether_store.merged_record.merged_date is 'The day on which that was done; null when the export does not say.';
