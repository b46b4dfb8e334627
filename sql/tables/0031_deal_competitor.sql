-- deal_competitor: a competitor in a deal.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `deal_competitor`.

create table bellwether_store.deal_competitor (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    competitor_id text,
    is_incumbent boolean,
    strengths text,
    weaknesses text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.deal_competitor is 'Versions of a competitor in a deal.';
comment on column bellwether_store.deal_competitor.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.deal_competitor.competitor_id is 'The id of the competitor, in most CRMs its name.';
comment on column bellwether_store.deal_competitor.is_incumbent is 'Whether the account has the competitor''s product already.';
comment on column bellwether_store.deal_competitor.strengths is 'What it is strong at in this deal.';
comment on column bellwether_store.deal_competitor.weaknesses is 'What it is weak at in this deal.';
