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

    /// The same with the period after it: $3 its first day, $4 the day after its last. Its range is one with the period's,
    /// so that the deals of both are met in one pass.
    static let timingWithNext = """
        case
            when close_date >= $2::date then 'next_period'
            when close_date is null and category = 'closed' then 'won_undated'
            when close_date is null then 'undated'
            when close_date < $1::date then 'earlier_past_due'
            else 'in_period'
        end
        """

    static let reachWithNext = """
        (
                close_date >= $1::date
                and close_date < $4::date
                and (
                    close_date < $2::date
                    or (close_date >= $3::date and category in ('closed', 'commit', 'best_case', 'pipeline'))
                )
            )
            or close_date is null
            or (is_past_due and close_date < $1::date)
        """

    /// The SQL of `forecastCells(of:at:)`: $1 the period's first day, $2 the day after its last.
    public static let forecastCellsSQL = cellsSQL(timing, reach)

    /// The SQL of `forecastCells(of:andNext:at:)`: $1 the period's first day, $2 the day after its last, $3 and $4 those of
    /// the period after it.
    public static let forecastTwoPeriodsSQL = cellsSQL(timingWithNext, reachWithNext)

    private static func cellsSQL(_ timing: String, _ reach: String) -> String {
        """
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
            sum(deals_by_stage_default)::bigint as deals_by_stage_default,
            coalesce(sum(amount), 0) as amount, coalesce(sum(rate_effect), 0) as rate_effect
        from bellwether.forecast_cell
        where \(reach)
        group by source, owner_id, is_owner_unknown, owner_team_id, category, timing, is_past_due
        order by source, owner_id, owner_team_id, category, timing, is_past_due
        """
    }

    /// The deals that a forecast of a period counts, summed by credited person, team, category and timing: those that
    /// people share are taken from their owners and given to whom their parts count for.
    ///
    /// Source: views `bellwether.forecast_cell` and `bellwether.deal_part`, as of the point read last.
    public func forecastCells(of period: Period, at point: ReadPoint) throws(BellwetherError)
        -> [ForecastCell]
    {
        try ownedCells(
            Self.forecastCellsSQL, [.date(period.start), .date(period.end)], at: point,
            spanDays: [period.start, period.end, period.end, period.end], apart: nil)
            + sharedDeals(of: period, at: point).flatMap(\.corrections)
    }

    /// The same and, in the same pass, the deals that a forecast of the period after it has, of timing `nextPeriod`: won
    /// and open ones in a category of the forecast.
    ///
    /// - Parameter apart: Whose deals are told apart: those of a team's other people may come together in cells without
    ///   an owner, a tenth as many. Nil for everybody's.
    public func forecastCells(
        of period: Period, andNext next: Period?, at point: ReadPoint, apart: Set<RecordID>? = nil
    ) throws(BellwetherError) -> [ForecastCell] {
        guard let next else { return try forecastCells(of: period, at: point) }
        let days: [Parameter?] = [
            .date(period.start), .date(period.end), .date(next.start), .date(next.end),
        ]
        return try ownedCells(
            Self.forecastTwoPeriodsSQL, days, at: point,
            spanDays: [period.start, period.end, next.start, next.end], apart: apart)
            + sharedDeals(Self.sharedTwoPeriodsSQL, days).flatMap(\.corrections)
    }

    /// From the summary of the day where there is one, else by the spans where they hold, else by the versions: the
    /// numbers are the same.
    private func ownedCells(
        _ sql: String, _ parameters: [Parameter?], at point: ReadPoint, spanDays: [Day],
        apart: Set<RecordID>?
    ) throws(BellwetherError) -> [ForecastCell] {
        let isNextWanted = spanDays[2] != spanDays[1] || spanDays[3] != spanDays[2]
        if let summary = try forecastSummary(of: spanDays, on: point.asOf) {
            let cells = try summaryCells(summary, isNextWanted: isNextWanted, apart: apart)
            // Another one may have taken its place meanwhile.
            if try forecastSummary(of: spanDays, on: point.asOf) == summary { return cells }
        }
        return try bySpans(at: point) { () throws(BellwetherError) in
            try hashing { () throws(BellwetherError) in
                try cells(
                    DealSpans.cellsSQL,
                    ([point.asOf] + spanDays).map(Parameter.date) + [
                        apart.map { .array($0.map(\.id)) } ?? nil
                    ])
            }
        } else: { () throws(BellwetherError) in
            try inviteWorkers()
            return try cells(sql, parameters)
        }
    }

    func cells(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [ForecastCell] {
        try rows(sql, parameters) { row throws(DatabaseError) in
            let source = try row.decode("source", as: String.self)
            var faults: [DealFault: Int] = [:]
            for (fault, column) in Self.faultColumns {
                let count = try row.decode(column, as: Int.self)
                if count != 0 { faults[fault] = count }
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
                    amount: try row.decode("amount", as: Amount.self),
                    rateEffect: try row.decode("rate_effect", as: Amount.self)),
                faults: faults,
                stageDefaults: try row.decode("deals_by_stage_default", as: Int.self),
                ownerName: try row.decode("owner_name", as: String?.self))
        }
    }

    private static let faultColumns = DealFault.allCases.map { ($0, "deals_\($0.rawValue)") }

    /// Deals as `deals` reads them: $1 the period's first day.
    static let dealColumns = """
        select
            source, id, coalesce(name, id) as name, coalesce(account_name, account_id) as account, owner_id,
            coalesce(owner_name, owner_id) as owner_name, is_owner_unknown, owner_team_id,
            coalesce(stage_name, stage_id) as stage, category, category_from, \(timing) as timing, is_past_due,
            amount, currency, amount_company, close_date, next_step, amount is null as is_without_amount,
            is_rate_missing as is_without_rate, is_currency_unknown as is_without_currency,
            coalesce(amount < 0, false) as is_negative, is_stage_unmapped, is_outcome_conflict
        from bellwether.deal
        """

    /// The deals that a forecast reaches: $1 the period's first day, $2 the day after its last.
    static let dealsSelect = """
        \(dealColumns)
        where kind in ('open', 'won')
            and (\(reach))

        """

    /// The SQL of `deals`: $1 the period's first day, $2 the day after its last.
    public static let dealsSQL = dealsSelect + "order by source, id"

    /// The deals themselves, one by one, with the parts of those that people share: what `forecastCells` sums.
    ///
    /// Source: view `bellwether.deal`, as of the point read last.
    public func deals(of period: Period, at point: ReadPoint) throws(BellwetherError) -> [DealRow] {
        let deals = try dealRows(Self.dealsSQL, [.date(period.start), .date(period.end)])
        return Self.sharing(deals, try sharedDeals(of: period, at: point))
    }

    /// Deals with the parts of those that people share.
    static func sharing(_ deals: [DealRow], _ shared: [SharedDeal]) -> [DealRow] {
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
    func inviteWorkers() throws(BellwetherError) {
        try execute(
            """
            select
                set_config('parallel_tuple_cost', '0.005', false),
                set_config('parallel_setup_cost', '100', false)
            """)
    }

    /// The deals of a query of `dealColumns`, without their parts.
    func dealRows(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [DealRow] {
        try inviteWorkers()
        return try rows(sql, parameters) { row throws(DatabaseError) in
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
