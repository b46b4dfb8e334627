-- stage: what the stages of several processes stand for.
-- Units:  probability 0 to 100 as the CRM gives it.

alter table bellwether_store.stage
    add column pipeline_id text,
    add column is_qualified boolean,
    add column probability numeric;

comment on column bellwether_store.stage.pipeline_id is 'The id of the sales process to which it belongs, where there are several.';
comment on column bellwether_store.stage.is_qualified is 'Whether a deal in it counts as qualified; null leaves it to the rule.';
comment on column bellwether_store.stage.probability is 'The CRM''s probability of a deal in it, in percent.';
