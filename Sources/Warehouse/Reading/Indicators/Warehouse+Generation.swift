import Model
import Postgres

/// What entered the pipeline, and what became of it: read in one pass over the entries.
public struct GenerationRead: Sendable {
    /// What entered in the windows asked for.
    public var entries: [GenerationCell] = []
    /// What became of the entries of one window by the day read.
    public var fates: [GenerationFate] = []
    /// What had become of each cohort's entries so many days after each.
    public var survivors: [GenerationFate] = []
}

extension Warehouse {
    /// The SQL of `generation`: $1 the first day of entry of all, $2 the last; $3 the windows' numbers, $4 their first
    /// days, $5 their last, $6 the ends of their periods, $7 those of the periods that follow; $8 and $9 the first and
    /// last day of the entries whose fate is asked for; $10 the cohorts' numbers, $11 their first days, $12 their last,
    /// $13 after how many days is looked.
    public static let generationSQL = """
        with entry as materialized (
            select
                source, id, entered, is_entry_assumed, owner_id, is_owner_unknown, team_id, lead_source,
                close_date, amount_company
            from bellwether.pipeline_entry
            where entered >= $1::date and entered <= $2::date
        )

        select
            'entry' as part, span.number, entry.source, entry.owner_id, entry.is_owner_unknown,
            entry.team_id, entry.lead_source,
            case
                when entry.close_date is null then 'undated'
                when entry.close_date < span.period_end then 'this'
                when entry.close_date < span.next_end then 'next'
                else 'later'
            end as word,
            count(*) as deals, count(*) filter (where entry.is_entry_assumed) as assumed,
            coalesce(sum(entry.amount_company), 0) as amount, 0 as worth
        from entry
        inner join unnest(
            $3::text[]::int[], $4::text[]::date[], $5::text[]::date[], $6::text[]::date[], $7::text[]::date[]
        ) as span (number, first_day, last_day, period_end, next_end)
            on entry.entered >= span.first_day and entry.entered <= span.last_day
        group by
            span.number, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source, word
        union all
        select
            'fate', 0, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source, coalesce(present.kind, 'gone') as word,
            count(*), 0, coalesce(sum(entry.amount_company), 0), coalesce(sum(present.amount_company), 0)
        from entry
        left join bellwether.deal_state as present
            on present.source = entry.source and present.id = entry.id
        where entry.entered >= $8::date and entry.entered <= $9::date
        group by
            entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id, entry.lead_source, word
        union all
        select
            'survival', span.number, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source,
            case
                when later.id is null then 'gone'
                else bellwether.deal_kind(later.is_closed, later.is_won, stage.kind)
            end as word,
            count(*), 0, coalesce(sum(entry.amount_company), 0), 0
        from entry
        inner join unnest($10::text[]::int[], $11::text[]::date[], $12::text[]::date[])
            as span (number, first_day, last_day)
            on entry.entered >= span.first_day and entry.entered <= span.last_day
        left join bellwether.opportunity_history as later
            on later.source = entry.source
                and later.id = entry.id
                and later.valid_from <= entry.entered + $13::int
                and later.valid_to > entry.entered + $13::int
        left join bellwether.stage_outcome as stage
            on stage.source = later.source and stage.id = later.stage_id
        where not entry.is_entry_assumed
        group by
            span.number, entry.source, entry.owner_id, entry.is_owner_unknown, entry.team_id,
            entry.lead_source, word
        """

    /// What entered the pipeline in some windows, valued on the day of entry; what became of the entries of one by the
    /// day of the point read last; and what had become of those of some cohorts so many days after each one's entry.
    /// Deals whose day of entry is assumed are in no cohort: of their like only those are known that survived.
    ///
    /// Source: views `bellwether.pipeline_entry`, `deal_state`, `opportunity_history` and `stage_outcome`.
    ///
    /// - Parameters:
    ///   - windows: For entries.
    ///   - fates: The entries whose fate is asked for; nil for none.
    ///   - cohorts: Of them the numbers, first and last days count.
    ///   - days: After how many days is looked at cohorts.
    public func generation(
        in windows: [GenerationWindow], fates: GenerationWindow? = nil, cohorts: [GenerationWindow] = [],
        after days: Int = 0
    ) throws(BellwetherError) -> GenerationRead {
        let all = windows + cohorts + (fates.map { [$0] } ?? [])
        guard let first = all.map(\.first).min(), let last = all.map(\.last).max() else {
            return GenerationRead()
        }
        func list(_ windows: [GenerationWindow], _ day: (GenerationWindow) -> Day) -> Parameter {
            .array(windows.map { day($0).description })
        }
        let parameters: [Parameter?] = [
            .date(first), .date(last), .array(windows.map { String($0.number) }),
            list(windows, \.first), list(windows, \.last), list(windows, \.periodEnd),
            list(windows, \.nextEnd),
            // Without one, a span that holds no day.
            .date(fates?.first ?? last), .date(fates?.last ?? last - 1),
            .array(cohorts.map { String($0.number) }), list(cohorts, \.first), list(cohorts, \.last),
            .int(days, type: .int4),
        ]
        var read = GenerationRead()
        _ = try rows(Self.generationSQL, parameters) { row throws(DatabaseError) in
            let window = try row.decode("number", as: Int.self)
            let holder = try row.eventHolder()
            let source = try row.decode("lead_source", as: String?.self)
            let sum = DealSum(
                count: try row.decode("deals", as: Int.self),
                amount: try row.decode("amount", as: Amount.self))
            let part = try row.decode("part", as: String.self)
            guard part != "entry" else {
                read.entries.append(
                    GenerationCell(
                        window: window, holder: holder, leadSource: source, timing: try row.decode("word"),
                        sum: sum, assumed: try row.decode("assumed")))
                return
            }
            let cell = GenerationFate(
                window: window, holder: holder, leadSource: source, fate: try row.decode("word"), sum: sum,
                worth: try row.decode("worth"))
            if part == "fate" { read.fates.append(cell) } else { read.survivors.append(cell) }
        }
        return read
    }

    /// Runs `body` with a planner that joins by hashing. What is as of a day it takes for a handful of rows, and would
    /// compare each of many with each of the people.
    func hashJoining<Value>(_ body: () throws(BellwetherError) -> Value) throws(BellwetherError) -> Value {
        try joining(isFree: false)
        let value: Value
        do throws(BellwetherError) {
            value = try body()
        } catch {
            // The first error is the one to tell.
            try? joining(isFree: true)
            throw error
        }
        try joining(isFree: true)
        return value
    }

    private func joining(isFree: Bool) throws(BellwetherError) {
        try set("enable_mergejoin", to: isFree ? "on" : "off")
        try set("enable_nestloop", to: isFree ? "on" : "off")
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
