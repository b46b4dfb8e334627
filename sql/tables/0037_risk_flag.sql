-- risk_flag: a risk that somebody told of.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `risk_flag`.

create table bellwether_store.risk_flag (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    raised_at timestamptz,
    raised_by_id text,
    about text,
    note text,
    cleared_at timestamptz,
    cleared_by_id text,
    clear_reason text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.risk_flag is 'Versions of a risk that somebody told of.';
comment on column bellwether_store.risk_flag.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.risk_flag.raised_at is 'When it was told.';
comment on column bellwether_store.risk_flag.raised_by_id is 'The id of the person who told.';
comment on column bellwether_store.risk_flag.about is 'What it is about: close date, amount, decision, competitor …';
comment on column bellwether_store.risk_flag.note is 'What was noted about it, in the writer''s words.';
comment on column bellwether_store.risk_flag.cleared_at is 'When it was over; null while it stands.';
comment on column bellwether_store.risk_flag.cleared_by_id is 'The id of the person who said that it is over.';
comment on column bellwether_store.risk_flag.clear_reason is 'Why it is over.';
