-- Forecast summaries by team: the cells of a summary without an owner who is known, found without the others.
-- Grain:  as in 0161; beside a known owner's cells, which have owner_id, there are now those of each team's known people
--         together, without owner_id.
-- Source: bellwether summarise, after a load and never within it.
-- Notes:  summaries made before have no such cells, and are made anew.

delete from bellwether_store.forecast_summary_cell;
delete from bellwether_store.forecast_summary;

create index forecast_summary_cell_by_team on bellwether_store.forecast_summary_cell (summary)
    where owner_id is null or is_owner_unknown;

comment on column bellwether_store.forecast_summary_cell.owner_id is
    'The owner''s id; null for deals without one, and for all deals of a team''s people together.';
comment on column bellwether_store.forecast_summary_cell.is_owner_unknown is
    'Whether the owner is not among the people; false without an owner for a team''s people together.';
