import Model
import Postgres

extension Warehouse {
    private static let momentColumns = """
        select
            source, id, coalesce(name, id) as name, owner_id, coalesce(owner_name, owner_id) as owner_name,
            not is_owner_unknown as is_owner_known, owner_team_id, kind, category, close_date, amount, currency,
            amount_company
        from bellwether.deal_state
        """

    /// The SQL of `dealMoments(in:categories:at:)`: $1 the period's first day, $2 the day after its last, $3 the
    /// categories.
    public static let periodMomentsSQL = """
        \(momentColumns)
        where kind in ('open', 'won')
            and close_date >= $1::date
            and close_date < $2::date
            and category = any ($3::text[])
        order by source, id
        """

    /// The deals of a period in some categories, with whom each counts for.
    ///
    /// Source: views `bellwether.deal_state` and `bellwether.deal_part`, as of the point read last.
    public func dealMoments(
        in period: Period, categories: [ForecastCategory]
    ) throws(BellwetherError) -> [DealMoment] {
        try moments(
            Self.periodMomentsSQL,
            [.date(period.start), .date(period.end), .array(categories.map(\.rawValue))])
    }

    /// Some deals, whatever has become of them; without those that are not there.
    ///
    /// Source: as above.
    public func dealMoments(of ids: some Sequence<RecordID>) throws(BellwetherError) -> [RecordID: DealMoment]
    {
        let wanted = Set(ids)
        guard !wanted.isEmpty else { return [:] }
        let found = try moments(
            """
            \(Self.momentColumns)
            where source = any ($1::text[]) and id = any ($2::text[])
            order by source, id
            """, [.array(Set(wanted.map(\.source)).sorted()), .array(Set(wanted.map(\.id)).sorted())])
        return Dictionary(
            found.filter { wanted.contains($0.id) }.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    private func moments(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [DealMoment] {
        var moments = try rows(sql, parameters) { row throws(DatabaseError) in try row.dealMoment() }
        guard !moments.isEmpty else { return [] }
        let shares = try creditShares()
        guard !shares.isEmpty else { return moments }
        for index in moments.indices {
            if let parts = shares[moments[index].id] { moments[index].shares = parts }
        }
        return moments
    }

    /// Who shares which deals: few deals are, so that all are read.
    private func creditShares() throws(BellwetherError) -> [RecordID: [DealMoment.Share]] {
        let isAnyShared = try single(
            "select exists (select from bellwether.opportunity_split) as value", as: Bool.self)
        guard isAnyShared else { return [:] }
        let found = try rows(
            """
            select
                source, opportunity_id, person_id, person_name, not is_person_unknown as is_person_known, team_id,
                percent, amount_company
            from bellwether.deal_part
            order by source, opportunity_id, percent desc, person_id
            """
        ) { row throws(DatabaseError) in
            let holder = DealHolder(
                owner: try row.key("source", "person_id"), isOwnerKnown: try row.decode("is_person_known"),
                team: try row.key("source", "team_id"))
            return (
                RecordID(source: try row.decode("source"), id: try row.decode("opportunity_id")),
                DealMoment.Share(
                    holder: holder, name: try row.decode("person_name", as: String?.self) ?? holder.owner?.id,
                    percent: try row.decode("percent"), amount: try row.decode("amount_company"))
            )
        }
        var shares: [RecordID: [DealMoment.Share]] = [:]
        for (deal, share) in found { shares[deal, default: []].append(share) }
        return shares
    }

    /// What amounts of some deals are worth at the plan rates that the point read has for them: the part of a change
    /// that is no exchange. Deals that are not there, and those without a rate, have none.
    ///
    /// Source: views `bellwether.deal_state` and `bellwether.plan_rate`.
    public func amountsAtPlan(_ amounts: [RecordID: Amount]) throws(BellwetherError) -> [RecordID: Amount] {
        guard !amounts.isEmpty else { return [:] }
        let given = amounts.sorted { $0.key < $1.key }
        let found = try rows(
            """
            select
                deal.source, deal.id,
                round(
                    given.amount
                        * case when deal.currency is not distinct from deal.company_currency then 1 else plan_rate.rate end,
                    bellwether.minor_unit_places(deal.company_currency)) as amount
            from unnest($1::text[], $2::text[], $3::numeric[]) as given (source, id, amount)
            inner join bellwether.deal_state as deal
                on deal.source = given.source and deal.id = given.id
                    -- Follows from the line above; in an array, the few deals are looked up.
                    and deal.source = any ($1::text[])
                    and deal.id = any ($2::text[])
            left join bellwether.plan_rate
                on plan_rate.from_currency = deal.currency
                    and plan_rate.to_currency = deal.company_currency
                    and plan_rate.start_date <= coalesce(deal.close_date, (select bellwether.as_of()))
                    and plan_rate.end_date >= coalesce(deal.close_date, (select bellwether.as_of()))
            """,
            [
                .array(given.map(\.key.source)), .array(given.map(\.key.id)),
                .array(given.map(\.value.description)),
            ]
        ) { row throws(DatabaseError) in
            (
                RecordID(source: try row.decode("source"), id: try row.decode("id")),
                try row.decode("amount", as: Amount?.self)
            )
        }
        return Dictionary(
            found.compactMap { id, amount in amount.map { (id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}

extension DealMoment.Kind: ColumnDecodable {}

extension Row {
    fileprivate func dealMoment() throws(DatabaseError) -> DealMoment {
        let amount = try decode("amount_company", as: Amount?.self)
        return DealMoment(
            id: RecordID(source: try decode("source"), id: try decode("id")), name: try decode("name"),
            kind: try decode("kind"), category: try decode("category"), closeDate: try decode("close_date"),
            amount: try decode("amount"), currency: try decode("currency"), companyAmount: amount,
            shares: [
                DealMoment.Share(holder: try holder(), name: try decode("owner_name"), amount: amount)
            ])
    }
}
