-- Schemas: the store of versions, and room for the analysts' own work.
-- The public schema `bellwether` holds views and functions only and is made anew by each upgrade.

create schema bellwether_store;
create schema analysis;

comment on schema bellwether_store is
    'Bellwether''s own tables: versions, loads, marks, rejects. Read them through the views of schema bellwether.';
comment on schema analysis is
    'The analysts'' own views and tables. An upgrade leaves them in place and puts views back on the new definitions.';
