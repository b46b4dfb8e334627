import Model
import Postgres

extension Warehouse {
    /// The SQL of `standingCalls`: $1 the ways of writing the period, $2 the categories.
    public static let standingCallsSQL = """
        select
            source, id, node_kind, node_source, node_id, category, kind, basis, business_line, measure, amount,
            currency, amount_company, calculated_company, submitted_by_source, submitted_by_id, note, submitted_day,
            to_char(submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as instant,
            to_char(submitted_at at time zone (select bellwether.company_time_zone()), 'YYYY-MM-DD HH24:MI') as time
        from bellwether.standing_call
        where upper(period collate "C") = any ($1::text[])
            and category = any ($2::text[])
            and kind in ('own', 'override')
            and basis in ('cumulative', 'exclusive')
            and node_kind in ('company', 'team', 'person', 'lead')
        order by submitted_day, submitted_at, source, id
        """

    /// The last calls of a period as of a day: the day of the point read, or a later one.
    ///
    /// Source: view `bellwether.standing_call`.
    public func standingCalls(
        of period: Period, categories: [CallCategory] = CallCategory.allCases, on day: Day,
        at point: ReadPoint
    ) throws(BellwetherError) -> [Call] {
        try reading(on: day, back: point) { () throws(BellwetherError) in
            let words = try spellings(of: period)
            return try rows(Self.standingCallsSQL, [.array(words), .array(categories.map(\.rawValue))]) {
                row throws(DatabaseError) in try row.call()
            }
        }
    }

    /// Every way in which a call may write the period, letters of ASCII in capitals: its label in every form that is
    /// read, and the ids of loaded fiscal periods of that label. So an index finds the calls.
    func spellings(of period: Period) throws(BellwetherError) -> [String] {
        let ids = try rows(
            """
            select upper(id collate "C") as id
            from bellwether.fiscal_period
            where bellwether.period_label(period) = $1
            """,
            [.text(period.label)]
        ) { row throws(DatabaseError) in try row.decode("id", as: String.self) }
        return (PeriodLabel(period.label)?.spellings ?? [period.label]) + ids
    }

    /// The newest day of which calls are known, when it is later than a day: calls are said during the day, exports
    /// tell of its end.
    public func callDay(notBefore day: Day) throws(BellwetherError) -> Day {
        let newest = try single(
            "select max(day) as value from bellwether.live_snapshot where entity = 'call'", as: Day?.self)
        return max(day, newest ?? day)
    }

    /// The weekday by whose end calls are due, as the company's record has it.
    public func callWeekday() throws(BellwetherError) -> String? {
        try rows("select call_weekday from bellwether.company order by source, id limit 1") {
            row throws(DatabaseError) in try row.decode("call_weekday", as: String?.self)
        }.first ?? nil
    }

    /// What the CRM's own forecast adds up without adjustments, cumulative, for a period and category, in the company's
    /// currency.
    ///
    /// Source: view `bellwether.crm_forecast`, as of the point read last.
    public func crmForecasts(
        of period: Period, category: CallCategory, businessLine: String?, measure: String
    ) throws(BellwetherError) -> [CallTarget: Amount] {
        let sums = try rows(
            """
            select
                forecast.source, coalesce(forecast.node_kind, 'company') as node_kind, forecast.node_id,
                round(
                    forecast.calculated_amount
                        * case when named.currency is not distinct from company.currency then 1 else plan_rate.rate end,
                    bellwether.minor_unit_places(company.currency)) as amount
            from bellwether.crm_forecast as forecast
            left join bellwether.reporting_company as company on true
            left join bellwether.source_currency as own on own.source = forecast.source
            cross join lateral (
                select coalesce(upper(forecast.currency), own.currency, company.currency) as currency
            ) as named
            left join bellwether.plan_rate
                on plan_rate.from_currency = named.currency
                    and plan_rate.to_currency = company.currency
                    and (select bellwether.as_of()) between plan_rate.start_date and plan_rate.end_date
            where upper(forecast.period collate "C") = any ($1::text[])
                and forecast.category = $2
                and coalesce(forecast.basis, 'cumulative') = 'cumulative'
                and forecast.business_line is not distinct from $3::text
                and coalesce(forecast.measure, 'bookings') = $4
            order by forecast.source, forecast.id
            """,
            [
                .array(try spellings(of: period)), .text(category.rawValue),
                businessLine.map { .text($0, type: .text) }, .text(measure),
            ]
        ) { row throws(DatabaseError) in
            (
                CallTarget(kind: try row.decode("node_kind"), id: try row.key("source", "node_id")),
                try row.decode("amount", as: Amount?.self)
            )
        }
        return Dictionary(
            sums.compactMap { target, amount in amount.map { (target, $0) } }, uniquingKeysWith: { $1 })
    }

    // MARK: - What a call stood on

    /// The SQL of `basisDeals` of everybody: $1 the period's first day, $2 the day after its last.
    public static let basisSQL = """
        select
            source, id, category, amount_company, owner_id, is_owner_unknown, owner_team_id
        from bellwether.deal_state
        where kind in ('open', 'won') and close_date >= $1::date and close_date < $2::date
        """

