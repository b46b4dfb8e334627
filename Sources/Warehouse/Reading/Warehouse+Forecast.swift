import Model
import Postgres

extension Warehouse {
    /// Which close dates a forecast of a period looks at, and how it names them. $1 is the period's first day, $2
    /// the day after its last.
    static let timing = """
        case
            when close_date is null and category = 'closed' then 'won_undated'
            when close_date is null then 'undated'
            when close_date < $1::date then 'earlier_past_due'
            else 'in_period'
        end
        """

    static let reach = """
        (close_date >= $1::date and close_date < $2::date)
            or close_date is null
            or (is_past_due and close_date < $1::date)
        """

    /// The SQL of `forecastCells`: $1 the period's first day, $2 the day after its last.
    public static let forecastCellsSQL = """
        select
            source, owner_id, is_owner_unknown, owner_team_id, category, \(timing) as timing, is_past_due,
            max(owner_name) as owner_name,
            sum(deals)::bigint as deals,
            sum(deals - deals_with_amount)::bigint as deals_without_amount,
            sum(deals_without_rate)::bigint as deals_without_rate,
            sum(deals_without_currency)::bigint as deals_without_currency,
            sum(deals_negative)::bigint as deals_negative,
            sum(deals_stage_unmapped)::bigint as deals_stage_unmapped,
            sum(deals_outcome_conflict)::bigint as deals_outcome_conflict,
            coalesce(sum(amount), 0) as amount
        from bellwether.forecast_cell
        where \(reach)
        group by source, owner_id, is_owner_unknown, owner_team_id, category, timing, is_past_due
        order by source, owner_id, owner_team_id, category, timing, is_past_due
        """

    /// The deals that a forecast of a period counts, summed by credited person, team, category and timing: those that
    /// people share are taken from their owners and given to whom their parts count for.
    ///
    /// Source: views `bellwether.forecast_cell` and `bellwether.deal_part`, as of the point read last.
    public func forecastCells(of period: Period, at point: ReadPoint) throws(BellwetherError)
        -> [ForecastCell]
    {
        try ownedCells(of: period)
            + sharedDeals(of: period, at: point).flatMap(\.corrections)
    }

    private func ownedCells(of period: Period) throws(BellwetherError) -> [ForecastCell] {
        try inviteWorkers()
        return try rows(Self.forecastCellsSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            let source = try row.decode("source", as: String.self)
            var faults: [DealFault: Int] = [:]
            for fault in DealFault.allCases {
                faults[fault] = try row.decode("deals_\(fault.rawValue)", as: Int.self)
            }
            return ForecastCell(
                owner: try row.decode("owner_id", as: String?.self).map { RecordID(source: source, id: $0) },
                isOwnerKnown: !(try row.decode("is_owner_unknown", as: Bool.self)),
                team: try row.decode("owner_team_id", as: String?.self).map {
                    RecordID(source: source, id: $0)
                },
                category: try row.decode("category", as: ForecastCategory.self),
                timing: try row.decode("timing", as: CloseTiming.self),
                isPastDue: try row.decode("is_past_due", as: Bool.self),
                sum: DealSum(
                    count: try row.decode("deals", as: Int.self),
                    amount: try row.decode("amount", as: Amount.self)),
                faults: faults,
                ownerName: try row.decode("owner_name", as: String?.self))
        }
    }

    /// The SQL of `deals`: $1 the period's first day, $2 the day after its last.
    public static let dealsSQL = """
        select
            source, id, coalesce(name, id) as name, coalesce(account_name, account_id) as account, owner_id,
            coalesce(owner_name, owner_id) as owner_name, is_owner_unknown, owner_team_id,
            coalesce(stage_name, stage_id) as stage, category, category_from, \(timing) as timing, is_past_due,
            amount, currency, amount_company, close_date, next_step, amount is null as is_without_amount,
            is_rate_missing as is_without_rate, is_currency_unknown as is_without_currency,
            coalesce(amount < 0, false) as is_negative, is_stage_unmapped, is_outcome_conflict
        from bellwether.deal
        where kind in ('open', 'won')
            and (\(reach))
        order by source, id
        """

    /// The deals themselves, one by one, with the parts of those that people share: what `forecastCells` sums.
    ///
    /// Source: view `bellwether.deal`, as of the point read last.
    public func deals(of period: Period, at point: ReadPoint) throws(BellwetherError) -> [DealRow] {
        let shared = try sharedDeals(of: period, at: point)
        let deals = try ownedDeals(of: period)
        guard !shared.isEmpty else { return deals }
        let parts = Dictionary(shared.map { ($0.id, $0.parts) }, uniquingKeysWith: { first, _ in first })
        return deals.map { deal in
            var deal = deal
            deal.parts = parts[deal.id] ?? []
            return deal
        }
    }

    /// Lets several processes look through the versions: of all that they read few are of the day and the period, which
    /// the planner does not know, and takes handing them over for dearer than it is.
    private func inviteWorkers() throws(BellwetherError) {
        try execute(
            """
            select
                set_config('parallel_tuple_cost', '0.005', false),
                set_config('parallel_setup_cost', '100', false)
            """)
    }

    private func ownedDeals(of period: Period) throws(BellwetherError) -> [DealRow] {
        try inviteWorkers()
        return try rows(Self.dealsSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            let source = try row.decode("source", as: String.self)
            func key(_ column: String) throws(DatabaseError) -> RecordID? {
                try row.decode(column, as: String?.self).map { RecordID(source: source, id: $0) }
            }
            var faults: Set<DealFault> = []
            for fault in DealFault.allCases where try row.decode("is_\(fault.rawValue)", as: Bool.self) {
                faults.insert(fault)
            }
            return DealRow(
                id: RecordID(source: source, id: try row.decode("id", as: String.self)),
                name: try row.decode("name", as: String.self),
                account: try row.decode("account", as: String?.self),
                owner: try key("owner_id"),
                ownerName: try row.decode("owner_name", as: String?.self),
                isOwnerKnown: !(try row.decode("is_owner_unknown", as: Bool.self)),
                team: try key("owner_team_id"),
                stage: try row.decode("stage", as: String?.self),
                category: try row.decode("category", as: ForecastCategory.self),
                categoryFrom: try row.decode("category_from", as: String.self),
                timing: try row.decode("timing", as: CloseTiming.self),
                isPastDue: try row.decode("is_past_due", as: Bool.self),
                amount: try row.decode("amount", as: Amount?.self),
                currency: try row.decode("currency", as: String?.self),
                companyAmount: try row.decode("amount_company", as: Amount?.self),
                closeDate: try row.decode("close_date", as: Day?.self),
                nextStep: try row.decode("next_step", as: String?.self),
                faults: faults)
        }
    }
}
