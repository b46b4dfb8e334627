import Model
import Postgres

extension Warehouse {
    /// The SQL of `generation`: $1 the windows' numbers, $2 their first days, $3 their last, $4 the ends of their periods,
    /// $5 those of the periods that follow.
    public static let generationSQL = """
        select
            span.number, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source,
            case
                when entry.close_date is null then 'undated'
                when entry.close_date < span.period_end then 'this'
                when entry.close_date < span.next_end then 'next'
                else 'later'
            end as timing,
            count(*) as deals, count(*) filter (where entry.is_entry_assumed) as assumed,
            coalesce(sum(entry.amount_company), 0) as amount
        from bellwether.pipeline_entry as entry
        inner join unnest(
            $1::text[]::int[], $2::text[]::date[], $3::text[]::date[], $4::text[]::date[], $5::text[]::date[]
        ) as span (number, first_day, last_day, period_end, next_end)
            on entry.entered >= span.first_day and entry.entered <= span.last_day
        where entry.entered >= $6::date and entry.entered <= $7::date
        group by
            span.number, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source, timing
        """

    /// What entered the pipeline in some windows, by holder, source and timing, valued on the day of entry.
    ///
    /// Source: view `bellwether.pipeline_entry`, as of the point read last.
    public func generation(in windows: [GenerationWindow]) throws(BellwetherError) -> [GenerationCell] {
        guard let first = windows.map(\.first).min(), let last = windows.map(\.last).max() else { return [] }
        try inviteWorkers()
        let parameters: [Parameter?] = [
            .array(windows.map { String($0.number) }), .array(windows.map(\.first.description)),
            .array(windows.map(\.last.description)), .array(windows.map(\.periodEnd.description)),
            .array(windows.map(\.nextEnd.description)), .date(first), .date(last),
        ]
        return try rows(Self.generationSQL, parameters) { row throws(DatabaseError) in
            GenerationCell(
                window: try row.decode("number"), holder: try row.eventHolder(),
                leadSource: try row.decode("lead_source"), timing: try row.decode("timing"),
                sum: DealSum(count: try row.decode("deals"), amount: try row.decode("amount")),
                assumed: try row.decode("assumed"))
        }
    }

    /// The SQL of `generationFates`: $1 the first day of entry, $2 the last.
    public static let generationFatesSQL = """
        select
            0 as number, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source, coalesce(present.kind, 'gone') as fate,
            count(*) as deals, coalesce(sum(entry.amount_company), 0) as amount,
            coalesce(sum(present.amount_company), 0) as worth
        from bellwether.pipeline_entry as entry
        left join bellwether.deal_state as present
            on present.source = entry.source and present.id = entry.id
        where entry.entered >= $1::date and entry.entered <= $2::date
        group by
            entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id, entry.lead_source, fate
        """

    /// What became, by the day of the point read last, of what entered the pipeline between two days.
    ///
    /// Source: views `bellwether.pipeline_entry` and `deal_state`.
    public func generationFates(from first: Day, to last: Day) throws(BellwetherError) -> [GenerationFate] {
        try inviteWorkers()
        return try fates(Self.generationFatesSQL, [.date(first), .date(last)])
    }

    /// The SQL of `survival`: $1 the windows' numbers, $2 their first days, $3 their last, $4 the days after which is
    /// looked, $5 and $6 the first and last day of all.
    public static let survivalSQL = """
        select
            span.number, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source,
            case
                when later.id is null then 'gone'
                else bellwether.deal_kind(later.is_closed, later.is_won, stage.kind)
            end as fate,
            count(*) as deals, coalesce(sum(entry.amount_company), 0) as amount, 0 as worth
        from bellwether.pipeline_entry as entry
        inner join unnest($1::text[]::int[], $2::text[]::date[], $3::text[]::date[])
            as span (number, first_day, last_day)
            on entry.entered >= span.first_day and entry.entered <= span.last_day
        left join bellwether.opportunity_history as later
            on later.source = entry.source
                and later.id = entry.id
                and later.valid_from <= entry.entered + $4::int
                and later.valid_to > entry.entered + $4::int
        left join bellwether.stage_outcome as stage
            on stage.source = later.source and stage.id = later.stage_id
        where entry.entered >= $5::date and entry.entered <= $6::date and not entry.is_entry_assumed
        group by
            span.number, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source, fate
        """

    /// What had become, so many days after it entered the pipeline, of what did in some windows. Deals whose day of entry
    /// is assumed are left out: of their like only those are known that survived.
    ///
    /// Source: views `bellwether.pipeline_entry`, `opportunity_history` and `stage_outcome`.
    public func survival(in windows: [GenerationWindow], after days: Int) throws(BellwetherError)
        -> [GenerationFate]
    {
        guard let first = windows.map(\.first).min(), let last = windows.map(\.last).max() else { return [] }
        try inviteWorkers()
        return try fates(
            Self.survivalSQL,
            [
                .array(windows.map { String($0.number) }), .array(windows.map(\.first.description)),
                .array(windows.map(\.last.description)), .int(days, type: .int4), .date(first), .date(last),
            ])
    }

    private func fates(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [GenerationFate] {
        try rows(sql, parameters) { row throws(DatabaseError) in
            GenerationFate(
                window: try row.decode("number"), holder: try row.eventHolder(),
                leadSource: try row.decode("lead_source"), fate: try row.decode("fate"),
                sum: DealSum(count: try row.decode("deals"), amount: try row.decode("amount")),
                worth: try row.decode("worth"))
        }
    }
}

extension Row {
    /// Who holds what a row counts: by columns source, owner_id, is_owner_unknown and team_id.
    func eventHolder() throws(DatabaseError) -> DealHolder {
        DealHolder(
            owner: try key("source", "owner_id"),
            isOwnerKnown: !(try decode("is_owner_unknown", as: Bool.self)),
            team: try key("source", "team_id"))
    }
}
