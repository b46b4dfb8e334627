-- plan_line: a planned amount: a quota, budget, target or guidance of a node and period.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amount in `currency`.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `plan_line`.

create table bellwether_store.plan_line (
    like bellwether_store.version_frame including defaults including constraints including comments,
    kind text,
    node_kind text,
    node_id text,
    period text,
    business_line text,
    measure text,
    amount numeric,
    currency text,
    confidence numeric,
    primary key (source, id, valid_from, loaded_in)
);

create unique index plan_line_one_current on bellwether_store.plan_line (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.plan_line is 'Versions of a planned amount.';
comment on column bellwether_store.plan_line.kind is 'quota, budget, target or guidance.';
comment on column bellwether_store.plan_line.node_kind is 'Whose it is: company, team or person.';
comment on column bellwether_store.plan_line.node_id is 'The id of that team or person; null for the company.';
comment on column bellwether_store.plan_line.period is 'The period''s label, such as FY2026Q4.';
comment on column bellwether_store.plan_line.business_line is 'The part of the business: new, expansion, renewal, a product, a region; null for all of it.';
comment on column bellwether_store.plan_line.measure is 'What is planned: bookings unless the file says otherwise.';
comment on column bellwether_store.plan_line.amount is 'The planned amount.';
comment on column bellwether_store.plan_line.currency is 'ISO 4217 code of its currency; null for the company''s.';
comment on column bellwether_store.plan_line.confidence is 'The probability with which the plan expects it, 0 to 1; null when not stated.';
