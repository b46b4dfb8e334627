-- close_plan_item: a step of a deal's close plan.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  position counts from 1.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `close_plan_item`.

create table bellwether_store.close_plan_item (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    position integer,
    name text,
    owner_id text,
    due_date date,
    done_date date,
    obstacle text,
    is_obstacle_cleared boolean,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.close_plan_item is 'Versions of a step of a deal''s close plan.';
comment on column bellwether_store.close_plan_item.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.close_plan_item.position is 'Its place in the plan, from 1.';
comment on column bellwether_store.close_plan_item.name is 'What must be done.';
comment on column bellwether_store.close_plan_item.owner_id is 'The id of the person who does it.';
comment on column bellwether_store.close_plan_item.due_date is 'The day by which it is due.';
comment on column bellwether_store.close_plan_item.done_date is 'The day on which it was done; null while open.';
comment on column bellwether_store.close_plan_item.obstacle is 'What stands in the way.';
comment on column bellwether_store.close_plan_item.is_obstacle_cleared is 'Whether the obstacle is out of the way; null when there is none.';
