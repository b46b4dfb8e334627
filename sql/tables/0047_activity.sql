-- activity: something done or planned with a customer: a call, mail, meeting, task or note.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  duration_seconds in seconds.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `activity`.

create table bellwether_store.activity (
    like bellwether_store.version_frame including defaults including constraints including comments,
    kind text,
    type text,
    subject text,
    opportunity_id text,
    account_id text,
    contact_id text,
    lead_id text,
    owner_id text,
    activity_date date,
    started_at timestamptz,
    ended_at timestamptz,
    duration_seconds integer,
    logged_at timestamptz,
    done_at timestamptz,
    status text,
    is_done boolean,
    is_held boolean,
    direction text,
    outcome text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.activity is 'Versions of something done or planned with a customer: a call, mail, meeting, task or note.';
comment on column bellwether_store.activity.kind is 'call, email, meeting, task, note, or the CRM''s word.';
comment on column bellwether_store.activity.type is 'The kind in the CRM''s finer words.';
comment on column bellwether_store.activity.subject is 'The subject line.';
comment on column bellwether_store.activity.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.activity.account_id is 'The id of the account.';
comment on column bellwether_store.activity.contact_id is 'The id of the contact.';
comment on column bellwether_store.activity.lead_id is 'The id of the lead.';
comment on column bellwether_store.activity.owner_id is 'The id of the person who did it or is to do it.';
comment on column bellwether_store.activity.activity_date is 'The day on which it is or was to be.';
comment on column bellwether_store.activity.started_at is 'When it began or is to begin.';
comment on column bellwether_store.activity.ended_at is 'When it ended or is to end.';
comment on column bellwether_store.activity.duration_seconds is 'How long it took or is to take.';
comment on column bellwether_store.activity.logged_at is 'When it was entered into the CRM.';
comment on column bellwether_store.activity.done_at is 'When it was done.';
comment on column bellwether_store.activity.status is 'Its status in the CRM''s words.';
comment on column bellwether_store.activity.is_done is 'Whether it is done; null when the CRM does not say.';
comment on column bellwether_store.activity.is_held is 'Whether a meeting took place; null when the CRM does not say.';
comment on column bellwether_store.activity.direction is 'inbound, outbound, internal or the CRM''s word.';
comment on column bellwether_store.activity.outcome is 'What came of it, in the CRM''s words.';
