-- bellwether.stage_outcome: what a stage makes of the deals in it, as of the day read.
-- Grain:  one row a source and stage id.
-- Reads:  bellwether.stage
-- Nulls:  kind null = the word is none of open, won, lost, no_decision; category null = none, or the kind is no such word.

create view bellwether.stage_outcome with (security_invoker = true) as
select
    stage.source,
    stage.id,
    stage.name,
    stage.position,
    -- A word that is none of these makes no deal won, lost or sure.
    case when stage.kind in ('open', 'won', 'lost', 'no_decision') then stage.kind end as kind,
    case when coalesce(stage.kind, 'open') in ('open', 'won', 'lost', 'no_decision') then stage.category end
        as category
from bellwether.stage;

comment on view bellwether.stage_outcome is
    'One row a stage as of the day read: what it makes of the deals in it.';
comment on column bellwether.stage_outcome.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether.stage_outcome.id is 'The stage''s id.';
comment on column bellwether.stage_outcome.name is 'Its name.';
comment on column bellwether.stage_outcome.position is 'Its place in the order of the stages.';
comment on column bellwether.stage_outcome.kind is 'open, won, lost or no_decision; null for any other word.';
comment on column bellwether.stage_outcome.category is 'The forecast category of deals for which the CRM gives none.';
