-- lead: a lead: interest that is no deal yet; without names and addresses, which no indicator needs.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  score in the CRM's own points.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `lead`.

create table bellwether_store.lead (
    like bellwether_store.version_frame including defaults including constraints including comments,
    owner_id text,
    lead_source text,
    campaign_id text,
    status text,
    score numeric,
    score_band text,
    industry text,
    segment text,
    region text,
    country text,
    employees integer,
    annual_revenue numeric,
    product_id text,
    created_date date,
    handed_over_at timestamptz,
    handed_over_to_id text,
    first_touched_at timestamptz,
    qualified_date date,
    is_converted boolean,
    converted_date date,
    opportunity_id text,
    account_id text,
    contact_id text,
    disqualified_date date,
    disqualify_reason text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.lead is 'Versions of a lead: interest that is no deal yet; without names and addresses, which no indicator needs.';
comment on column bellwether_store.lead.owner_id is 'The id of the person who works on it.';
comment on column bellwether_store.lead.lead_source is 'Where it came from, in the CRM''s words.';
comment on column bellwether_store.lead.campaign_id is 'The id of the campaign that brought it.';
comment on column bellwether_store.lead.status is 'Its status in the CRM''s words.';
comment on column bellwether_store.lead.score is 'The qualification score.';
comment on column bellwether_store.lead.score_band is 'The band or grade of the score in the CRM''s words: A, hot …';
comment on column bellwether_store.lead.industry is 'The industry in the CRM''s words.';
comment on column bellwether_store.lead.segment is 'The segment in the CRM''s words.';
comment on column bellwether_store.lead.region is 'The region in the CRM''s words.';
comment on column bellwether_store.lead.country is 'The country in the CRM''s words.';
comment on column bellwether_store.lead.employees is 'The number of employees of the prospect.';
comment on column bellwether_store.lead.annual_revenue is 'The prospect''s revenue a year as the CRM gives it.';
comment on column bellwether_store.lead.product_id is 'The id of the product that it asks about.';
comment on column bellwether_store.lead.created_date is 'The day on which it was created in the CRM.';
comment on column bellwether_store.lead.handed_over_at is 'When marketing handed it over to sales.';
comment on column bellwether_store.lead.handed_over_to_id is 'The id of the person to whom it was handed over.';
comment on column bellwether_store.lead.first_touched_at is 'When sales first answered it.';
comment on column bellwether_store.lead.qualified_date is 'The day on which it was taken as qualified.';
comment on column bellwether_store.lead.is_converted is 'Whether the CRM calls it converted; null when it does not say.';
comment on column bellwether_store.lead.converted_date is 'The day on which it became a deal, account or contact.';
comment on column bellwether_store.lead.opportunity_id is 'The id of the deal that it became.';
comment on column bellwether_store.lead.account_id is 'The id of the account that it became.';
comment on column bellwether_store.lead.contact_id is 'The id of the contact that it became.';
comment on column bellwether_store.lead.disqualified_date is 'The day on which it was given up.';
comment on column bellwether_store.lead.disqualify_reason is 'Why it was given up, in the CRM''s words.';
