-- territory_plan: the plan for a territory and period.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amount in `currency`.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `territory_plan`.

create table bellwether_store.territory_plan (
    like bellwether_store.version_frame including defaults including constraints including comments,
    territory_id text,
    name text,
    node_kind text,
    node_id text,
    period text,
    status text,
    amount numeric,
    currency text,
    updated_date date,
    review_date date,
    goal text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.territory_plan is 'Versions of the plan for a territory and period.';
comment on column bellwether_store.territory_plan.territory_id is 'The id of the territory, as accounts name it.';
comment on column bellwether_store.territory_plan.name is 'The territory''s name.';
comment on column bellwether_store.territory_plan.node_kind is 'Whose it is: team or person.';
comment on column bellwether_store.territory_plan.node_id is 'The id of that team or person.';
comment on column bellwether_store.territory_plan.period is 'The label of the period, such as FY2026Q4.';
comment on column bellwether_store.territory_plan.status is 'Its status in the CRM''s words: draft, agreed …';
comment on column bellwether_store.territory_plan.amount is 'What the territory is to bring.';
comment on column bellwether_store.territory_plan.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.territory_plan.updated_date is 'The day on which the plan was last worked on.';
comment on column bellwether_store.territory_plan.review_date is 'The day of the next review.';
comment on column bellwether_store.territory_plan.goal is 'What is to be reached, in the writer''s words.';
