-- skill_goal: a skill that a person is to learn.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  levels in the company's own scale.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `skill_goal`.

create table bellwether_store.skill_goal (
    like bellwether_store.version_frame including defaults including constraints including comments,
    person_id text,
    coach_id text,
    skill text,
    milestone_id text,
    current_level numeric,
    target_level numeric,
    set_date date,
    due_date date,
    met_date date,
    note text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.skill_goal is 'Versions of a skill that a person is to learn.';
comment on column bellwether_store.skill_goal.person_id is 'The id of the person who learns.';
comment on column bellwether_store.skill_goal.coach_id is 'The id of the person who helps.';
comment on column bellwether_store.skill_goal.skill is 'What is to be learnt.';
comment on column bellwether_store.skill_goal.milestone_id is 'The id of the milestone that it is to help with; null for none.';
comment on column bellwether_store.skill_goal.current_level is 'How well the person does it now.';
comment on column bellwether_store.skill_goal.target_level is 'How well the person is to do it.';
comment on column bellwether_store.skill_goal.set_date is 'The day on which the goal was set.';
comment on column bellwether_store.skill_goal.due_date is 'The day by which it is due.';
comment on column bellwether_store.skill_goal.met_date is 'The day on which it was reached; null while open.';
comment on column bellwether_store.skill_goal.note is 'What was noted about it, in the writer''s words.';
