-- opportunity: the recurring amount and the day of the next step.
-- Units:  annual_amount in `currency`.

alter table bellwether_store.opportunity
    add column annual_amount numeric,
    add column next_step_date date;

comment on column bellwether_store.opportunity.annual_amount is 'The recurring part of one year (ARR); null when the CRM does not say.';
comment on column bellwether_store.opportunity.next_step_date is 'The day for which the next step is planned.';
