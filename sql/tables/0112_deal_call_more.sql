-- deal_call: the sources of the deal and of the person, for calls that come from elsewhere than the deal does.
-- Units:  no numbers.

alter table bellwether_store.deal_call
    add column opportunity_source text,
    add column submitted_by_source text;

comment on column bellwether_store.deal_call.opportunity_source is 'The source of the deal; null for the call''s own.';
comment on column bellwether_store.deal_call.submitted_by_source is 'The source of the person who said it; null for the call''s own.';
