import Model
import Postgres

/// What deals and leads are told apart by in a question about rates.
public struct FateGrouping: Sendable, Hashable {
    /// A column by which they are told apart.
    public enum Slice: String, Sendable, Hashable, CaseIterable {
        case type, source, segment, competitor
    }

    /// Whether by whose they are.
    public let byHolder: Bool
    /// By which column; nil for none.
    public let slice: Slice?
    /// Only deals of these teams; nil for all.
    public let teams: Set<RecordID>?
    /// Only deals of this owner; nil for all.
    public let owner: RecordID?

    /// A grouping of those.
    public init(
        byHolder: Bool = false, slice: Slice? = nil, teams: Set<RecordID>? = nil, owner: RecordID? = nil
    ) {
        self.byHolder = byHolder
        self.slice = slice
        self.teams = teams
        self.owner = owner
    }

    /// $1 by holder, $2 the slice, $3 the teams' ids or null, $4 the owner's id or null. A key of another source with
    /// the same id is left to the caller.
    var parameters: [Parameter?] {
        [
            .bool(byHolder), slice.map { .text($0.rawValue) }, teams.map { .array($0.map(\.id).sorted()) },
            owner.map { .text($0.id) },
        ]
    }
}

extension Warehouse {
    /// The columns that tell cells apart. A deal with several competitors counts for each of them.
    static let fateGrouping = """
        case when $1::boolean then deal.source end as holder_source,
            case when $1::boolean then deal.owner_id end as owner_id,
            case when $1::boolean then deal.is_owner_unknown end as is_owner_unknown,
            case when $1::boolean then deal.owner_team_id end as team_id,
            case $2::text
                when 'type' then deal.type
                when 'source' then deal.lead_source
                when 'segment' then deal.segment
                when 'competitor' then rival.name
            end as slice
        """

    static let rivals = """
        left join (
            select distinct
                named.source, named.opportunity_id,
                coalesce(competitor.name, named.competitor_id) as name
            from bellwether.deal_competitor as named
            left join bellwether.competitor
                on competitor.source = named.source and competitor.id = named.competitor_id
            where $2::text = 'competitor' and named.competitor_id is not null
        ) as rival
            on rival.source = deal.source and rival.opportunity_id = deal.id
        """

    static let fateRestriction = """
        ($3::text[] is null or deal.owner_team_id = any ($3::text[]))
            and ($4::text is null or deal.owner_id = $4::text)
        """

    /// The SQL of `dealFates`: $1 to $4 as a grouping has them, $5 the first day of a period, $6 the day after its last, $7
    /// whether deals that ended on no known day are in it, $8 a day that divides its month, or null.
    public static let dealFatesSQL = """
        select
            \(fateGrouping),
            greatest(date_trunc('month', deal.created)::date, case when deal.created >= $8::date then $8::date end) as month,
            deal.kind = 'won' as is_reached, deal.kind, deal.days,
            deal.kind <> 'open'
            and coalesce(deal.ended >= $5::date and deal.ended < $6::date, $7::boolean) as is_in_period,
            count(*) as deals,
            count(entry.amount_company) as valued,
            coalesce(sum(entry.amount_company), 0) as amount,
            coalesce(max(entry.amount_company), 0) as largest
        from bellwether.deal_outcome as deal
        left join bellwether.qualified_entry as entry
            on entry.source = deal.source and entry.id = deal.id and not entry.is_day_unknown
        \(rivals)
        where \(fateRestriction)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
        order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
        """

    /// How deals ended, from their creation on, with those that ended in a period marked.
    ///
    /// Source: views `bellwether.deal_outcome` and `bellwether.qualified_entry`, as of the point read last.
    ///
    /// - Parameter since: A day that divides its month, so that what began before it can be told from what began on it.
    public func dealFates(
        _ grouping: FateGrouping, endedIn period: Period, since: Day? = nil
    ) throws(BellwetherError) -> [FateCell] {
        try fates(
            Self.dealFatesSQL,
            grouping.parameters + [
                .date(period.start), .date(period.end), .bool(period.grain == .all), since.map { .date($0) },
            ])
    }

