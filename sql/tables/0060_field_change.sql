-- field_change: a change of one field of one record, as the CRM's own history tells it.
-- Grain:  one row a version of a row of the history export; the row itself is an event and hardly ever changes.
-- Units:  values as the canonical text of the column that they belong to: 1250.5, 2026-03-31, t and f.
-- Kind:   event
-- Source: the CRM's history export, through a mapping's section `field_change`.

create table bellwether_store.field_change (
    like bellwether_store.version_frame including defaults including constraints including comments,
    entity text,
    record_id text,
    field text,
    old_value text,
    new_value text,
    is_old_known boolean,
    changed_at timestamptz,
    author_id text,
    sequence text,
    primary key (source, id, valid_from, loaded_in)
);

comment on table bellwether_store.field_change is 'Versions of a change of one field of one record, as the CRM''s own history tells it.';
comment on column bellwether_store.field_change.entity is 'The entity of the record that changed: opportunity.';
comment on column bellwether_store.field_change.record_id is 'The id of the record that changed.';
comment on column bellwether_store.field_change.field is 'The column of the entity that changed: stage_id, amount, close_date …; is_deleted where the record was deleted or restored; the CRM''s own name for a field that the mapping does not know.';
comment on column bellwether_store.field_change.old_value is 'What the field was before; null for nothing, or when the history does not tell.';
comment on column bellwether_store.field_change.new_value is 'What the field was from then on; null for nothing.';
comment on column bellwether_store.field_change.is_old_known is 'Whether old_value tells what was before; null: it does where it is not null.';
comment on column bellwether_store.field_change.changed_at is 'When it changed.';
comment on column bellwether_store.field_change.author_id is 'Who or what changed it, in the CRM''s words.';
comment on column bellwether_store.field_change.sequence is 'What orders changes of the same moment: shorter texts first, then as they sort; null leaves it to the id.';
