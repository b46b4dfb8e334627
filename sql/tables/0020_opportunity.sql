-- opportunity: a deal that is, was or might be sold.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amount in `currency`; probability 0 to 100 as the CRM gives it.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `opportunity`.

create table bellwether_store.opportunity (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    account_id text,
    owner_id text,
    product_id text,
    stage_id text,
    forecast_category text,
    amount numeric,
    currency text,
    close_date date,
    created_date date,
    type text,
    lead_source text,
    next_step text,
    loss_reason text,
    is_closed boolean,
    is_won boolean,
    probability numeric,
    primary key (source, id, valid_from, loaded_in)
);

create unique index opportunity_one_current on bellwether_store.opportunity (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.opportunity is 'Versions of a deal that is, was or might be sold.';
comment on column bellwether_store.opportunity.name is 'The deal''s name.';
comment on column bellwether_store.opportunity.account_id is 'The id of the account.';
comment on column bellwether_store.opportunity.owner_id is 'The id of the person who owns it.';
comment on column bellwether_store.opportunity.product_id is 'The id of the main product.';
comment on column bellwether_store.opportunity.stage_id is 'The id of the stage, in most CRMs its name.';
comment on column bellwether_store.opportunity.forecast_category is 'The category that the CRM gives it: commit, best_case, pipeline, omitted, closed, or a word that the mapping does not know; null leaves it to the stage.';
comment on column bellwether_store.opportunity.amount is 'The deal''s amount; null when not entered, which is not zero.';
comment on column bellwether_store.opportunity.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.opportunity.close_date is 'The day on which it closed or is expected to close.';
comment on column bellwether_store.opportunity.created_date is 'The day on which it was created in the CRM.';
comment on column bellwether_store.opportunity.type is 'The kind of business in the CRM''s words: new, expansion, renewal …';
comment on column bellwether_store.opportunity.lead_source is 'Where it came from, in the CRM''s words.';
comment on column bellwether_store.opportunity.next_step is 'The next step as the owner wrote it.';
comment on column bellwether_store.opportunity.loss_reason is 'Why it was lost, in the CRM''s words.';
comment on column bellwether_store.opportunity.is_closed is 'Whether the CRM calls it closed; null leaves it to the stage.';
comment on column bellwether_store.opportunity.is_won is 'Whether the CRM calls it won; null leaves it to the stage.';
comment on column bellwether_store.opportunity.probability is 'The CRM''s probability in percent.';
