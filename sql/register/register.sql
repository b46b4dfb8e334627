-- What has run: made before the numbered files, by the first `bellwether migrate`.
-- Grain:  a migration row a numbered file of sql/tables; at most one view_set row; a broken_view row a view.

create schema bellwether_store;

create table bellwether_store.migration (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null,
    applied_by text not null
);

create table bellwether_store.view_set (
    checksum text primary key,
    made_at timestamptz not null
);

create table bellwether_store.broken_view (
    name text not null,
    definition text not null,
    reason text not null,
    saved_at timestamptz not null,
    primary key (name, saved_at)
);

comment on schema bellwether_store is
    'Bellwether''s own tables: versions, loads, marks, rejects. Read them through the views of schema bellwether.';
comment on table bellwether_store.migration is 'One row a table file that has run.';
comment on column bellwether_store.migration.number is 'The number that begins the file''s name.';
comment on column bellwether_store.migration.name is 'The file''s name.';
comment on column bellwether_store.migration.checksum is 'SHA-256 of the file''s text: an applied file is never edited.';
comment on column bellwether_store.migration.applied_at is 'When it ran.';
comment on column bellwether_store.migration.applied_by is 'The database user who ran it.';
comment on table bellwether_store.view_set is 'At most one row: which set of views is in place.';
comment on column bellwether_store.view_set.checksum is 'SHA-256 of all view files.';
comment on column bellwether_store.view_set.made_at is 'When they were made.';
comment on table bellwether_store.broken_view is 'Views of other schemas that did not compile on the new views, kept as text.';
comment on column bellwether_store.broken_view.name is 'The view''s name with its schema.';
comment on column bellwether_store.broken_view.definition is 'The SQL that made it, with owner, comments and grants.';
comment on column bellwether_store.broken_view.reason is 'The server''s words.';
comment on column bellwether_store.broken_view.saved_at is 'When the upgrade took it out.';
