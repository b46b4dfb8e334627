-- success_factor: a success factor agreed with a customer: what must be measurably better.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  target and actual in the measure's own unit.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `success_factor`.

create table bellwether_store.success_factor (
    like bellwether_store.version_frame including defaults including constraints including comments,
    account_id text,
    opportunity_id text,
    name text,
    measure text,
    target numeric,
    actual numeric,
    established_date date,
    target_date date,
    reviewed_date date,
    is_met boolean,
    owner_id text,
    follow_up_opportunity_id text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.success_factor is 'Versions of a success factor agreed with a customer: what must be measurably better.';
comment on column bellwether_store.success_factor.account_id is 'The id of the account.';
comment on column bellwether_store.success_factor.opportunity_id is 'The id of the deal in which it was agreed.';
comment on column bellwether_store.success_factor.name is 'What must be better.';
comment on column bellwether_store.success_factor.measure is 'How it is measured, with its unit.';
comment on column bellwether_store.success_factor.target is 'The agreed value.';
comment on column bellwether_store.success_factor.actual is 'The value measured last.';
comment on column bellwether_store.success_factor.established_date is 'The day on which it was agreed.';
comment on column bellwether_store.success_factor.target_date is 'The day by which the target is due.';
comment on column bellwether_store.success_factor.reviewed_date is 'The day on which it was measured last.';
comment on column bellwether_store.success_factor.is_met is 'Whether the target is reached; null while open.';
comment on column bellwether_store.success_factor.owner_id is 'The id of the person who tracks it.';
comment on column bellwether_store.success_factor.follow_up_opportunity_id is 'The id of the further deal that it led to.';
