import Model
import Postgres

extension Warehouse {
    /// The SQL of `sharedDeals`: $1 the period's first day, $2 the day after its last.
    public static let sharedDealsSQL = sharedSQL(timing, reach)

    /// The SQL of the same for a period and the one after it: $3 and $4 as those of `forecastTwoPeriodsSQL`.
    public static let sharedTwoPeriodsSQL = sharedSQL(timingWithNext, reachWithNext)

    /// The shared deals among those that a reading of cells reaches, with its own parameters.
    ///
    /// Few deals are shared: they are read apart, by their keys, so that the sums of all others need not ask of each deal
    /// whether it is. Keys in an array and not in a join: the planner then looks them up, however many it expects.
    static func sharedSQL(_ timing: String, _ reach: String) -> String {
        """
        with deal as materialized (
            select
                source, id, coalesce(name, id) as name, owner_id, owner_name, is_owner_unknown, owner_team_id, category,
                \(timing) as timing, is_past_due, amount_company,
                amount is null as is_without_amount, is_rate_missing as is_without_rate,
                is_currency_unknown as is_without_currency, coalesce(amount < 0, false) as is_negative,
                is_stage_unmapped, is_outcome_conflict, category_from = 'stage' as is_by_stage_default,
                case when currency <> company_currency then amount_day - amount_company end as rate_effect
            from bellwether.deal_state
            where source = any (array(select split.source from bellwether.opportunity_split as split))
                and id = any (array(select split.opportunity_id from bellwether.opportunity_split as split))
                and kind in ('open', 'won')
                and (\(reach))
        ),
        part as materialized (
            select
                source, opportunity_id, person_id, person_name, is_person_unknown, team_id, percent, amount_company,
                false as is_overlay
            from bellwether.deal_part
            union all
            select
                source, opportunity_id, person_id, person_name, is_person_unknown, team_id, percent, amount_company,
                true
            from bellwether.overlay_credit
        )
        select
            deal.source, deal.id, deal.name, deal.owner_id, deal.owner_name, deal.is_owner_unknown, deal.owner_team_id,
            deal.category, deal.timing, deal.is_past_due, deal.amount_company, deal.is_without_amount,
            deal.is_without_rate, deal.is_without_currency, deal.is_negative, deal.is_stage_unmapped,
            deal.is_outcome_conflict, deal.is_by_stage_default, deal.rate_effect, part.person_id, part.person_name, part.is_person_unknown,
            part.team_id as person_team_id, part.percent, part.amount_company as part_amount, part.is_overlay
        from deal
        inner join part on part.source = deal.source and part.opportunity_id = deal.id
        order by deal.source, deal.id, part.is_overlay, part.percent desc, part.person_id
        """
    }

    /// The deals of a forecast of a period that people share, or for which somebody has overlay credit.
    ///
    /// Source: views `bellwether.deal_part` and `bellwether.overlay_credit`, as of the point read last.
    public func sharedDeals(of period: Period, at point: ReadPoint) throws(BellwetherError) -> [SharedDeal] {
        try sharedDeals(Self.sharedDealsSQL, [.date(period.start), .date(period.end)])
    }

    /// The deals of a query that `sharedSQL` makes.
    func sharedDeals(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [SharedDeal] {
        // Most companies share no deal, and most days nobody should wait for the plan of a query that finds none.
        let isAnyShared = try single(
            "select exists (select from bellwether.opportunity_split) as value", as: Bool.self)
        guard isAnyShared else { return [] }
        let found = try rows(sql, parameters) { row throws(DatabaseError) in
            (
                deal: try row.undividedDeal(), part: try row.creditPart(),
                isOverlay: try row.decode("is_overlay", as: Bool.self)
            )
        }
        var deals: [SharedDeal] = []
        for (deal, part, isOverlay) in found {
            if deals.last?.id != deal.id { deals.append(deal) }
            let last = deals.count - 1
            if isOverlay { deals[last].overlays.append(part) } else { deals[last].parts.append(part) }
        }
        return deals
    }
}

extension Row {
    /// The deal of the row, without its parts.
    fileprivate func undividedDeal() throws(DatabaseError) -> SharedDeal {
        var faults: [DealFault: Int] = [:]
        for fault in DealFault.allCases where try decode("is_\(fault.rawValue)", as: Bool.self) {
            faults[fault] = 1
        }
        let cell = ForecastCell(
            owner: try key("source", "owner_id"),
            isOwnerKnown: !(try decode("is_owner_unknown", as: Bool.self)),
            team: try key("source", "owner_team_id"), category: try decode("category"),
            timing: try decode("timing"), isPastDue: try decode("is_past_due"),
            sum: DealSum(
                count: 1, amount: try decode("amount_company", as: Amount?.self) ?? .zero,
                rateEffect: try decode("rate_effect", as: Amount?.self) ?? .zero),
            faults: faults, stageDefaults: try decode("is_by_stage_default", as: Bool.self) ? 1 : 0,
            ownerName: try decode("owner_name"))
        return SharedDeal(
            id: RecordID(source: try decode("source"), id: try decode("id")), name: try decode("name"),
            whole: cell, parts: [], overlays: [])
    }

    func creditPart() throws(DatabaseError) -> CreditPart {
        CreditPart(
            person: try key("source", "person_id"), name: try decode("person_name"),
            isKnown: !(try decode("is_person_unknown", as: Bool.self)),
            team: try key("source", "person_team_id"), percent: try decode("percent"),
            amount: try decode("part_amount"))
    }
}
