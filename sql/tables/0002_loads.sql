-- Loads: what was put into the warehouse, when, by whom, from which files.
-- Grain:  one row a published load; a snapshot row a load, source and entity.
-- Source: bellwether load.

create table bellwether_store.load (
    number integer primary key,
    action text not null check (action in ('load', 'undo')),
    undoes integer,
    day date not null,
    mapping_name text not null,
    mapping_hash uuid not null,
    mapping_text text not null,
    command text not null,
    loaded_by text not null,
    program_version text not null,
    started_at timestamptz not null,
    published_at timestamptz not null,
    accepted_guards text[] not null default '{}'
);

create table bellwether_store.snapshot (
    load integer not null references bellwether_store.load (number) deferrable initially deferred,
    source text collate "C" not null,
    entity text collate "C" not null,
    day date not null,
    kind text not null check (kind in ('full', 'delta')),
    content_load integer not null,
    undone_in integer,
    content_hash uuid not null,
    files jsonb not null,
    unmapped_columns text[] not null default '{}',
    proves_absence boolean not null default true,
    rows_read bigint not null,
    rows_new bigint not null,
    rows_changed bigint not null,
    rows_unchanged bigint not null,
    rows_gone bigint not null,
    rows_rejected bigint not null,
    rows_duplicate bigint not null,
    primary key (source, entity, load),
    check (undone_in is null or undone_in > load),
    check (content_load <= load)
);

create index snapshot_by_day on bellwether_store.snapshot (source, entity, day, load);

create table bellwether_store.mark (
    load integer not null,
    source text collate "C" not null,
    entity text collate "C" not null,
    id text collate "C" not null,
    primary key (source, entity, load, id)
);

create table bellwether_store.attempt (
    number integer primary key,
    day date,
    mapping_name text not null,
    folder text not null,
    command text not null,
    tried_by text not null,
    program_version text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    load integer,
    error_code text,
    error_message text,
    rejects_total bigint not null default 0
);

create table bellwether_store.reject (
    attempt integer not null references bellwether_store.attempt (number),
    ordinal integer not null,
    source text collate "C" not null,
    entity text collate "C" not null,
    file text not null,
    line bigint not null,
    column_name text,
    value text,
    code text not null,
    reason text not null,
    primary key (attempt, ordinal)
);

