-- campaign_spend: money spent on finding leads.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amounts in `currency`.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `campaign_spend`.

create table bellwether_store.campaign_spend (
    like bellwether_store.version_frame including defaults including constraints including comments,
    campaign_id text,
    campaign text,
    channel text,
    start_date date,
    end_date date,
    amount numeric,
    budget numeric,
    currency text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.campaign_spend is 'Versions of money spent on finding leads.';
comment on column bellwether_store.campaign_spend.campaign_id is 'The id of the campaign.';
comment on column bellwether_store.campaign_spend.campaign is 'The campaign''s name.';
comment on column bellwether_store.campaign_spend.channel is 'The channel in the CRM''s words: webinar, fair, search …';
comment on column bellwether_store.campaign_spend.start_date is 'The first day that the money is for.';
comment on column bellwether_store.campaign_spend.end_date is 'The last day that the money is for.';
comment on column bellwether_store.campaign_spend.amount is 'What was spent.';
comment on column bellwether_store.campaign_spend.budget is 'What was planned to be spent.';
comment on column bellwether_store.campaign_spend.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
