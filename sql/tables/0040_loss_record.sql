-- loss_record: why a deal was lost: what the seller said, and what a review found.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `loss_record`.

create table bellwether_store.loss_record (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    outcome text,
    lost_date date,
    from_stage_id text,
    competitor_id text,
    reason text,
    no_decision_kind text,
    is_outsold boolean,
    reviewed_reason text,
    is_reviewed_outsold boolean,
    reviewed_by_id text,
    reviewed_date date,
    is_winnable_again boolean,
    note text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.loss_record is 'Versions of why a deal was lost: what the seller said, and what a review found.';
comment on column bellwether_store.loss_record.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.loss_record.outcome is 'lost, no_decision or disqualified.';
comment on column bellwether_store.loss_record.lost_date is 'The day on which it was lost.';
comment on column bellwether_store.loss_record.from_stage_id is 'The id of the stage from which it was lost.';
comment on column bellwether_store.loss_record.competitor_id is 'The id of the competitor that won; null for none.';
comment on column bellwether_store.loss_record.reason is 'The reason that the seller gave.';
comment on column bellwether_store.loss_record.no_decision_kind is 'Why nobody decided: no budget, no need, no consensus, no urgency, no answer …';
comment on column bellwether_store.loss_record.is_outsold is 'Whether we were outsold, as the seller says.';
comment on column bellwether_store.loss_record.reviewed_reason is 'The reason that the review found.';
comment on column bellwether_store.loss_record.is_reviewed_outsold is 'Whether we were outsold, as the review says.';
comment on column bellwether_store.loss_record.reviewed_by_id is 'The id of the person who reviewed it.';
comment on column bellwether_store.loss_record.reviewed_date is 'The day of the review.';
comment on column bellwether_store.loss_record.is_winnable_again is 'Whether it is worth another try.';
comment on column bellwether_store.loss_record.note is 'What was noted about it, in the writer''s words.';