comment on table bellwether_store.load is 'One row a published load. Numbers rise by one in the order of publishing.';
comment on column bellwether_store.load.number is 'The load''s number, from 1. Views read the warehouse as known at a load.';
comment on column bellwether_store.load.action is 'load: put snapshots of files in. undo: took back what the load `undoes` had done.';
comment on column bellwether_store.load.undoes is 'The load that an undo took back; null for a load.';
comment on column bellwether_store.load.day is 'The business day whose end the snapshots describe.';
comment on column bellwether_store.load.mapping_name is 'The mapping that read the files.';
comment on column bellwether_store.load.mapping_hash is '128-bit hash of the mapping''s text.';
comment on column bellwether_store.load.mapping_text is 'The mapping''s text as it was used.';
comment on column bellwether_store.load.command is 'The command line.';
comment on column bellwether_store.load.loaded_by is 'The operating system''s user who ran it.';
comment on column bellwether_store.load.program_version is 'The version of bellwether that ran it.';
comment on column bellwether_store.load.started_at is 'When the load began.';
comment on column bellwether_store.load.published_at is 'When readers could see it. Never earlier than that of the load before.';
comment on column bellwether_store.load.accepted_guards is 'The guards that a person accepted for this load.';
comment on table bellwether_store.snapshot is 'One row a load, source and entity: what that load said of one entity on one day.';
comment on column bellwether_store.snapshot.load is 'The load that brought it.';
comment on column bellwether_store.snapshot.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether_store.snapshot.entity is 'The entity: opportunity, account …';
comment on column bellwether_store.snapshot.day is 'The business day whose end it describes.';
comment on column bellwether_store.snapshot.kind is 'full: an absent key is gone from that day on. delta: speaks only of the keys that it names.';
comment on column bellwether_store.snapshot.content_load is 'The load that read its rows: its own, or an earlier one when undoing an undo made that snapshot count again.';
comment on column bellwether_store.snapshot.undone_in is 'The load that undid it; null while it counts. Of the snapshots of one source, entity and day that count, the one of the highest load is live.';
comment on column bellwether_store.snapshot.content_hash is '128-bit hash of mapping, headers and files: equal hashes mean that there is nothing to load.';
comment on column bellwether_store.snapshot.files is 'The files: name, bytes, 128-bit hash.';
comment on column bellwether_store.snapshot.unmapped_columns is 'Columns of the files that the mapping does not name.';
comment on column bellwether_store.snapshot.proves_absence is 'False for a full snapshot that set aside a row without a readable key: it closes nothing.';
comment on column bellwether_store.snapshot.rows_read is 'Rows in the files.';
comment on column bellwether_store.snapshot.rows_new is 'Rows whose key was absent before.';
comment on column bellwether_store.snapshot.rows_changed is 'Rows that differ from what was known.';
comment on column bellwether_store.snapshot.rows_unchanged is 'Rows that say what was known already.';
comment on column bellwether_store.snapshot.rows_gone is 'Keys that a full snapshot no longer has.';
comment on column bellwether_store.snapshot.rows_rejected is 'Rows set aside; their keys keep the state that they had.';
comment on column bellwether_store.snapshot.rows_duplicate is 'Rows that repeat another row of the files word for word.';
comment on table bellwether_store.mark is 'The keys of which a full snapshot does not speak (rejected rows), or of which a delta does.';
comment on column bellwether_store.mark.load is 'The load of the snapshot.';
comment on column bellwether_store.mark.source is 'The source of the snapshot.';
comment on column bellwether_store.mark.entity is 'The entity of the snapshot.';
comment on column bellwether_store.mark.id is 'The key.';
comment on table bellwether_store.attempt is 'One row a run of bellwether load, published or not.';
comment on column bellwether_store.attempt.number is 'The attempt''s number, from 1.';
comment on column bellwether_store.attempt.day is 'The day it was to load.';
comment on column bellwether_store.attempt.mapping_name is 'The mapping as given.';
comment on column bellwether_store.attempt.folder is 'The folder as given.';
comment on column bellwether_store.attempt.command is 'The command line.';
comment on column bellwether_store.attempt.tried_by is 'The operating system''s user who ran it.';
comment on column bellwether_store.attempt.program_version is 'The version of bellwether that ran it.';
comment on column bellwether_store.attempt.started_at is 'When it began.';
comment on column bellwether_store.attempt.ended_at is 'When it ended.';
comment on column bellwether_store.attempt.load is 'The load that it published; null when it was refused or held.';
comment on column bellwether_store.attempt.error_code is 'The code of the error that ended it; null when it published.';
comment on column bellwether_store.attempt.error_message is 'The sentence of that error.';
comment on column bellwether_store.attempt.rejects_total is 'How many rows it set aside; the first 10,000 are kept.';
comment on table bellwether_store.reject is 'One row a row of an export that was set aside, the first 10,000 of an attempt. Cell values: not for readers.';
comment on column bellwether_store.reject.attempt is 'The attempt that set it aside.';
comment on column bellwether_store.reject.ordinal is 'Its place among the rejects of the attempt, from 1.';
comment on column bellwether_store.reject.source is 'The source.';
comment on column bellwether_store.reject.entity is 'The entity.';
comment on column bellwether_store.reject.file is 'The file''s name.';
comment on column bellwether_store.reject.line is 'The line on which the row starts, from 1.';
comment on column bellwether_store.reject.column_name is 'The column of the export; null when the whole row is at fault.';
comment on column bellwether_store.reject.value is 'The value as it stands in the file, cut at 200 characters.';
comment on column bellwether_store.reject.code is 'The code, BW150 to BW169.';
comment on column bellwether_store.reject.reason is 'The reason in words.';
