-- person: what capacity and ramp are reckoned from.
-- Units:  no numbers.

alter table bellwether_store.person
    add column role text,
    add column role_start_date date,
    add column ramped_date date,
    add column is_quota_carrying boolean,
    add column region text;

comment on column bellwether_store.person.role is 'The person''s role in the CRM''s words.';
comment on column bellwether_store.person.role_start_date is 'The first day in that role.';
comment on column bellwether_store.person.ramped_date is 'The day from which the person carries a full quota; null leaves it to the rule.';
comment on column bellwether_store.person.is_quota_carrying is 'Whether the person has a quota; null when not stated.';
comment on column bellwether_store.person.region is 'The region in the CRM''s words.';
