-- bellwether.stage_passage: how each deal went on from each open stage that it entered.
-- Grain:  one row a source, id and open stage that the deal was ever in, up to the day read; later visits are not told
--         apart from the first.
-- Reads:  bellwether.stage_visit, process_stage
-- Units:  days in calendar days.
-- Nulls:  moved_on null = it has not come further; entered is what stage_visit has, also where it is not the first day.
-- Notes:  whoever enters any later stage of the same order has moved on, also by a leap; so has a won deal. Losing is not
--         moving on.

create view bellwether.stage_passage with (security_invoker = true) as
with visit as (
    select
        stage_visit.source,
        stage_visit.id,
        stage_visit.visit,
        stage_visit.stage_id,
        stage_visit.entered,
        stage_visit.is_entry_unknown,
        stage.is_open,
        case
            when stage.is_won then 2147483647
            when stage.is_open then stage.position
        end as place
    from bellwether.stage_visit
    left join bellwether.process_stage as stage
        on stage.source = stage_visit.source and stage.id = stage_visit.stage_id
),

followed as (
    select
        visit.source,
        visit.id,
        visit.visit,
        visit.stage_id,
        visit.entered,
        visit.is_entry_unknown,
        visit.is_open,
        visit.place,
        lead(visit.place) over deal > visit.place as is_next_later,
        lead(visit.entered) over deal as next_entered,
        max(visit.place) over (
            partition by visit.source, visit.id
            order by visit.visit
            rows between 1 following and unbounded following
        ) > visit.place as is_ever_later,
        row_number() over (partition by visit.source, visit.id, visit.stage_id order by visit.visit) as passage
    from visit
    window deal as (partition by visit.source, visit.id order by visit.visit)
),

-- Few go back before they go on: only they are looked up.
returned as (
    select
        followed.source,
        followed.id,
        followed.visit,
        min(later.entered) as moved_on
    from followed
    inner join visit as later
        on later.source = followed.source
            and later.id = followed.id
            and later.visit > followed.visit
            and later.place > followed.place
    where followed.passage = 1
        and followed.is_open
        and followed.is_ever_later
        and followed.is_next_later is not true
    group by followed.source, followed.id, followed.visit
)

select
    followed.source,
    followed.id,
    followed.stage_id,
    followed.entered,
    followed.is_entry_unknown,
    case when followed.is_next_later then followed.next_entered else returned.moved_on end as moved_on
from followed
left join returned
    on returned.source = followed.source
        and returned.id = followed.id
        and returned.visit = followed.visit
where followed.is_open and followed.passage = 1;

comment on view bellwether.stage_passage is
    'One row a deal and open stage that it entered, up to the day read: when, and when it first came further.';
comment on column bellwether.stage_passage.stage_id is 'The stage''s id.';
comment on column bellwether.stage_passage.entered is 'The first day in the stage.';
comment on column bellwether.stage_passage.is_entry_unknown is 'Whether that is the first day known: it may have been there before.';
comment on column bellwether.stage_passage.moved_on is 'The first day in a later stage, or on which it was won.';
