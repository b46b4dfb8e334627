-- opportunity_split: a person's share of a deal's credit.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  percent 0 to 100; amount in `currency`.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `opportunity_split`.

create table bellwether_store.opportunity_split (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    person_id text,
    kind text,
    percent numeric,
    amount numeric,
    currency text,
    note text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.opportunity_split is 'Versions of a person''s share of a deal''s credit.';
comment on column bellwether_store.opportunity_split.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.opportunity_split.person_id is 'The id of the person who gets the credit.';
comment on column bellwether_store.opportunity_split.kind is 'revenue: shares of a deal add up to 100 percent. overlay: credit beside it, counted apart.';
comment on column bellwether_store.opportunity_split.percent is 'The share in percent; null when only an amount is stated.';
comment on column bellwether_store.opportunity_split.amount is 'The credited amount as the CRM gives it; null leaves it to the percentage.';
comment on column bellwether_store.opportunity_split.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.opportunity_split.note is 'What was noted about it, in the writer''s words.';
