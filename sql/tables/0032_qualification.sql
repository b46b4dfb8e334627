-- qualification: what is known of one criterion of a deal's qualification.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  score in the CRM's own points.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `qualification`.

create table bellwether_store.qualification (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    criterion text,
    is_met boolean,
    score numeric,
    evidence text,
    assessed_date date,
    assessed_by_id text,
    note text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.qualification is 'Versions of what is known of one criterion of a deal''s qualification.';
comment on column bellwether_store.qualification.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.qualification.criterion is 'What is asked: functional, financial, political, or a criterion of the company''s own.';
comment on column bellwether_store.qualification.is_met is 'Whether it is met; null while unknown.';
comment on column bellwether_store.qualification.score is 'How well it is met.';
comment on column bellwether_store.qualification.evidence is 'What shows it.';
comment on column bellwether_store.qualification.assessed_date is 'The day on which it was judged.';
comment on column bellwether_store.qualification.assessed_by_id is 'The id of the person who judged.';
comment on column bellwether_store.qualification.note is 'What was noted about it, in the writer''s words.';
