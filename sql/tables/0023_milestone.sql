-- milestone: a milestone of the sales process: what must have happened, and what proves it.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  position counts from 1, usual_days are calendar days.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `milestone`.

create table bellwether_store.milestone (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    description text,
    stage_id text,
    position integer,
    evidence_kind text,
    is_required boolean,
    is_buyer_action boolean,
    usual_days integer,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.milestone is 'Versions of a milestone of the sales process: what must have happened, and what proves it.';
comment on column bellwether_store.milestone.name is 'The milestone''s name.';
comment on column bellwether_store.milestone.description is 'What must have happened, so that two people would agree that it has.';
comment on column bellwether_store.milestone.stage_id is 'The id of the stage that it supports.';
comment on column bellwether_store.milestone.position is 'Its place in the process, from 1.';
comment on column bellwether_store.milestone.evidence_kind is 'What proves it: a document, an e-mail, a meeting held, a confirmed action …';
comment on column bellwether_store.milestone.is_required is 'Whether the stage is not reached without it.';
comment on column bellwether_store.milestone.is_buyer_action is 'Whether the buyer does it, not the seller.';
comment on column bellwether_store.milestone.usual_days is 'How many days it usually takes.';
