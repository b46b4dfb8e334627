-- stage: a stage of the sales process and what it stands for.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  position counts from 1.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `stage`.

create table bellwether_store.stage (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    position integer,
    kind text,
    category text,
    primary key (source, id, valid_from, loaded_in)
);

create unique index stage_one_current on bellwether_store.stage (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.stage is 'Versions of a stage of the sales process and what it stands for.';
comment on column bellwether_store.stage.name is 'The stage''s name.';
comment on column bellwether_store.stage.position is 'Its place in the process, from 1.';
comment on column bellwether_store.stage.kind is 'What a deal in it is: open, won, lost or no_decision.';
comment on column bellwether_store.stage.category is 'The forecast category that a deal in it has unless the CRM says otherwise: commit, best_case, pipeline, omitted or closed.';
