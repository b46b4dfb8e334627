-- milestone_claim: the claim that a deal has reached a milestone, with its evidence.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `milestone_claim`.

create table bellwether_store.milestone_claim (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    milestone_id text,
    claimed_by_id text,
    reached_date date,
    logged_at timestamptz,
    evidence_kind text,
    evidence text,
    evidence_date date,
    verified_by_id text,
    verified_date date,
    withdrawn_date date,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.milestone_claim is 'Versions of the claim that a deal has reached a milestone, with its evidence.';
comment on column bellwether_store.milestone_claim.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.milestone_claim.milestone_id is 'The id of the milestone.';
comment on column bellwether_store.milestone_claim.claimed_by_id is 'The id of the person who claims it.';
comment on column bellwether_store.milestone_claim.reached_date is 'The day on which it was reached.';
comment on column bellwether_store.milestone_claim.logged_at is 'When the claim was entered.';
comment on column bellwether_store.milestone_claim.evidence_kind is 'What proves it: a document, an e-mail, a meeting held …; null for a bare claim.';
comment on column bellwether_store.milestone_claim.evidence is 'Where the evidence is.';
comment on column bellwether_store.milestone_claim.evidence_date is 'The day of the evidence.';
comment on column bellwether_store.milestone_claim.verified_by_id is 'The id of the person who checked it.';
comment on column bellwether_store.milestone_claim.verified_date is 'The day on which it was checked.';
comment on column bellwether_store.milestone_claim.withdrawn_date is 'The day on which the claim was taken back; null while it stands.';
