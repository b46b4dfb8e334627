import Model

/// How many values the records have, and the sums of their amounts.
extension SnapshotStatements {
    /// A column's name as it stands in results.
    func unquoted(_ column: String) -> String {
        column.replacing("\"", with: "")
    }

    /// The names of what is counted: the records as `id`, and the values of each column.
    var countedNames: [String] { ["id"] + columns.map(unquoted) }

    func counts(_ alias: String) -> String {
        (["id"] + columns).map { "count(\(alias).\($0)) as \($0)" }.joined(separator: ", ")
    }

    /// $1 source, $2 day.
    var countHeld: String {
        """
        select \(counts("version"))
        from \(table) as version
        where version.source = $1 and version.superseded_in is null and \(holds("version"))
        """
    }

    /// What the snapshot adds.
    var countAdded: String {
        "select \(counts("target")) from pg_temp.target where target.is_present"
    }

    /// What it puts something else, or nothing, in the place of. $1 day.
    var countRemoved: String {
        """
        select \(counts("stored"))
        from pg_temp.target
        inner join pg_temp.touched as stored
            on stored.id = target.id and stored.valid_from <= $1 and stored.valid_to > $1
        """
    }

    // MARK: - Amounts

    /// $1 source, $2 day. Summed by the columns as they stand first: words are put together for few groups then, and
    /// not for each record.
    func sumHeld(_ entity: EntitySchema) -> String {
        let grouped = ["currency", "is_closed", "is_won", "stage_id"].filter {
            entity.column(named: $0) != nil
        }
        let names = grouped.map { "version.\($0)" }
        let grouping = names.isEmpty ? "" : "group by " + names.joined(separator: ", ")
        return """
            with held as (
                select
                    \((names + ["sum(version.amount) as total", "count(*) as records"]).joined(separator: ", "))
                from \(table) as version
                where version.source = $1 and version.superseded_in is null and \(holds("version"))
                    and version.amount is not null
                \(grouping)
            ),

            amount as (
                select
                    \(currency("held", entity)) as currency, \(part("held", entity)) as part,
                    sum(held.total) as total, sum(held.records)::bigint as records
                from held
                where held.records > 0
                group by 1, 2
            )

            \(amountsAsJSON)
            """
    }

    /// $1 the amounts before, $2 day.
    func sumChanged(_ entity: EntitySchema) -> String {
        """
        with change as (
            select before.currency, before.part, before.total, before.records
            from jsonb_to_recordset($1::jsonb)
                as before (currency text, part text, total numeric, records bigint)
            union all
            select \(currency("target", entity)), \(part("target", entity)), sum(target.amount), count(*)
            from pg_temp.target
            where target.is_present and target.amount is not null
            group by 1, 2
            union all
            select \(currency("stored", entity)), \(part("stored", entity)), -sum(stored.amount), -count(*)
            from pg_temp.target
            inner join pg_temp.touched as stored on \(holds("stored")) and stored.id = target.id
            where stored.amount is not null
            group by 1, 2
        ),

        \(changedAmountsAsJSON)
        """
    }

    /// The end of a statement whose `change` has the amounts before, those that came and, below zero, those that went.
    var changedAmountsAsJSON: String {
        """
        amount as (
            select change.currency, change.part, sum(change.total) as total, sum(change.records) as records
            from change
            group by change.currency, change.part
            having sum(change.records) <> 0
        )

        \(amountsAsJSON)
        """
    }

    var amountsAsJSON: String {
        """
        select coalesce(
            jsonb_agg(
                jsonb_build_object(
                    'currency', amount.currency, 'part', amount.part, 'total', trim_scale(amount.total),
                    'records', amount.records)
                order by amount.currency, amount.part),
            '[]')::text as value
        from amount
        """
    }

    func currency(_ alias: String, _ entity: EntitySchema) -> String {
        entity.column(named: "currency")?.type == .text ? "coalesce(upper(\(alias).currency), '')" : "''"
    }

    /// Whether the record is open: by its own word, else the stage, of which the comparison knows the kind. So
    /// that a stage that becomes another kind changes no sum that is kept.
    func part(_ alias: String, _ entity: EntitySchema) -> String {
        guard ["is_closed", "is_won"].allSatisfy({ entity.column(named: $0)?.type == .boolean }),
            entity.column(named: "stage_id") != nil
        else { return "''" }
        return """
            case
                    when coalesce(\(alias).is_won, false) or coalesce(\(alias).is_closed, false) then 'closed'
                    when \(alias).is_closed = false then 'open'
                    else 'stage:' || coalesce(\(alias).stage_id, '')
                end
            """
    }

    /// The open amounts by currency that changed too much. $1 before, $2 after, $3 source, $4 the change allowed in
    /// hundredths of a percent, $5 how many records with an amount it takes.
    static let amountJumps = """
        with ended as (
            select stage.id
            from bellwether_store.stage
            where stage.source = $3 and stage.superseded_in is null
                and stage.kind in ('won', 'lost', 'no_decision')
        ),

        part as (
            select 'before' as side, before.*
            from jsonb_to_recordset($1::jsonb)
                as before (currency text, part text, total numeric, records bigint)
            union all
            select 'after', after.*
            from jsonb_to_recordset($2::jsonb) as after (currency text, part text, total numeric, records bigint)
        ),

        total as (
            select
                part.currency,
                coalesce(sum(part.total) filter (where part.side = 'before'), 0) as before,
                coalesce(sum(part.total) filter (where part.side = 'after'), 0) as after,
                coalesce(sum(part.records) filter (where part.side = 'before'), 0) as records
            from part
            where part.part in ('', 'open')
                or (part.part like 'stage:%' and substr(part.part, 7) not in (select ended.id from ended))
            group by part.currency
        )

        select
            total.currency, trim_scale(total.before)::text as before, trim_scale(total.after)::text as after,
            case
                when total.before <> 0
                    then least(round((total.after - total.before) * 100 / abs(total.before)), 999999999)::integer
            end as percent
        from total
        where total.records >= $5::bigint
            and abs(total.after - total.before) * 10000 > $4::numeric * abs(total.before)
        order by total.currency
        """
}
