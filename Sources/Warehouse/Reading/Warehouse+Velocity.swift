import Model
import Postgres

extension Warehouse {
    /// The SQL of `visitFates`: $1 to $4 as a grouping has them.
    public static let visitFatesSQL = """
        select
            \(fateGrouping),
            deal.source as step_source, visit.stage_id as step_id,
            date_trunc('month', visit.entered)::date as month,
            visit.exited is not null and not visit.is_vanished as is_reached, deal.kind, visit.days,
            visit.is_vanished as is_in_period,
            count(*) as deals, 0 as valued, 0 as amount, 0 as largest
        from bellwether.stage_visit as visit
        inner join bellwether.process_stage as stage
            on stage.source = visit.source and stage.id = visit.stage_id and stage.is_open
        inner join bellwether.deal_outcome as deal on deal.source = visit.source and deal.id = visit.id
        \(rivals)
        where not visit.is_entry_unknown and \(fateRestriction)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
        order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
        """

    /// How long visits of open stages lasted, or have lasted: a visit came through when its deal went to another stage,
    /// whichever; `isInPeriod` marks those that ended because the deal vanished. Those whose first day is not known are
    /// left out.
    ///
    /// Source: views `bellwether.stage_visit` and `bellwether.deal_outcome`, as of the point read last.
    public func visitFates(_ grouping: FateGrouping) throws(BellwetherError) -> [FateCell] {
        try fates(Self.visitFatesSQL, grouping.parameters, hasSteps: true)
    }

    /// The SQL of `stageTotals`: $1 to $4 as a grouping has them.
    public static let stageTotalsSQL = """
        select
            \(fateGrouping),
            deal.source as step_source, total.stage_id as step_id,
            date_trunc('month', total.entered)::date as month, true as is_reached, deal.kind, total.days,
            false as is_in_period,
            count(*) as deals, 0 as valued, 0 as amount, 0 as largest
        from (
            select
                visit.source, visit.id, visit.stage_id, min(visit.entered) as entered, sum(visit.days)::integer as days
            from bellwether.stage_visit as visit
            inner join bellwether.process_stage as stage
                on stage.source = visit.source and stage.id = visit.stage_id and stage.is_open
            group by visit.source, visit.id, visit.stage_id
            having bool_and(visit.exited is not null and not visit.is_vanished and not visit.is_entry_unknown)
        ) as total
        inner join bellwether.deal_outcome as deal on deal.source = total.source and deal.id = total.id
        \(rivals)
        where \(fateRestriction)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
        order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
        """

    /// How long deals stayed in each stage that they have left, all visits together.
    ///
    /// Source: views `bellwether.stage_visit` and `bellwether.deal_outcome`, as of the point read last.
    public func stageTotals(_ grouping: FateGrouping) throws(BellwetherError) -> [FateCell] {
        try fates(Self.stageTotalsSQL, grouping.parameters, hasSteps: true)
    }

    /// The SQL of `resolvedDeals`: $1 to $4 as a grouping has them, $5 the first day, $6 the day after the last.
    public static let resolvedDealsSQL = """
        select
            \(fateGrouping),
            deal.kind,
            count(*) as deals,
            count(deal.days) as timed,
            coalesce(sum(deal.days), 0)::bigint as days,
            count(deal.amount_company) as valued,
            coalesce(sum(deal.amount_company), 0) as amount
        from bellwether.deal_outcome as deal
        \(rivals)
        where deal.kind <> 'open' and deal.ended >= $5::date and deal.ended < $6::date and \(fateRestriction)
        group by 1, 2, 3, 4, 5, 6
        order by 1, 2, 3, 4, 5, 6
        """

    /// The deals that ended in some days, as of a day.
    ///
    /// Source: view `bellwether.deal_outcome`.
    public func resolvedDeals(
        _ grouping: FateGrouping, ended: Range<Day>, on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [ResolvedCell] {
        try reading(on: day, back: point) { () throws(BellwetherError) in
            try rowsOfWholeTables(
                Self.resolvedDealsSQL,
                grouping.parameters + [.date(ended.lowerBound), .date(ended.upperBound)]
            ) { row throws(DatabaseError) in
                ResolvedCell(
                    holder: try row.dealHolder(), slice: try row.decode("slice"),
                    kind: try row.decode("kind"),
                    count: try row.decode("deals"), timed: try row.decode("timed"),
                    days: try row.decode("days"),
                    valued: DealSum(count: try row.decode("valued"), amount: try row.decode("amount")))
            }
        }
    }

    /// The SQL of `openDealAges`: $3 and $4 as a grouping has them.
    public static let openDealAgesSQL = """
        select
            deal.source, deal.id, coalesce(deal.name, deal.id) as name, deal.source as holder_source, deal.owner_id,
            deal.is_owner_unknown, deal.owner_team_id as team_id,
            coalesce(deal.owner_name, deal.owner_id) as owner_name, deal.segment, deal.stage_id, deal.stage_name,
            deal.is_qualified, deal.is_past_due, deal.days, deal.stage_days, deal.amount_company
        from bellwether.open_deal_age as deal
        where $1::boolean is not null and $2::text is null and \(fateRestriction)
        order by deal.source, deal.id
        """

    /// The open deals of a day with their ages.
    ///
    /// Source: view `bellwether.open_deal_age`.
    public func openDealAges(
        _ grouping: FateGrouping, on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [OpenDealAge] {
        let whole = FateGrouping(teams: grouping.teams, owner: grouping.owner)
        return try reading(on: day, back: point) { () throws(BellwetherError) in
            try rowsOfWholeTables(Self.openDealAgesSQL, whole.parameters) { row throws(DatabaseError) in
                OpenDealAge(
                    id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                    name: try row.decode("name"),
                    holder: try row.dealHolder() ?? DealHolder(owner: nil, isOwnerKnown: false, team: nil),
                    ownerName: try row.decode("owner_name"), segment: try row.decode("segment"),
                    stage: try row.key("source", "stage_id"), stageName: try row.decode("stage_name"),
                    isQualified: try row.decode("is_qualified"), isPastDue: try row.decode("is_past_due"),
                    days: try row.decode("days"), stageDays: try row.decode("stage_days"),
                    amount: try row.decode("amount_company"))
            }
        }
    }
}
