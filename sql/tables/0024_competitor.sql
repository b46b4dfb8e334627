-- competitor: a rival, or the prospect's choice to do nothing.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `competitor`.

create table bellwether_store.competitor (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    is_no_action boolean,
    strengths text,
    weaknesses text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.competitor is 'Versions of a rival, or the prospect''s choice to do nothing.';
comment on column bellwether_store.competitor.name is 'The competitor''s name.';
comment on column bellwether_store.competitor.is_no_action is 'Whether it stands for taking no action, the rival of every deal.';
comment on column bellwether_store.competitor.strengths is 'What it is strong at.';
comment on column bellwether_store.competitor.weaknesses is 'What it is weak at.';
