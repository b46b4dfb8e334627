import Model
import Postgres

extension Warehouse {
    /// The SQL of `endingCells`: $1 the period's first day, $2 the day after its last.
    public static let endingCellsSQL = """
        with ended as materialized (
            select
                source, id, owner_id, is_owner_unknown, owner_team_id, outcome, reason, said_reason, reviewed_reason,
                is_reviewed, is_outsold, is_reviewed_outsold, competitor_name, from_stage_id, lead_source, score_band,
                segment, amount_company
            from bellwether.deal_ending
            where close_date >= $1::date and close_date < $2::date and close_date <= (select bellwether.as_of())
        ),

        -- By ids, which reach the versions before they are grouped.
        last_stage as materialized (
            select source, id, stage_id
            from bellwether.last_open_stage
            where id = any (array(select ended.id from ended where outcome <> 'won' and from_stage_id is null))
        )

        select
            ended.source, ended.owner_id, not ended.is_owner_unknown as is_owner_known, ended.owner_team_id,
            ended.outcome, ended.reason, ended.is_reviewed,
            ended.is_reviewed and ended.reviewed_reason is distinct from ended.said_reason as is_corrected,
            coalesce(ended.is_reviewed_outsold, ended.is_outsold) as is_outsold, ended.competitor_name,
            coalesce(stage.name, stage.id) as stage_name, stage.position as stage_position, ended.lead_source,
            ended.score_band, ended.segment, count(*) as deals, coalesce(sum(ended.amount_company), 0) as amount
        from ended
        left join last_stage on last_stage.source = ended.source and last_stage.id = ended.id
        left join bellwether.stage
            on stage.source = ended.source
                and stage.id = case
                    when ended.outcome <> 'won' then coalesce(ended.from_stage_id, last_stage.stage_id)
                end
        group by
            ended.source, ended.owner_id, ended.is_owner_unknown, ended.owner_team_id, ended.outcome, ended.reason,
            ended.is_reviewed, is_corrected, coalesce(ended.is_reviewed_outsold, ended.is_outsold),
            ended.competitor_name, coalesce(stage.name, stage.id), stage.position, ended.lead_source, ended.score_band,
            ended.segment
        """

    /// How the deals with a close date in a period ended, by whose they are and by all that is told of them.
    ///
    /// Source: views `bellwether.deal_ending` and `bellwether.last_open_stage`.
    public func endingCells(in period: Period) throws(BellwetherError) -> [EndingCell] {
        try rows(Self.endingCellsSQL, [.date(period.start), .date(period.end)]) { row throws(DatabaseError) in
            EndingCell(
                holder: try row.holder(), ending: try row.decode("outcome"),
                story: EndingCell.Story(
                    reason: try row.decode("reason"), isReviewed: try row.decode("is_reviewed"),
                    isCorrected: try row.decode("is_corrected"), isOutsold: try row.decode("is_outsold"),
                    competitor: try row.decode("competitor_name"), stage: try row.decode("stage_name"),
                    stagePosition: try row.decode("stage_position")),
                prospect: EndingCell.Prospect(
                    source: try row.decode("lead_source"), band: try row.decode("score_band"),
                    segment: try row.decode("segment")),
                sum: DealSum(count: try row.decode("deals"), amount: try row.decode("amount")))
        }
    }

    /// The SQL of `endingCounts`: $1 the period's first day, $2 the day after its last.
    public static let endingCountsSQL = """
        select
            source, owner_id, not is_owner_unknown as is_owner_known, owner_team_id, count(*) as decided,
            count(*) filter (where kind = 'won') as won
        from bellwether.deal_state
        where kind in ('won', 'lost', 'no_decision') and close_date >= $1::date and close_date < $2::date
        group by source, owner_id, is_owner_unknown, owner_team_id
        """

    /// How many deals with a close date in a period are decided and won, by whose they are.
    ///
    /// Source: view `bellwether.deal_state`.
    public func endingCounts(in period: Period) throws(BellwetherError) -> [EndingCount] {
        try rows(Self.endingCountsSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            EndingCount(
                holder: try row.holder(), decided: try row.decode("decided"), won: try row.decode("won"))
        }
    }

    /// The SQL of `endingAge`.
    public static let endingAgeSQL = """
        select
            coalesce(percentile_disc(0.95) within group (order by close_date - created_date), 0) as days,
            count(*) as deals
        from bellwether.deal_state
        where kind <> 'open' and close_date >= created_date and close_date <= (select bellwether.as_of())
        """

    /// The age that nineteen of twenty deals did not outlive.
    ///
    /// Source: view `bellwether.deal_state`.
    public func endingAge() throws(BellwetherError) -> EndingAge {
        try rows(Self.endingAgeSQL) { row throws(DatabaseError) in
            EndingAge(days: try row.decode("days"), count: try row.decode("deals"))
        }.first ?? EndingAge(days: 0, count: 0)
    }

    /// The SQL of `silentCells`: $1 the age in days above which a deal counts.
    public static let silentCellsSQL = """
        select
            source, owner_id, not is_owner_unknown as is_owner_known, owner_team_id, count(*) as deals,
            coalesce(sum(amount_company), 0) as amount
        from bellwether.deal_state
        where kind = 'open' and (select bellwether.as_of()) - created_date > $1::integer
        group by source, owner_id, is_owner_unknown, owner_team_id
        """

    /// The open deals above an age, by whose they are.
    ///
    /// Source: view `bellwether.deal_state`.
    public func silentCells(olderThan days: Int) throws(BellwetherError) -> [SilentCell] {
        try rows(Self.silentCellsSQL, [.text(String(days))]) { row throws(DatabaseError) in
            SilentCell(
                holder: try row.holder(),
                sum: DealSum(count: try row.decode("deals"), amount: try row.decode("amount")))
        }
    }

    /// The SQL of `concessionCells`: $1 the period's first day, $2 the day after its last.
    public static let concessionCellsSQL = """
        select
            source, owner_id, not is_owner_unknown as is_owner_known, owner_team_id,
            coalesce(concession_kind, '') as concession_kind, count(*) as concessions,
            count(distinct opportunity_id) as deals, count(*) filter (where traded_for is null) as untraded,
            coalesce(sum(amount_company), 0) as amount, coalesce(sum(discount_percent), 0) as discount_sum,
            count(discount_percent) as discounts
        from bellwether.concession_standing
        where kind = 'won' and close_date >= $1::date and close_date < $2::date
        group by source, owner_id, is_owner_unknown, owner_team_id, coalesce(concession_kind, '')
        """

    /// What was given away in the deals won in a period, by whose they are and by what was given.
    ///
    /// Source: view `bellwether.concession_standing`.
    public func concessionCells(in period: Period) throws(BellwetherError) -> [ConcessionCell] {
        try rows(Self.concessionCellsSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            ConcessionCell(
                holder: try row.holder(), kind: try row.decode("concession_kind"),
                count: try row.decode("concessions"), deals: try row.decode("deals"),
                untraded: try row.decode("untraded"), amount: try row.decode("amount"),
                discountSum: try row.decode("discount_sum"), discountCount: try row.decode("discounts"))
        }
    }
}

extension DealEnding: ColumnDecodable {}
