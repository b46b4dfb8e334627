import Model
import Postgres

extension Warehouse {
    /// Each deal of either day with what it is on the other.
    ///
    /// Source: views `bellwether.deal_state`, `opportunity_history`, `merged_record` and `plan_rate`.
    ///
    /// - Parameter currency: The company's.
    public func dealPairs(
        from before: DealSides, to after: DealSides, currency: String, at point: ReadPoint
    ) throws(BellwetherError) -> [DealPair] {
        // Looked up and not merged: of many deals few are missing on one of the days.
        let restOfOld = try sides(
            of: after.byID.keys.filter { before.byID[$0] == nil }, on: before.day, at: point)
        let restOfNew = try sides(
            of: before.byID.keys.filter { after.byID[$0] == nil }, on: after.day, at: point)
        func old(_ id: RecordID) -> DealSide? { before.byID[id] ?? restOfOld[id] }
        func new(_ id: RecordID) -> DealSide? { after.byID[id] ?? restOfNew[id] }
        let ids = Array(before.byID.keys) + after.byID.keys.filter { before.byID[$0] == nil }
        let merged = try merges(of: ids.filter { new($0) == nil }, on: after.day, at: point)
        let returned = try known(ids.filter { old($0) == nil }, before: before.day, at: point)
        let valued = try atOldRates(
            ids.compactMap { id in
                guard let then = old(id), let now = new(id) else { return nil }
                return OldRateWish(id, then, now, company: currency)
            }, on: before.day, at: point)
        return ids.map { id in
            let (then, now) = (old(id), new(id))
            return DealPair(
                id: id, before: then, after: now,
                absence: merged[id].map { .merged(into: $0) } ?? .deleted,
                isReturned: then == nil && returned.contains(id),
                afterAtOldRate: now?.currency ?? currency == currency ? now?.amount : valued[id])
        }
    }

    /// The SQL of merges: $1 the sources, $2 the ids that are gone.
    static let mergesSQL = """
        select source, record_id as id, coalesce(survivor_id, '') as survivor_id
        from bellwether.merged_record
        where coalesce(entity, 'opportunity') = 'opportunity'
            and source = any ($1::text[])
            and record_id = any ($2::text[])
        """

