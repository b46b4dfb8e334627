-- call: the sources of the node and of the person, for calls that come from elsewhere than the organisation does.
-- Units:  no numbers.

alter table bellwether_store.call
    add column node_source text,
    add column submitted_by_source text;

comment on column bellwether_store.call.node_kind is 'Whose number it is: company, team, person, or lead for the team that the person leads.';
comment on column bellwether_store.call.node_source is 'The source of that team or person; null for the call''s own.';
comment on column bellwether_store.call.submitted_by_source is 'The source of the person who submitted it; null for the call''s own.';
