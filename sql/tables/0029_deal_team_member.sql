-- deal_team_member: a person who works on a deal beside its owner.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `deal_team_member`.

create table bellwether_store.deal_team_member (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    person_id text,
    role text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.deal_team_member is 'Versions of a person who works on a deal beside its owner.';
comment on column bellwether_store.deal_team_member.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.deal_team_member.person_id is 'The id of the person.';
comment on column bellwether_store.deal_team_member.role is 'The person''s part in the deal, in the CRM''s words.';
