import Model
import Postgres

extension Warehouse {
    private static let pastColumns = """
        select
            past.source, past.id, coalesce(past.name, past.id) as name, past.account_id, past.product_id,
            past.owner_id,
            past.valid_from, nullif(past.valid_to, 'infinity') as valid_to, past.kind, past.category, past.close_date
        from bellwether.deal_past as past

        """

    /// The SQL of `reachedDeals`: $1 the period's first day, $2 the day after its last.
    public static let reachedDealsSQL = """
        select source, id
        from bellwether.opportunity_history
        where close_date >= $1::date and close_date < $2::date and valid_from <= (select bellwether.as_of())
        group by source, id
        order by source, id
        """

    /// The deals that closed or were to close in a period at any time up to a day.
    ///
    /// Source: view `bellwether.opportunity_history`.
    public func reachedDeals(
        of period: Period, until day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID] {
        try reading(on: day, back: point) { () throws(BellwetherError) in
            try recordIDs(Self.reachedDealsSQL, [.date(period.start), .date(period.end)])
        }
    }

    /// The SQL of `recreatedDeals`: $1 the sources, $2 the accounts' ids, $3 the first day.
    public static let recreatedDealsSQL = """
        select source, id
        from bellwether.opportunity_history
        where source = any ($1::text[]) and account_id = any ($2::text[])
            and valid_from <= (select bellwether.as_of())
        group by source, id
        having min(valid_from) >= $3
        order by source, id
        """

    /// The deals of some accounts that were first known from a day on, up to another.
    ///
    /// Source: view `bellwether.opportunity_history`.
    public func recreatedDeals(
        ofAccounts accounts: some Sequence<RecordID>, from first: Day, until day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID] {
        let accounts = Set(accounts)
        guard !accounts.isEmpty else { return [] }
        return try reading(on: day, back: point) { () throws(BellwetherError) in
            try recordIDs(
                Self.recreatedDealsSQL,
                [
                    .array(Set(accounts.map(\.source)).sorted()), .array(accounts.map(\.id).sorted()),
                    .date(first),
                ])
        }
    }

    private func recordIDs(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [RecordID] {
        try rows(sql, parameters) { row throws(DatabaseError) in
            RecordID(source: try row.decode("source"), id: try row.decode("id"))
        }
    }

    /// The keys in arrays and not in a join, so that they reach the versions before windows are made of them; in arrays that
    /// the planner cannot count, so that it looks them up, however many there are.
    private static func keys(of deals: Set<RecordID>) -> [Parameter?] {
        [.array(Set(deals.map(\.source)).sorted()), .array(deals.map(\.id).sorted())]
    }

    /// The SQL of `dealPasts`: $1 the sources, $2 the ids.
    public static let dealPastsSQL =
        pastColumns + """
            where past.source = any (array(select unnest($1::text[])))
                and past.id = any (array(select unnest($2::text[])))
            order by past.source, past.id, past.valid_from
            """

    /// What some deals were, up to a day.
    ///
    /// Source: view `bellwether.deal_past`.
    public func dealPasts(
        of deals: some Sequence<RecordID>, until day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [DealPast] {
        let deals = Set(deals)
        guard !deals.isEmpty else { return [] }
        return try reading(on: day, back: point) { () throws(BellwetherError) in
            // An id that two sources have is met twice.
            try dealPasts(Self.dealPastsSQL, Self.keys(of: deals)).filter { deals.contains($0.id) }
        }
    }

    /// The SQL of `dealPast(of:)`: $1 the source, $2 the id.
    public static let dealPastSQL =
        pastColumns + "where past.source = $1 and past.id = $2 order by past.source, past.id, past.valid_from"

    /// What a deal was, up to the day of the point read last; nil for one that never was.
    public func dealPast(of deal: RecordID) throws(BellwetherError) -> DealPast? {
        try dealPasts(Self.dealPastSQL, [.text(deal.source), .text(deal.id)]).first
    }

    private func dealPasts(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [DealPast] {
        let rows = try rows(sql, parameters) { row throws(DatabaseError) in
            (
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                name: try row.decode("name", as: String.self), account: try row.key("source", "account_id"),
                product: try row.decode("product_id", as: String?.self),
                owner: try row.key("source", "owner_id"),
                span: try row.dealSpan()
            )
        }
        var pasts: [DealPast] = []
        var start = rows.startIndex
        while start < rows.endIndex {
            let next = rows[start...].firstIndex { $0.id != rows[start].id } ?? rows.endIndex
            let last = rows[next - 1]
            pasts.append(
                DealPast(
                    id: last.id, name: last.name, account: last.account, product: last.product,
                    owner: last.owner, spans: rows[start..<next].map(\.span)))
            start = next
        }
        return pasts
    }

    // MARK: - Close dates that moved

    private static let moveColumns = """
        select
            move.source, move.id, move.day, move.from_date, move.to_date, move.is_push, move.is_pull,
            move.from_period, move.to_period, move.is_period_push
        from bellwether.close_move as move

        """

    /// The SQL of `closeMoves(of:)` for several deals: $1 the sources, $2 the ids.
    public static let closeMovesSQL =
        moveColumns + """
            where move.source = any (array(select unnest($1::text[])))
                and move.id = any (array(select unnest($2::text[])))
            order by move.day, move.source, move.id
            """

    /// The moves of the close dates of some deals, up to a day, the earliest first.
    ///
    /// Source: view `bellwether.close_move`.
    public func closeMoves(
        of deals: some Sequence<RecordID>, until day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [CloseMove] {
        let deals = Set(deals)
        guard !deals.isEmpty else { return [] }
        return try reading(on: day, back: point) { () throws(BellwetherError) in
            try closeMoves(Self.closeMovesSQL, Self.keys(of: deals)).filter { deals.contains($0.deal) }
        }
    }

    /// The SQL of `closeMoves(of:)` for a deal: $1 the source, $2 the id.
    public static let dealMovesSQL =
        moveColumns + "where move.source = $1 and move.id = $2 order by move.day"

    /// The moves of a deal's close date up to the day of the point read last, the earliest first.
    public func closeMoves(of deal: RecordID) throws(BellwetherError) -> [CloseMove] {
        try closeMoves(Self.dealMovesSQL, [.text(deal.source), .text(deal.id)])
    }

    private func closeMoves(
        _ sql: String, _ parameters: [Parameter?]
    ) throws(BellwetherError) -> [CloseMove] {
        try rows(sql, parameters) { row throws(DatabaseError) in
            CloseMove(
                deal: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                day: try row.decode("day"), from: try row.decode("from_date"), to: try row.decode("to_date"),
                isPush: try row.decode("is_push"), isPull: try row.decode("is_pull"),
                fromPeriod: try row.decode("from_period"), toPeriod: try row.decode("to_period"),
                isPeriodPush: try row.decode("is_period_push"))
        }
    }
}

extension Row {
    func dealSpan() throws(DatabaseError) -> DealSpan {
        DealSpan(
            from: try decode("valid_from"), to: try decode("valid_to"), kind: try decode("kind"),
            category: try decode("category"), closeDate: try decode("close_date"))
    }
}
