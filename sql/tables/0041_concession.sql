-- concession: something given away in a negotiation, and what for.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amounts in `currency`; discount_percent 0 to 100.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `concession`.

create table bellwether_store.concession (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    opportunity_line_id text,
    kind text,
    list_price numeric,
    discount_percent numeric,
    amount numeric,
    currency text,
    traded_for text,
    offered_date date,
    agreed_date date,
    offered_by_id text,
    approved_by_id text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.concession is 'Versions of something given away in a negotiation, and what for.';
comment on column bellwether_store.concession.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.concession.opportunity_line_id is 'The id of the line; null for the whole deal.';
comment on column bellwether_store.concession.kind is 'What was given: discount, payment term, free service, scope …';
comment on column bellwether_store.concession.list_price is 'The price before it.';
comment on column bellwether_store.concession.discount_percent is 'The discount in percent of that price.';
comment on column bellwether_store.concession.amount is 'What it is worth.';
comment on column bellwether_store.concession.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.concession.traded_for is 'What was given in return; null for nothing.';
comment on column bellwether_store.concession.offered_date is 'The day on which it was offered.';
comment on column bellwether_store.concession.agreed_date is 'The day on which it was agreed; null while open.';
comment on column bellwether_store.concession.offered_by_id is 'The id of the person who offered it.';
comment on column bellwether_store.concession.approved_by_id is 'The id of the person who approved it.';
