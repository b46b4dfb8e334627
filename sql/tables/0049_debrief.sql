-- debrief: an answer of a debriefing: one question of a standard list.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  position counts from 1.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `debrief`.

create table bellwether_store.debrief (
    like bellwether_store.version_frame including defaults including constraints including comments,
    kind text,
    activity_id text,
    opportunity_id text,
    account_id text,
    person_id text,
    coach_id text,
    debriefed_date date,
    logged_at timestamptz,
    position integer,
    question text,
    answer text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.debrief is 'Versions of an answer of a debriefing: one question of a standard list.';
comment on column bellwether_store.debrief.kind is 'What was talked over: call, account, win, loss …';
comment on column bellwether_store.debrief.activity_id is 'The id of the activity that was talked over.';
comment on column bellwether_store.debrief.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.debrief.account_id is 'The id of the account.';
comment on column bellwether_store.debrief.person_id is 'The id of the person who answers.';
comment on column bellwether_store.debrief.coach_id is 'The id of the person who asks.';
comment on column bellwether_store.debrief.debriefed_date is 'The day of the debriefing.';
comment on column bellwether_store.debrief.logged_at is 'When the answer was entered.';
comment on column bellwether_store.debrief.position is 'The question''s place in the list, from 1.';
comment on column bellwether_store.debrief.question is 'The question.';
comment on column bellwether_store.debrief.answer is 'The answer; null when it was left open.';
