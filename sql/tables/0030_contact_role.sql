-- contact_role: a contact's part in a deal; without names and addresses, which no indicator needs.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `contact_role`.

create table bellwether_store.contact_role (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    contact_id text,
    role text,
    is_primary boolean,
    is_decision_maker boolean,
    stance text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.contact_role is 'Versions of a contact''s part in a deal; without names and addresses, which no indicator needs.';
comment on column bellwether_store.contact_role.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.contact_role.contact_id is 'The id of the contact.';
comment on column bellwether_store.contact_role.role is 'The contact''s part in the deal, in the CRM''s words: economic buyer, champion …';
comment on column bellwether_store.contact_role.is_primary is 'Whether the contact is the deal''s main one.';
comment on column bellwether_store.contact_role.is_decision_maker is 'Whether the contact can say yes; null when not stated.';
comment on column bellwether_store.contact_role.stance is 'For or against us, in the writer''s words.';
