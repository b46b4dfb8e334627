-- What guards compare a snapshot with, when the next is due, what a delta builds on, and what guards found.
-- Grain:  a tripped_guard row an attempt, entity and guard.
-- Source: bellwether load.

alter table bellwether_store.snapshot
    add column expected text check (expected in ('daily', 'weekdays', 'weekly', 'monthly', 'irregular')),
    add column builds_on date check (builds_on < day),
    add column headers jsonb not null default '[]',
    add column filled jsonb,
    add column amounts jsonb,
    add column drift text[] not null default '{}';

alter table bellwether_store.attempt add column is_rehearsal boolean not null default false;

create table bellwether_store.tripped_guard (
    attempt integer not null references bellwether_store.attempt (number),
    ordinal integer not null,
    load integer,
    entity text collate "C" not null,
    guard text not null,
    found text not null,
    allowed text not null,
    accept_with text not null,
    is_accepted boolean not null,
    primary key (attempt, ordinal)
);

create index tripped_guard_by_load on bellwether_store.tripped_guard (load);

comment on column bellwether_store.snapshot.expected is 'On which days the mapping expected a snapshot: daily, weekdays, weekly, monthly or irregular; null for loads of a program that did not keep it.';
comment on column bellwether_store.snapshot.builds_on is 'The day whose state a delta builds on; null for what stands alone.';
comment on column bellwether_store.snapshot.headers is 'The columns of the files, by the pattern that found them.';
comment on column bellwether_store.snapshot.filled is 'How many records there were after it (id), and how many of them had a value in each column; null when it was not counted.';
comment on column bellwether_store.snapshot.amounts is 'The amounts after it, summed by currency and part (the stage where only that says whether a record is open); null when they were not summed.';
comment on column bellwether_store.snapshot.drift is 'How the columns differ from those of the snapshot before, in words.';
comment on column bellwether_store.attempt.is_rehearsal is 'Whether it was a dry run, which publishes nothing.';
comment on table bellwether_store.tripped_guard is 'One row a guard that found something in an attempt, accepted or not.';
comment on column bellwether_store.tripped_guard.attempt is 'The attempt.';
comment on column bellwether_store.tripped_guard.ordinal is 'Its place among those of the attempt, from 1.';
comment on column bellwether_store.tripped_guard.load is 'The load that the attempt published; null when it was held.';
comment on column bellwether_store.tripped_guard.entity is 'The entity.';
comment on column bellwether_store.tripped_guard.guard is 'The guard: rejects, empty, gone, rows, amount, newer, older, base, drift or same_day.';
comment on column bellwether_store.tripped_guard.found is 'What it found.';
comment on column bellwether_store.tripped_guard.allowed is 'What it would have let pass.';
comment on column bellwether_store.tripped_guard.accept_with is 'The option that lets it pass.';
comment on column bellwether_store.tripped_guard.is_accepted is 'Whether a person had accepted it.';