    /// The SQL of `stageFates`: $1 to $4 as a grouping has them, $5 a day that divides its month, or null.
    public static let stageFatesSQL = """
        select
            \(fateGrouping),
            deal.source as step_source, passage.stage_id as step_id,
            greatest(
                date_trunc('month', passage.entered)::date, case when passage.entered >= $5::date then $5::date end) as month,
            fate.moved_on is not null as is_reached, deal.kind,
            case
                when coalesce(fate.moved_on, deal.ended, (select bellwether.as_of())) >= passage.entered
                    then coalesce(fate.moved_on, deal.ended, (select bellwether.as_of())) - passage.entered
            end as days,
            false as is_in_period,
            count(*) as deals,
            count(entry.amount_company) as valued,
            coalesce(sum(entry.amount_company), 0) as amount,
            coalesce(max(entry.amount_company), 0) as largest
        from bellwether.stage_passage as passage
        inner join bellwether.deal_outcome as deal on deal.source = passage.source and deal.id = passage.id
        left join bellwether.qualified_entry as entry
            on entry.source = deal.source and entry.id = deal.id and not entry.is_day_unknown
        \(rivals)
        cross join lateral (
            select coalesce(passage.moved_on, case when deal.kind = 'won' then deal.ended end) as moved_on
        ) as fate
        where not passage.is_entry_unknown and \(fateRestriction)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        """

    /// How deals went on from each open stage, from the day on which they first entered it; those of which that day is
    /// not known are left out.
    ///
    /// Source: views `bellwether.stage_passage`, `deal_outcome` and `qualified_entry`, as of the point read last.
    public func stageFates(_ grouping: FateGrouping, since: Day? = nil) throws(BellwetherError) -> [FateCell]
    {
        try fates(Self.stageFatesSQL, grouping.parameters + [since.map { .date($0) }], hasSteps: true)
    }

    func fates(
        _ sql: String, _ parameters: [Parameter?], hasSteps: Bool = false
    ) throws(BellwetherError) -> [FateCell] {
        try rowsOfWholeTables(sql, parameters) { row throws(DatabaseError) in
            FateCell(
                holder: try row.dealHolder(),
                slice: try row.decode("slice"), step: hasSteps ? try row.key("step_source", "step_id") : nil,
                month: try row.decode("month"), isReached: try row.decode("is_reached"),
                kind: try row.decode("kind"), days: try row.decode("days"),
                isInPeriod: try row.decode("is_in_period"), count: try row.decode("deals"),
                valued: DealSum(count: try row.decode("valued"), amount: try row.decode("amount")),
                largest: try row.decode("largest"))
        }
    }

    /// The rows of a query that meets every deal. The planner takes a window over all versions for one row, and looks
    /// whole views up for each deal: minutes where a second is enough.
    func rowsOfWholeTables<Value>(
        _ sql: String, _ parameters: [Parameter?], _ body: (Row) throws(DatabaseError) -> Value
    ) throws(BellwetherError) -> [Value] {
        try inviteWorkers()
        try set("enable_nestloop", to: "off")
        let values: [Value]
        do throws(BellwetherError) {
            values = try rows(sql, parameters, body)
        } catch {
            // The first error is the one to tell.
            try? set("enable_nestloop", to: "on")
            throw error
        }
        try set("enable_nestloop", to: "on")
        return values
    }

    // MARK: - Stages

    /// The stages of the process, in their order.
    ///
    /// Source: view `bellwether.process_stage`, as of the point read last.
    public func processStages() throws(BellwetherError) -> [ProcessStage] {
        try rows(
            """
            select source, id, name, position, is_open, is_qualified
            from bellwether.process_stage
            order by position nulls last, name, source, id
            """
        ) { row throws(DatabaseError) in
            ProcessStage(
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                name: try row.decode("name"), position: try row.decode("position"),
                isOpen: try row.decode("is_open"), isQualified: try row.decode("is_qualified"))
        }
    }

