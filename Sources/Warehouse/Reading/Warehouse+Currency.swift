import Model
import Postgres

extension Warehouse {
    /// The SQL of `currencyCells`: $1 the period's first day, $2 the day after its last.
    public static let currencyCellsSQL = """
        select
            source, owner_id, is_owner_unknown, owner_team_id, category, \(timing) as timing, is_past_due,
            coalesce(currency, '') as currency,
            max(owner_name) as owner_name,
            count(*) as deals,
            count(*) - count(amount) as deals_without_amount,
            count(*) filter (where is_rate_missing) as deals_without_rate,
            count(*) filter (where is_currency_unknown) as deals_without_currency,
            count(*) filter (where amount < 0) as deals_negative,
            count(*) filter (where is_stage_unmapped) as deals_stage_unmapped,
            count(*) filter (where is_outcome_conflict) as deals_outcome_conflict,
            coalesce(sum(amount), 0) as amount_entered,
            coalesce(sum(amount_company), 0) as amount,
            coalesce(sum(amount_day - amount_company) filter (where currency <> company_currency), 0) as rate_effect
        from bellwether.deal_state
        where kind in ('open', 'won')
            and (\(reach))
        group by source, owner_id, is_owner_unknown, owner_team_id, category, timing, is_past_due, currency
        order by source, owner_id, owner_team_id, category, timing, is_past_due, currency
        """

    /// The deals that a forecast of a period counts, summed by owner, team, category, timing and currency.
    ///
    /// Source: view `bellwether.deal_state`, as of the point read last, at the plan rates as they were said on a day.
    ///
    /// - Parameter ratesOf: The day whose word on plan rates counts; nil for the day read.
    public func currencyCells(
        of period: Period, ratesOf day: Day? = nil, at point: ReadPoint
    ) throws(BellwetherError) -> [ForecastCell] {
        if let day { try set("bellwether.rates", to: day.description) }
        let cells: [ForecastCell]
        do throws(BellwetherError) {
            cells = try currencyCells(of: period)
        } catch {
            // The first error is the one to tell.
            try? set("bellwether.rates", to: "")
            throw error
        }
        try set("bellwether.rates", to: "")
        return cells
    }

    private func currencyCells(of period: Period) throws(BellwetherError) -> [ForecastCell] {
        try rows(Self.currencyCellsSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            var faults: [DealFault: Int] = [:]
            for fault in DealFault.allCases {
                faults[fault] = try row.decode("deals_\(fault.rawValue)", as: Int.self)
            }
            return ForecastCell(
                owner: try row.key("source", "owner_id"),
                isOwnerKnown: !(try row.decode("is_owner_unknown", as: Bool.self)),
                team: try row.key("source", "owner_team_id"),
                category: try row.decode("category", as: ForecastCategory.self),
                timing: try row.decode("timing", as: CloseTiming.self),
                isPastDue: try row.decode("is_past_due", as: Bool.self),
                sum: DealSum(
                    count: try row.decode("deals", as: Int.self),
                    amount: try row.decode("amount", as: Amount.self),
                    rateEffect: try row.decode("rate_effect", as: Amount.self)),
                faults: faults,
                ownerName: try row.decode("owner_name", as: String?.self),
                entered: EnteredSum(
                    currency: try row.decode("currency"), amount: try row.decode("amount_entered")))
        }
    }

    /// The SQL of `rates`: $1 the company's currency, $2 the period's first day, $3 the day after its last.
    public static let ratesSQL = """
        select
            'plan' as kind, from_currency, nullif(start_date, '-infinity') as start_date,
            nullif(end_date, 'infinity') as end_date, round(rate, 6) as rate, is_inverse
        from bellwether.plan_rate
        where to_currency = $1 and start_date < $3::date and end_date >= $2::date
        union all
        select 'day', from_currency, bellwether.as_of(), bellwether.as_of(), round(rate, 6), is_inverse
        from bellwether.day_rate
        where to_currency = $1
        order by from_currency, kind desc, start_date nulls first
        """

    /// The plan rates of a period's days and the day's rates into the company's currency, by currency, plan first.
    ///
    /// Source: views `bellwether.plan_rate` and `bellwether.day_rate`, as of the point read last.
    public func rates(
        into currency: String, of period: Period, at point: ReadPoint
    ) throws(BellwetherError) -> [ExchangeRate] {
        try rows(Self.ratesSQL, [.text(currency), .date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            ExchangeRate(
                kind: try row.decode("kind"), currency: try row.decode("from_currency"),
                first: try row.decode("start_date"), last: try row.decode("end_date"),
                rate: try row.decode("rate"), isInverse: try row.decode("is_inverse"))
        }
    }

    /// The newest day up to the one read on which the market has a rate from a currency into the company's; nil without
    /// one.
    public func newestDayRate(
        from currency: String, into company: String, at point: ReadPoint
    ) throws(BellwetherError) -> Day? {
        try single(
            """
            select max(least(coalesce(end_date, $3::date), $3::date)) as value
            from bellwether.told_rate
            where kind = 'daily' and from_currency = $1 and to_currency = $2 and valid_from <= $3::date
                and coalesce(start_date <= $3::date, true)
            """, [.text(currency), .text(company), .date(point.asOf)], as: Day?.self)
    }

    /// The SQL of `unratedDeals`: $1 the period's first day, $2 the day after its last, $3 whether those
    /// without a day's rate are to be named too.
    public static let unratedDealsSQL = """
        \(dealColumns)
        where kind in ('open', 'won')
            and (\(reach))
            and amount is not null
            and (is_rate_missing or ($3::boolean and amount_day is null))
        order by source, id
        """

    /// The deals of a forecast that have an amount without a plan rate, or without one of the day.
    ///
    /// Source: view `bellwether.deal`, as of the point read last.
    public func unratedDeals(
        of period: Period, orOfDay isOfDay: Bool, at point: ReadPoint
    ) throws(BellwetherError) -> [DealRow] {
        try dealRows(
            Self.unratedDealsSQL, [.date(period.start), .date(period.end), .bool(isOfDay)])
    }
}

extension ExchangeRate.Kind: ColumnDecodable {}
