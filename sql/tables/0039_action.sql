-- action: something that somebody promised to do.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `action`.

create table bellwether_store.action (
    like bellwether_store.version_frame including defaults including constraints including comments,
    meeting_id text,
    opportunity_id text,
    account_id text,
    name text,
    owner_id text,
    created_date date,
    due_date date,
    done_date date,
    expected_effect text,
    outcome text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.action is 'Versions of something that somebody promised to do.';
comment on column bellwether_store.action.meeting_id is 'The id of the meeting from which it comes.';
comment on column bellwether_store.action.opportunity_id is 'The id of the deal that it is to help.';
comment on column bellwether_store.action.account_id is 'The id of the account that it is to help.';
comment on column bellwether_store.action.name is 'What was promised.';
comment on column bellwether_store.action.owner_id is 'The id of the person who promised it.';
comment on column bellwether_store.action.created_date is 'The day on which it was promised.';
comment on column bellwether_store.action.due_date is 'The day by which it is due.';
comment on column bellwether_store.action.done_date is 'The day on which it was done; null while open.';
comment on column bellwether_store.action.expected_effect is 'What it is to change.';
comment on column bellwether_store.action.outcome is 'What it did change, in the writer''s words.';
