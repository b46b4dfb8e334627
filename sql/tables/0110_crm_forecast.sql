-- crm_forecast: what the CRM's own forecast adds up for a node, period and category.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amounts in `currency`.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `crm_forecast`.
-- Notes:  sums of the CRM's making, which nobody submitted: they are compared with, and enter no sum.

create table bellwether_store.crm_forecast (
    like bellwether_store.version_frame including defaults including constraints including comments,
    node_kind text,
    node_id text,
    period text,
    category text,
    basis text,
    business_line text,
    measure text,
    calculated_amount numeric,
    own_amount numeric,
    submitted_amount numeric,
    amount numeric,
    currency text,
    is_submitted boolean,
    is_overridden boolean,
    updated_at timestamptz,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.crm_forecast is 'Versions of what the CRM''s own forecast adds up for a node, period and category.';
comment on column bellwether_store.crm_forecast.node_kind is 'Whose number it is: company, team, person, or lead for the team that the person leads.';
comment on column bellwether_store.crm_forecast.node_id is 'The id of that team or person; null for the company.';
comment on column bellwether_store.crm_forecast.period is 'The label of the period that it is for, such as FY2026Q4, or the id of a loaded fiscal period.';
comment on column bellwether_store.crm_forecast.category is 'Of what it speaks: closed, commit, most_likely, best_case or pipeline.';
comment on column bellwether_store.crm_forecast.basis is 'cumulative: with all that is surer. exclusive: that category alone. open: with all that is surer but closed.';
comment on column bellwether_store.crm_forecast.business_line is 'The part of the business; null for all of it.';
comment on column bellwether_store.crm_forecast.measure is 'What is forecast: bookings unless the file says otherwise.';
comment on column bellwether_store.crm_forecast.calculated_amount is 'What the deals of the node and of those below add up to, without anybody''s adjustment.';
comment on column bellwether_store.crm_forecast.own_amount is 'What the node''s own deals add up to, without those of the nodes below.';
comment on column bellwether_store.crm_forecast.submitted_amount is 'As the node''s owner sees it: with the owner''s adjustments and those below, without those from above.';
comment on column bellwether_store.crm_forecast.amount is 'With all adjustments.';
comment on column bellwether_store.crm_forecast.currency is 'ISO 4217 code of the amounts'' currency; null for the company''s.';
comment on column bellwether_store.crm_forecast.is_submitted is 'Whether the node''s owner has adjusted it.';
comment on column bellwether_store.crm_forecast.is_overridden is 'Whether somebody above has adjusted it.';
comment on column bellwether_store.crm_forecast.updated_at is 'When the CRM added it up.';
