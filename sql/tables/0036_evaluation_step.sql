-- evaluation_step: a step of the evaluation plan that seller and buyer agreed on.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  position counts from 1.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `evaluation_step`.

create table bellwether_store.evaluation_step (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    position integer,
    name text,
    is_buyer_action boolean,
    agreed_date date,
    contact_id text,
    due_date date,
    done_date date,
    evidence text,
    evidence_date date,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.evaluation_step is 'Versions of a step of the evaluation plan that seller and buyer agreed on.';
comment on column bellwether_store.evaluation_step.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.evaluation_step.position is 'Its place in the plan, from 1.';
comment on column bellwether_store.evaluation_step.name is 'What will be done.';
comment on column bellwether_store.evaluation_step.is_buyer_action is 'Whether the buyer does it, not the seller.';
comment on column bellwether_store.evaluation_step.agreed_date is 'The day on which the buyer agreed to it; null for a wish of the seller''s.';
comment on column bellwether_store.evaluation_step.contact_id is 'The id of the contact who agreed.';
comment on column bellwether_store.evaluation_step.due_date is 'The agreed day.';
comment on column bellwether_store.evaluation_step.done_date is 'The day on which it was done; null while open.';
comment on column bellwether_store.evaluation_step.evidence is 'What shows that it was done.';
comment on column bellwether_store.evaluation_step.evidence_date is 'The day of the evidence.';
