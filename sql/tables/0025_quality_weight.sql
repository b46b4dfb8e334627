-- quality_weight: the weight of a defect in the score of data quality.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  weight in points of 100, threshold in the defect's own unit.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `quality_weight`.

create table bellwether_store.quality_weight (
    like bellwether_store.version_frame including defaults including constraints including comments,
    defect text,
    weight numeric,
    threshold numeric,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.quality_weight is 'Versions of the weight of a defect in the score of data quality.';
comment on column bellwether_store.quality_weight.defect is 'The defect: past_due, no_next_step, no_activity, amount_missing …';
comment on column bellwether_store.quality_weight.weight is 'The points that it takes off the score of 100.';
comment on column bellwether_store.quality_weight.threshold is 'From which number on it is one: days without activity, number of pushes …; null where it has none.';
