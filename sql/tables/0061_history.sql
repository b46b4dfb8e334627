-- The past that is made from a CRM's own history: from where it is trusted, what was made, what disagrees.
-- Grain:  history_start one row a snapshot of field changes; history_derivation one row a load that made or compared
--         the past of a source; history_difference one row a disagreement, the first 10,000 of a derivation.
-- Source: bellwether load and bellwether loads undo.

create table bellwether_store.history_start (
    load integer not null,
    source text collate "C" not null,
    trusted_from date not null,
    primary key (source, load)
);

create table bellwether_store.history_derivation (
    load integer not null,
    source text collate "C" not null,
    entity text collate "C" not null,
    first_day date,
    until_day date,
    told_day date,
    compared_day date,
    trusted_from date,
    time_zone_stated text,
    time_zone text not null,
    assumed_fields text[] not null default '{}',
    records bigint not null,
    versions bigint not null,
    changes_used bigint not null,
    changes_other bigint not null,
    differences bigint not null,
    primary key (source, entity, load)
);

create table bellwether_store.history_difference (
    load integer not null,
    source text collate "C" not null,
    entity text collate "C" not null,
    ordinal integer not null,
    code text not null,
    id text collate "C" not null,
    field text,
    day date not null,
    history_value text,
    other_value text,
    primary key (source, entity, load, ordinal)
);

comment on table bellwether_store.history_start is 'One row a snapshot of field changes whose mapping trusts the history from a day on only.';
comment on column bellwether_store.history_start.load is 'The load that read the snapshot.';
comment on column bellwether_store.history_start.source is 'The source of the snapshot.';
comment on column bellwether_store.history_start.trusted_from is 'The first day of which the history is trusted: the past begins there.';
comment on table bellwether_store.history_derivation is 'One row a load that made the past of a source from field changes, or compared it anew.';
comment on column bellwether_store.history_derivation.load is 'The load; that of the highest number counts.';
comment on column bellwether_store.history_derivation.source is 'The source of the history and of the records.';
comment on column bellwether_store.history_derivation.entity is 'The entity whose past it is.';
comment on column bellwether_store.history_derivation.first_day is 'The first day of the past; null when there is none.';
comment on column bellwether_store.history_derivation.until_day is 'The day of the first full snapshot that counts, before which the past ends; null while there is none.';
comment on column bellwether_store.history_derivation.told_day is 'The day of the newest history export that counts; null when none does any more.';
comment on column bellwether_store.history_derivation.compared_day is 'The newest day on which history and snapshot were compared, beside the day of the first full snapshot.';
comment on column bellwether_store.history_derivation.trusted_from is 'The day from which the mapping trusts the history; null for all of it.';
comment on column bellwether_store.history_derivation.time_zone_stated is 'The time zone that the company states; null when none does.';
comment on column bellwether_store.history_derivation.time_zone is 'The time zone whose calendar days counted: the stated one, or UTC where that is none.';
comment on column bellwether_store.history_derivation.assumed_fields is 'Fields that the history does not tell: they take the earliest known later value, or none where that hangs on a later stage.';
comment on column bellwether_store.history_derivation.records is 'How many records have a past.';
comment on column bellwether_store.history_derivation.versions is 'How many versions that past has.';
comment on column bellwether_store.history_derivation.changes_used is 'How many changes of known fields count, up to the day of the first full snapshot.';
comment on column bellwether_store.history_derivation.changes_other is 'How many changes were left out: of fields that are no column, before the trusted day, or after the first full snapshot.';
comment on column bellwether_store.history_derivation.differences is 'How many disagreements there are; the first 10,000 are kept.';
comment on table bellwether_store.history_difference is 'One row a disagreement within the history, or between it and a snapshot.';
comment on column bellwether_store.history_difference.load is 'The load that found it.';
comment on column bellwether_store.history_difference.source is 'The source.';
comment on column bellwether_store.history_difference.entity is 'The entity.';
comment on column bellwether_store.history_difference.ordinal is 'Its place among those of the load, from 1.';
comment on column bellwether_store.history_difference.code is 'snapshot_differs, chain_broken, record_unknown or deleted_but_present.';
comment on column bellwether_store.history_difference.id is 'The record''s id.';
comment on column bellwether_store.history_difference.field is 'The field; null when the whole record is meant.';
comment on column bellwether_store.history_difference.day is 'The day: of the snapshot, or of the change that does not fit.';
comment on column bellwether_store.history_difference.history_value is 'What the history says last.';
comment on column bellwether_store.history_difference.other_value is 'What the snapshot says; for a broken chain what the next change says was before it.';
