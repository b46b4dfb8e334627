{% snapshot opportunity %}
{{ config(
    target_schema='history', unique_key='id', strategy='check', check_cols='all', hard_deletes='invalidate'
) }}
select * from public.opportunity
{% endsnapshot %}
