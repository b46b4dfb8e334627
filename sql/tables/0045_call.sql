-- call: a submitted forecast number: a call.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amounts in `currency`.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `call`.

create table bellwether_store.call (
    like bellwether_store.version_frame including defaults including constraints including comments,
    node_kind text,
    node_id text,
    period text,
    category text,
    kind text,
    basis text,
    business_line text,
    measure text,
    amount numeric,
    currency text,
    calculated_amount numeric,
    submitted_at timestamptz,
    submitted_by_id text,
    withdrawn_at timestamptz,
    note text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.call is 'Versions of a submitted forecast number: a call.';
comment on column bellwether_store.call.node_kind is 'Whose number it is: company, team or person.';
comment on column bellwether_store.call.node_id is 'The id of that team or person; null for the company.';
comment on column bellwether_store.call.period is 'The label of the period that it is for, such as FY2026Q4, or the id of a loaded fiscal period.';
comment on column bellwether_store.call.category is 'Of what it speaks: closed, commit, most_likely, best_case or pipeline.';
comment on column bellwether_store.call.kind is 'own: the node''s own submission. override: set by somebody above in its place.';
comment on column bellwether_store.call.basis is 'cumulative: where the period lands, closed included (when not stated). exclusive: that category alone.';
comment on column bellwether_store.call.business_line is 'The part of the business: new, expansion, renewal, a product, a region; null for all of it.';
comment on column bellwether_store.call.measure is 'What is forecast: bookings unless the file says otherwise.';
comment on column bellwether_store.call.amount is 'The number that was called; null for one that was taken back.';
comment on column bellwether_store.call.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.call.calculated_amount is 'What the deals said when it was submitted; null when not kept.';
comment on column bellwether_store.call.submitted_at is 'When it was submitted.';
comment on column bellwether_store.call.submitted_by_id is 'The id of the person who submitted it.';
comment on column bellwether_store.call.withdrawn_at is 'When it was taken back; null while it stands.';
comment on column bellwether_store.call.note is 'What was noted about it, in the writer''s words.';
