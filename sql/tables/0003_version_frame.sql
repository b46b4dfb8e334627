-- The columns that every version has, whatever its entity. Entity tables copy them (like …).
-- Grain:  holds no rows.

create table bellwether_store.version_frame (
    source text collate "C" not null,
    id text collate "C" not null,
    valid_from date not null,
    valid_to date not null default 'infinity',
    loaded_in integer not null,
    closed_in integer,
    superseded_in integer,
    row_hash uuid not null,
    extra jsonb,
    constraint version_has_days check (valid_from < valid_to),
    constraint version_closed_later check (closed_in is null or (closed_in > loaded_in and valid_to < 'infinity')),
    constraint version_superseded_later check (superseded_in is null or superseded_in > loaded_in)
);

comment on table bellwether_store.version_frame is 'The pattern of every entity''s table of versions; holds no rows.';
comment on column bellwether_store.version_frame.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether_store.version_frame.id is 'The record''s id in its source.';
comment on column bellwether_store.version_frame.valid_from is 'The first day on which the CRM said so.';
comment on column bellwether_store.version_frame.valid_to is 'The first day on which it no longer did; infinity while it does.';
comment on column bellwether_store.version_frame.loaded_in is 'The load from which the warehouse knew.';
comment on column bellwether_store.version_frame.closed_in is 'The load that set valid_to in place; a reader at an earlier load takes valid_to as open.';
comment on column bellwether_store.version_frame.superseded_in is 'The load from which the warehouse knew better; null while it stands.';
comment on column bellwether_store.version_frame.row_hash is '128-bit hash of the row''s mapped cells, mapping and header: equal hashes mean equal content.';
comment on column bellwether_store.version_frame.extra is 'Columns kept by name that have no column of their own; sorted, nulls left out.';
