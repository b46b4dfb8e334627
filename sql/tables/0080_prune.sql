-- Prunes: from which load on the warehouse still knows what it knew.
-- Grain:  one row a run of bellwether prune.
-- Source: bellwether prune.

create table bellwether_store.prune (
    number integer primary key,
    horizon integer not null,
    versions bigint not null,
    command text not null,
    pruned_by text not null,
    program_version text not null,
    pruned_at timestamptz not null,
    check (horizon > 0)
);

comment on table bellwether_store.prune is 'One row a run of bellwether prune: superseded versions that were deleted for good.';
comment on column bellwether_store.prune.number is 'The prune''s number, from 1.';
comment on column bellwether_store.prune.horizon is 'The earliest load as known at which the warehouse can still answer: what was superseded by then is gone.';
comment on column bellwether_store.prune.versions is 'How many versions were deleted.';
comment on column bellwether_store.prune.command is 'The command line.';
comment on column bellwether_store.prune.pruned_by is 'The operating system''s user who ran it.';
comment on column bellwether_store.prune.program_version is 'The version of bellwether that ran it.';
comment on column bellwether_store.prune.pruned_at is 'When it ran.';
