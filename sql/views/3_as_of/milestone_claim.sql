-- bellwether.milestone_claim: the claim that a deal has reached a milestone, with its evidence, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.milestone_claim
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.milestone_claim with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
    version.opportunity_id,
    version.milestone_id,
    version.claimed_by_id,
    version.reached_date,
    version.logged_at,
    version.evidence_kind,
    version.evidence,
    version.evidence_date,
    version.verified_by_id,
    version.verified_date,
    version.withdrawn_date,
    version.extra
from bellwether_store.milestone_claim as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.milestone_claim is 'One row a source and id: the claim that a deal has reached a milestone, with its evidence, as of the day read.';
comment on column bellwether.milestone_claim.unchanged_since is 'The day since which the CRM has said the same.';
