-- person: a person who owns deals or leads a team.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `person`.

create table bellwether_store.person (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    email text,
    title text,
    team_id text,
    manager_id text,
    is_active boolean,
    start_date date,
    end_date date,
    primary key (source, id, valid_from, loaded_in)
);

create unique index person_one_current on bellwether_store.person (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.person is 'Versions of a person who owns deals or leads a team.';
comment on column bellwether_store.person.name is 'The person''s name.';
comment on column bellwether_store.person.email is 'The person''s e-mail address.';
comment on column bellwether_store.person.title is 'The person''s title.';
comment on column bellwether_store.person.team_id is 'The id of the team to which the person belongs.';
comment on column bellwether_store.person.manager_id is 'The id of the person''s manager.';
comment on column bellwether_store.person.is_active is 'Whether the CRM calls the person active; null when it does not say.';
comment on column bellwether_store.person.start_date is 'The person''s first day.';
comment on column bellwether_store.person.end_date is 'The person''s last day.';
