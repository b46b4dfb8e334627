-- bellwether.milestone_claim_history: every span of days over which the CRM said the same of the claim that a deal has reached a milestone, with its evidence.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.milestone_claim
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.milestone_claim_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
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
        else true
    end;

comment on view bellwether.milestone_claim_history is
    'One row a span of days over which the CRM said the same of the claim that a deal has reached a milestone, with its evidence, at the load read.';
