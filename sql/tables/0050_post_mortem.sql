-- post_mortem: what was learnt from a deal that is over.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `post_mortem`.

create table bellwether_store.post_mortem (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    outcome text,
    stage_id text,
    held_date date,
    led_by_id text,
    cause text,
    lesson text,
    milestone_id text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.post_mortem is 'Versions of what was learnt from a deal that is over.';
comment on column bellwether_store.post_mortem.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.post_mortem.outcome is 'won, lost or no_decision.';
comment on column bellwether_store.post_mortem.stage_id is 'The id of the stage in which it was decided.';
comment on column bellwether_store.post_mortem.held_date is 'The day of the review.';
comment on column bellwether_store.post_mortem.led_by_id is 'The id of the person who led it.';
comment on column bellwether_store.post_mortem.cause is 'What decided it.';
comment on column bellwether_store.post_mortem.lesson is 'What to do otherwise, or again.';
comment on column bellwether_store.post_mortem.milestone_id is 'The id of the milestone that was missing; null for none.';