    private func merges(
        of ids: [RecordID], on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID: String] {
        guard !ids.isEmpty else { return [:] }
        return try reading(on: day, back: point) { () throws(BellwetherError) in
            let found = try rows(
                Self.mergesSQL, [.array(Set(ids.map(\.source)).sorted()), .array(ids.map(\.id))]
            ) { row throws(DatabaseError) in
                (try row.recordID(), try row.decode("survivor_id", as: String.self))
            }
            return Dictionary(found, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Of some deals that are not there on a day, those that were there before it.
    private func known(
        _ ids: [RecordID], before day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> Set<RecordID> {
        guard !ids.isEmpty else { return [] }
        let parameters: [Parameter?] = [
            .date(day), .array(Set(ids.map(\.source)).sorted()), .array(ids.map(\.id)),
        ]
        return Set(
            try bySpans(at: point) { () throws(BellwetherError) in
                try recordIDs(DealSpans.endedSQL, parameters)
            } else: { () throws(BellwetherError) in
                try recordIDs(Self.endedSQL, parameters)
            })
    }

    private func recordIDs(
        _ sql: String, _ parameters: [Parameter?]
    ) throws(BellwetherError) -> [RecordID] {
        try rows(sql, parameters) { row throws(DatabaseError) in try row.recordID() }
    }

    /// The SQL of `known`: $1 the day, $2 the sources, $3 the ids.
    private static let endedSQL = """
        select distinct source, id
        from bellwether.opportunity_history
        where source = any ($2::text[]) and id = any ($3::text[]) and valid_to <= $1::date
        """

    /// The SQL of `atOldRates`: $1 the deals' positions, $2 their currencies, $3 their amounts, $4 the close dates of the
    /// earlier day.
    static let oldRatesSQL = """
        select
            deal.position,
            round(deal.amount::numeric * plan_rate.rate, coalesce(company.minor_unit_places, 2)) as amount
        from unnest($1::text[], $2::text[], $3::text[], $4::text[])
            as deal (position, currency, amount, close_date)
        inner join bellwether.reporting_company as company on true
        inner join bellwether.plan_rate
            on plan_rate.from_currency = deal.currency
                and plan_rate.to_currency = company.currency
                and plan_rate.start_date <= coalesce(deal.close_date::date, (select bellwether.as_of()))
                and plan_rate.end_date >= coalesce(deal.close_date::date, (select bellwether.as_of()))
        """

    /// What the later day's amounts come to at the plan rates of the earlier.
    private func atOldRates(
        _ wishes: [OldRateWish], on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID: Amount] {
        guard !wishes.isEmpty else { return [:] }
        return try reading(on: day, back: point) { () throws(BellwetherError) in
            let found = try rows(
                Self.oldRatesSQL,
                [
                    .textArray(wishes.indices.map { String($0) }), .textArray(wishes.map(\.currency)),
                    .textArray(wishes.map(\.amount.description)),
                    .textArray(wishes.map { $0.closeDate?.description }),
                ]
            ) { row throws(DatabaseError) in
                (
                    Int(try row.decode("position", as: String.self)) ?? 0,
                    try row.decode("amount", as: Amount.self)
                )
            }
            return Dictionary(found.map { (wishes[$0].id, $1) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The names of people who are not in an organisation that is read, as they were last.
    public func formerNames(of people: Set<RecordID>) throws(BellwetherError) -> [RecordID: String] {
        guard !people.isEmpty else { return [:] }
        let found = try rows(
            """
            select distinct on (source, id) source, id, coalesce(name, id) as name
            from bellwether.person_history
            where source = any ($1::text[]) and id = any ($2::text[])
            order by source, id, valid_from desc
            """, [.array(Set(people.map(\.source)).sorted()), .array(people.map(\.id).sorted())]
        ) { row throws(DatabaseError) in
            (try row.recordID(), try row.decode("name", as: String.self))
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// What people call some deals on a day.
    public func dealNames(
        of ids: [RecordID], on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID: DealName] {
        guard !ids.isEmpty else { return [:] }
        let found = try reading(on: day, back: point) { () throws(BellwetherError) in
            try rows(
                """
                select
                    source, id, coalesce(name, id) as name, coalesce(account_name, account_id) as account,
                    coalesce(owner_name, owner_id) as owner
                from bellwether.deal
                where source = any ($1::text[]) and id = any ($2::text[])
                """, [.array(Set(ids.map(\.source)).sorted()), .array(ids.map(\.id).sorted())]
            ) { row throws(DatabaseError) in
                (
                    try row.recordID(),
                    DealName(
                        name: try row.decode("name"), account: try row.decode("account"),
                        owner: try row.decode("owner"))
                )
            }
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// The same on the day of the point, else as the CRM said last.
    public func lastNames(
        of ids: [RecordID], at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID: DealName] {
        let known = try dealNames(of: ids, on: point.asOf, at: point)
        let gone = ids.filter { known[$0] == nil }
        guard !gone.isEmpty else { return known }
        let found = try rows(
            """
            select distinct on (source, id) source, id, coalesce(name, id) as name, account_id, owner_id
            from bellwether.opportunity_history
            where source = any ($1::text[]) and id = any ($2::text[])
            order by source, id, valid_from desc
            """, [.array(Set(gone.map(\.source)).sorted()), .array(gone.map(\.id).sorted())]
        ) { row throws(DatabaseError) in
            (
                try row.recordID(),
                DealName(
                    name: try row.decode("name"), account: try row.decode("account_id"),
                    owner: try row.decode("owner_id"))
            )
        }
        return known.merging(found) { known, _ in known }
    }

    /// The days between two, both left out, of which a snapshot of the deals counts.
    ///
    /// Source: view `bellwether.live_snapshot`.
    public func nights(
        after first: Day, before last: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [Day] {
        try rows(
            """
            select distinct day
            from bellwether.live_snapshot
            where entity = 'opportunity' and day > $1 and day < $2
            order by day
            """, [.date(first), .date(last)]
        ) { row throws(DatabaseError) in try row.decode("day", as: Day.self) }
    }
}

/// What people call a deal.
public struct DealName: Sendable, Hashable {
    /// The name; the id where the CRM gives none.
    public let name: String
    /// The account's name, else its id; nil without one.
    public let account: String?
    /// The owner's name, else the id; nil without one.
    public let owner: String?
}

/// An amount of a later day in another currency than the company's, to be valued at an earlier day's plan rate.
private struct OldRateWish {
    let id: RecordID
    let currency: String
    let amount: Amount
    /// The close date of the earlier day, by which its rate was chosen.
    let closeDate: Day?

    /// Nil where there is nothing to value: the amount is the same, or is the company's money already.
    init?(_ id: RecordID, _ before: DealSide, _ after: DealSide, company: String) {
        guard let currency = after.currency, currency != company, let amount = after.entered,
            before.entered != after.entered || before.currency != after.currency
        else { return nil }
        self.id = id
        self.currency = currency
        self.amount = amount
        closeDate = before.closeDate
    }
}
