-- bellwether.finding: what is loaded as it stands but needs a look, as of the day read.
-- Grain:  one row a record and code.
-- Reads:  bellwether.record_finding, part_finding, plan_finding
-- Notes:  `value` is the reference or number at fault; null where something is missing.

create view bellwether.finding with (security_invoker = true) as
select record_finding.source, record_finding.entity, record_finding.id, record_finding.code, record_finding.value
from bellwether.record_finding
union all
select part_finding.source, part_finding.entity, part_finding.id, part_finding.code, part_finding.value
from bellwether.part_finding
union all
select plan_finding.source, plan_finding.entity, plan_finding.id, plan_finding.code, plan_finding.value
from bellwether.plan_finding;

comment on view bellwether.finding is
    'One row a record and code: loaded as it stands, shown in answers as unassigned or unmapped, needs a look.';
comment on column bellwether.finding.entity is 'The entity of the record.';
comment on column bellwether.finding.code is 'What is to be looked at: owner_unknown, stage_unmapped, amount_negative …';
comment on column bellwether.finding.value is 'The reference or number at fault.';