    /// The deals of a period on a day that belong to some owners, by the organisation of that day; those that people
    /// share once for each part, whoever's it is.
    ///
    /// Source: views `bellwether.deal_state` and `bellwether.deal_part`.
    public func basisDeals(
        of owners: BasisOwners, in period: Period, on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [BasisDeal] {
        try reading(on: day, back: point) { () throws(BellwetherError) in
            var condition = ""
            var parameters: [Parameter?] = [.date(period.start), .date(period.end)]
            if !owners.isEverybody {
                // By owner, which the deals themselves have, so that those of nobody else are ever joined. Who once was
                // in a team, and whose id two sources have, is told apart by whoever counts.
                let members = try rows(
                    "select distinct id from bellwether.person_history where team_id = any ($1::text[])",
                    [.array(Set(owners.teams.map(\.id)).sorted())]
                ) { row throws(DatabaseError) in try row.decode("id", as: String.self) }
                condition = " and owner_id = any ($3::text[])"
                parameters.append(.array(Set(members + owners.people.map(\.id)).sorted()))
            }
            let ids = owners.isEverybody ? nil : parameters[2]
            let owned = try bySpans(at: point) { () throws(BellwetherError) in
                try rows(DealSpans.basisSQL, [.date(day)] + parameters.prefix(2) + [ids]) {
                    row throws(DatabaseError) in try row.basisDeal()
                }
            } else: { () throws(BellwetherError) in
                try rows(Self.basisSQL + condition, parameters) { row throws(DatabaseError) in
                    try row.basisDeal()
                }
            }
            return try sharing(owned, in: period, at: point)
        }
    }

    /// The same with the parts of shared deals in the place of the deals.
    private func sharing(
        _ owned: [BasisDeal], in period: Period, at point: ReadPoint
    ) throws(BellwetherError) -> [BasisDeal] {
        let shared = try sharedDeals(of: period, at: point).filter {
            !$0.parts.isEmpty && $0.whole.timing == .inPeriod
        }
        guard !shared.isEmpty else { return owned }
        let ids = Set(shared.map(\.id))
        return owned.filter { !ids.contains($0.id) }
            + shared.flatMap { deal in
                deal.parts.map { part in
                    BasisDeal(
                        id: deal.id, category: deal.whole.category, amount: part.amount,
                        owner: part.person, isOwnerKnown: part.isKnown, team: part.team)
                }
            }
    }

    /// The names of some deals on a day; of those without one the id.
    public func dealNames(
        of deals: [RecordID], on day: Day
    ) throws(BellwetherError) -> [RecordID: String] {
        guard !deals.isEmpty else { return [:] }
        let found = try rows(
            """
            select source, id, coalesce(name, id) as name
            from bellwether.opportunity_history
            where source = any ($1::text[]) and id = any ($2::text[]) and valid_from <= $3::date and valid_to > $3::date
            """, [.array(Set(deals.map(\.source)).sorted()), .array(deals.map(\.id)), .date(day)]
        ) { row throws(DatabaseError) in
            (
                RecordID(source: try row.decode("source"), id: try row.decode("id")),
                try row.decode("name", as: String.self)
            )
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// Runs `body` with the views as of another day, and sets them back to the point.
    func reading<Value>(
        on day: Day, back point: ReadPoint, _ body: () throws(BellwetherError) -> Value
    ) throws(BellwetherError) -> Value {
        guard day != point.asOf else { return try body() }
        try set("bellwether.as_of", to: day.description)
        let value: Value
        do throws(BellwetherError) {
            value = try body()
        } catch {
            // The first error is the one to tell.
            try? set("bellwether.as_of", to: point.asOf.description)
            throw error
        }
        try set("bellwether.as_of", to: point.asOf.description)
        return value
    }
}

extension Row {
    func call() throws(DatabaseError) -> Call {
        let target = CallTarget(
            kind: try decode("node_kind"), id: try key("node_source", "node_id"))
        return Call(
            id: RecordID(source: try decode("source"), id: try decode("id")), target: target,
            category: try decode("category"), kind: try decode("kind"), basis: try decode("basis"),
            businessLine: try decode("business_line"), measure: try decode("measure"),
            amount: try decode("amount"), currency: try decode("currency"),
            companyAmount: try decode("amount_company"), calculated: try decode("calculated_company"),
            instant: try decode("instant"), time: try decode("time"), day: try decode("submitted_day"),
            author: try key("submitted_by_source", "submitted_by_id"), note: try decode("note"))
    }

    func basisDeal() throws(DatabaseError) -> BasisDeal {
        BasisDeal(
            id: RecordID(source: try decode("source"), id: try decode("id")),
            category: try decode("category"), amount: try decode("amount_company"),
            owner: try key("source", "owner_id"),
            isOwnerKnown: !(try decode("is_owner_unknown", as: Bool.self)),
            team: try key("source", "owner_team_id"))
    }

    /// A key of two columns; nil where the id is.
    func key(_ source: String, _ id: String) throws(DatabaseError) -> RecordID? {
        guard let id = try decode(id, as: String?.self) else { return nil }
        return RecordID(source: try decode(source, as: String?.self) ?? "", id: id)
    }
}

extension CallCategory: ColumnDecodable {}
extension CallKind: ColumnDecodable {}
extension CallBasis: ColumnDecodable {}
