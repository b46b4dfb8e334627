import Model
import Postgres

extension Warehouse {
    /// The SQL of `qualityRules`.
    public static let qualityRulesSQL = """
        select source, defect, version, title, weight, threshold, unit, is_judged_of_teams, missing
        from bellwether.quality_rule
        order by place, source
        """

    /// The rules of data quality, one a source of deals, in their order.
    ///
    /// Source: view `bellwether.quality_rule`, as of the point read last.
    public func qualityRules() throws(BellwetherError) -> [QualityRule] {
        try rows(Self.qualityRulesSQL) { row throws(DatabaseError) in
            QualityRule(
                source: try row.decode("source"), defect: try row.decode("defect"),
                version: try row.decode("version"), title: try row.decode("title"),
                weight: try row.decode("weight"), threshold: try row.decode("threshold"),
                unit: try row.decode("unit"), isJudgedOfTeams: try row.decode("is_judged_of_teams"),
                missing: try row.decode("missing"))
        }
    }

    /// The SQL of `qualityCells`: $1 the period's first day, $2 the day after its last, both null for all open deals.
    public static let qualityCellsSQL = """
        select
            source, owner_id, not is_owner_unknown as is_owner_known, max(owner_name) as owner_name, owner_team_id,
            defect,
            sum(measured_deals)::bigint as measured_deals, coalesce(sum(measured_amount), 0) as measured_amount,
            sum(defect_deals)::bigint as defect_deals, coalesce(sum(defect_amount), 0) as defect_amount
        from bellwether.quality_cell
        where $1::date is null or (close_date >= $1::date and close_date < $2::date)
        group by source, owner_id, is_owner_unknown, owner_team_id, defect
        order by source, owner_id, owner_team_id, defect
        """

    /// The open deals and their defects by owner, team and rule.
    ///
    /// Source: view `bellwether.quality_cell`, as of the point read last.
    ///
    /// - Parameter period: The period of the close dates that count; nil for all open deals.
    public func qualityCells(in period: Period?) throws(BellwetherError) -> [QualityCell] {
        try rows(Self.qualityCellsSQL, Self.days(of: period)) { row throws(DatabaseError) in
            QualityCell(
                holder: try row.holder(), ownerName: try row.decode("owner_name"),
                defect: try row.decode("defect"),
                measured: DealSum(
                    count: try row.decode("measured_deals"), amount: try row.decode("measured_amount")),
                found: DealSum(
                    count: try row.decode("defect_deals"), amount: try row.decode("defect_amount")))
        }
    }

    /// The SQL of `flawedDeals`: $1 and $2 as above, $3 the rule's id, null for all.
    public static let flawedDealsSQL = """
        select
            deal.source, deal.id, coalesce(max(deal.name), deal.id) as name, max(deal.owner_id) as owner_id,
            coalesce(max(deal.owner_name), max(deal.owner_id)) as owner_name,
            not bool_or(deal.is_owner_unknown) as is_owner_known, max(deal.owner_team_id) as owner_team_id,
            coalesce(max(deal.stage_name), max(deal.stage_id)) as stage, max(deal.category) as category,
            max(deal.close_date) as close_date, max(deal.amount_company) as amount,
            string_agg(deal.defect, ',' order by deal.defect) as defects,
            string_agg(coalesce(deal.measure::text, ''), ',' order by deal.defect) as measures
        from bellwether.deal_defect as deal
        where ($1::date is null or (deal.close_date >= $1::date and deal.close_date < $2::date))
            and ($3::text is null or deal.defect = $3::text)
        group by deal.source, deal.id
        order by amount desc nulls last, deal.source, deal.id
        """

    /// The open deals that have a defect, the largest first.
    ///
    /// Source: view `bellwether.deal_defect`, as of the point read last.
    ///
    /// - Parameters:
    ///   - period: The period of the close dates that count; nil for all open deals.
    ///   - defect: The only defect that counts; nil for all.
    public func flawedDeals(
        in period: Period?, with defect: String? = nil
    ) throws(BellwetherError) -> [FlawedDeal] {
        let parameters = Self.days(of: period) + [defect.map { .text($0, type: .text) }]
        return try rows(Self.flawedDealsSQL, parameters) { row throws(DatabaseError) in
            FlawedDeal(
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                name: try row.decode("name"), holder: try row.holder(),
                ownerName: try row.decode("owner_name"), stage: try row.decode("stage"),
                category: try row.decode("category"), closeDate: try row.decode("close_date"),
                amount: try row.decode("amount"), defects: Self.words(try row.decode("defects")),
                measures: Self.words(try row.decode("measures")).map { Int($0) })
        }
    }

    /// The SQL of `entryDelays`.
    public static let entryDelaysSQL = """
        select source, owner_id, days, activities
        from bellwether.entry_latency
        order by source, owner_id, days
        """

    /// How late the activities of the last ninety days were written down, by who did them.
    ///
    /// Source: view `bellwether.entry_latency`, as of the point read last.
    public func entryDelays() throws(BellwetherError) -> [EntryDelay] {
        try rows(Self.entryDelaysSQL) { row throws(DatabaseError) in
            EntryDelay(
                owner: try row.key("source", "owner_id"), days: try row.decode("days"),
                count: try row.decode("activities"))
        }
    }

    private static func days(of period: Period?) -> [Parameter?] {
        guard let period else { return [nil, nil] }
        return [.date(period.start), .date(period.end)]
    }

    private static func words(_ list: String) -> [String] {
        list.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    }
}
