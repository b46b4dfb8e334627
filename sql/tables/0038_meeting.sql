-- meeting: a meeting of the sales cadence.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `meeting`.

create table bellwether_store.meeting (
    like bellwether_store.version_frame including defaults including constraints including comments,
    kind text,
    node_kind text,
    node_id text,
    opportunity_id text,
    period text,
    planned_at timestamptz,
    held_at timestamptz,
    led_by_id text,
    cancel_reason text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.meeting is 'Versions of a meeting of the sales cadence.';
comment on column bellwether_store.meeting.kind is 'What it is for: one_to_one, forecast_call, monthly_review, quarterly_review, opportunity_review, account_review …';
comment on column bellwether_store.meeting.node_kind is 'Of whom it speaks: company, team or person.';
comment on column bellwether_store.meeting.node_id is 'The id of that team or person; null for the company.';
comment on column bellwether_store.meeting.opportunity_id is 'The id of the deal of which it speaks; null for a portfolio.';
comment on column bellwether_store.meeting.period is 'The label of the period of which it speaks, such as FY2026Q4.';
comment on column bellwether_store.meeting.planned_at is 'When it is to be.';
comment on column bellwether_store.meeting.held_at is 'When it was held; null when it was not.';
comment on column bellwether_store.meeting.led_by_id is 'The id of the person who leads it.';
comment on column bellwether_store.meeting.cancel_reason is 'Why it was not held.';