    /// The SQL of `stageMoves`: $1 to $4 as a grouping has them, $5 the first day, $6 the day after the last.
    public static let stageMovesSQL = """
        select
            coalesce(visit.stage_name, visit.stage_id) as from_stage, visit.stage_position as from_position,
            coalesce(visit.next_stage_name, visit.next_stage_id) as to_stage, visit.next_stage_position as to_position,
            visit.is_skip, visit.is_backward, count(*) as moves
        from bellwether.stage_visit as visit
        inner join bellwether.deal_outcome as deal on deal.source = visit.source and deal.id = visit.id
        where visit.exited >= $5::date and visit.exited < $6::date and $1::boolean is not null and $2::text is null
            and \(fateRestriction)
        group by 1, 2, 3, 4, 5, 6
        order by visit.stage_position nulls last, 1, visit.next_stage_position nulls last, 3, 5, 6
        """

    /// From which stage to which deals went in some days; to none where they vanished.
    ///
    /// Source: views `bellwether.stage_visit` and `bellwether.deal_outcome`, as of the point read last.
    public func stageMoves(
        _ grouping: FateGrouping, from first: Day, until end: Day
    ) throws(BellwetherError) -> [StageMove] {
        let whole = FateGrouping(teams: grouping.teams, owner: grouping.owner)
        return try moves(Self.stageMovesSQL, whole.parameters + [.date(first), .date(end)])
    }

    /// The SQL of `stagesSince`: $1 to $4 as a grouping has them, $5 the day before.
    public static let stagesSinceSQL = """
        select
            coalesce(visit.stage_name, visit.stage_id) as from_stage, visit.stage_position as from_position,
            coalesce(deal.stage_name, deal.stage_id) as to_stage, stage.position as to_position,
            null::boolean as is_skip, null::boolean as is_backward, count(*) as moves
        from bellwether.stage_visit as visit
        inner join bellwether.process_stage as was
            on was.source = visit.source and was.id = visit.stage_id and was.is_open
        left join bellwether.deal_outcome as deal on deal.source = visit.source and deal.id = visit.id
        left join bellwether.process_stage as stage on stage.source = deal.source and stage.id = deal.stage_id
        where visit.entered <= $5::date and coalesce(visit.exited > $5::date, true)
            and $1::boolean is not null and $2::text is null
            and \(fateRestriction)
        group by 1, 2, 3, 4
        order by visit.stage_position nulls last, 1, stage.position nulls last, 3
        """

    /// In which stage deals of a day's open stages stand now; in none where they vanished.
    ///
    /// Source: views `bellwether.stage_visit` and `bellwether.deal_outcome`, as of the point read last.
    public func stagesSince(_ day: Day, _ grouping: FateGrouping) throws(BellwetherError) -> [StageMove] {
        let whole = FateGrouping(teams: grouping.teams, owner: grouping.owner)
        return try moves(Self.stagesSinceSQL, whole.parameters + [.date(day)])
    }

    private func moves(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [StageMove] {
        try rowsOfWholeTables(sql, parameters) { row throws(DatabaseError) in
            StageMove(
                from: try row.decode("from_stage"), to: try row.decode("to_stage"),
                fromPosition: try row.decode("from_position"), toPosition: try row.decode("to_position"),
                isSkip: try row.decode("is_skip"), isBackward: try row.decode("is_backward"),
                count: try row.decode("moves"))
        }
    }
}

extension Row {
    /// Whose the deals of a row are; nil where nobody asked.
    func dealHolder() throws(DatabaseError) -> DealHolder? {
        guard let source = try decode("holder_source", as: String?.self) else { return nil }
        let owner = try decode("owner_id", as: String?.self)
        let team = try decode("team_id", as: String?.self)
        return DealHolder(
            owner: owner.map { RecordID(source: source, id: $0) },
            isOwnerKnown: !(try decode("is_owner_unknown", as: Bool.self)),
            team: team.map { RecordID(source: source, id: $0) })
    }
}
