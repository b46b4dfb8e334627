-- account_plan: the plan for an account and period.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amounts in `currency`.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `account_plan`.

create table bellwether_store.account_plan (
    like bellwether_store.version_frame including defaults including constraints including comments,
    account_id text,
    owner_id text,
    period text,
    status text,
    amount numeric,
    potential numeric,
    currency text,
    updated_date date,
    review_date date,
    goal text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.account_plan is 'Versions of the plan for an account and period.';
comment on column bellwether_store.account_plan.account_id is 'The id of the account.';
comment on column bellwether_store.account_plan.owner_id is 'The id of the person who answers for it.';
comment on column bellwether_store.account_plan.period is 'The label of the period, such as FY2026Q4.';
comment on column bellwether_store.account_plan.status is 'Its status in the CRM''s words: draft, agreed …';
comment on column bellwether_store.account_plan.amount is 'What the account is to bring.';
comment on column bellwether_store.account_plan.potential is 'What the account could bring.';
comment on column bellwether_store.account_plan.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.account_plan.updated_date is 'The day on which the plan was last worked on.';
comment on column bellwether_store.account_plan.review_date is 'The day of the next review.';
comment on column bellwether_store.account_plan.goal is 'What is to be reached, in the writer''s words.';
