-- team: a team: a node of the organisation's tree.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `team`.

create table bellwether_store.team (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    parent_id text,
    lead_id text,
    primary key (source, id, valid_from, loaded_in)
);

create unique index team_one_current on bellwether_store.team (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.team is 'Versions of a team.';
comment on column bellwether_store.team.name is 'The team''s name.';
comment on column bellwether_store.team.parent_id is 'The id of the team above it; null for a team directly below the company.';
comment on column bellwether_store.team.lead_id is 'The id of the person who leads it; null while vacant.';
