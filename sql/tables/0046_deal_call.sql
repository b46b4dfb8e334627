-- deal_call: what a person commits to for one deal.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amount in `currency`.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `deal_call`.

create table bellwether_store.deal_call (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    level text,
    kind text,
    amount numeric,
    currency text,
    close_date date,
    submitted_at timestamptz,
    submitted_by_id text,
    reason text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.deal_call is 'Versions of what a person commits to for one deal.';
comment on column bellwether_store.deal_call.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.deal_call.level is 'How sure: commit, best_case, pipeline or omitted.';
comment on column bellwether_store.deal_call.kind is 'own: by the deal''s owner. override: by somebody above.';
comment on column bellwether_store.deal_call.amount is 'The amount that the person commits to.';
comment on column bellwether_store.deal_call.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.deal_call.close_date is 'The day on which the person says that it will close.';
comment on column bellwether_store.deal_call.submitted_at is 'When it was said.';
comment on column bellwether_store.deal_call.submitted_by_id is 'The id of the person who said it.';
comment on column bellwether_store.deal_call.reason is 'Why, in the person''s words.';
