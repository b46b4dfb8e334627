import Model
import Postgres

/// The deals of a period on one day, ready to be held against another.
public struct DealSides: Sendable {
    /// The day.
    public let day: Day
    /// By key, in no order.
    public internal(set) var byID: [RecordID: DealSide]

    /// Those of a day.
    public init(day: Day, byID: [RecordID: DealSide]) {
        self.day = day
        self.byID = byID
    }
}

extension Warehouse {
    private static let sideSelect = """
        select
            source, id, owner_id, is_owner_unknown, owner_team_id, kind, category,
            coalesce(stage_name, stage_id) as stage, close_date, amount, currency, amount_company
        from bellwether.deal_state

        """

    /// The SQL of `dealSides`: $1 the period's first day, $2 the day after its last, $3 the categories.
    public static let dealSidesSQL =
        sideSelect + """
            where kind in ('open', 'won')
                and close_date >= $1::date
                and close_date < $2::date
                and category = any ($3::text[])
            """

    /// The SQL of the same deals on the other day, wherever they stand: $1 their sources, $2 their ids.
    public static let namedSidesSQL =
        sideSelect + """
            where source = any ($1::text[])
                and id = any ($2::text[])
            """

    /// The open and won deals of a period in some categories on a day.
    ///
    /// Source: views `bellwether.deal_state` and `bellwether.deal_part`.
    public func dealSides(
        of period: Period, in categories: [ForecastCategory], on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> DealSides {
        let parameters: [Parameter?] = [
            .date(period.start), .date(period.end), .array(categories.map(\.rawValue)),
        ]
        return DealSides(
            day: day,
            byID: try reading(on: day, back: point) { () throws(BellwetherError) in
                try bySpans(at: point) { () throws(BellwetherError) in
                    try hashing { () throws(BellwetherError) in
                        try sides(DealSpans.sidesSQL, [.date(day)] + parameters)
                    }
                } else: { () throws(BellwetherError) in
                    try sides(Self.dealSidesSQL, parameters)
                }
            })
    }

    /// Those of some deals that are there on a day, whatever has become of them.
    func sides(of ids: [RecordID], on day: Day, at point: ReadPoint) throws(BellwetherError) -> [RecordID:
        DealSide]
    {
        guard !ids.isEmpty else { return [:] }
        let found = try reading(on: day, back: point) { () throws(BellwetherError) in
            let parameters: [Parameter?] = [.array(Set(ids.map(\.source)).sorted()), .array(ids.map(\.id))]
            return try bySpans(at: point) { () throws(BellwetherError) in
                try hashing { () throws(BellwetherError) in
                    try sides(DealSpans.namedSidesSQL, [.date(day)] + parameters)
                }
            } else: { () throws(BellwetherError) in
                try sides(Self.namedSidesSQL, parameters)
            }
        }
        guard Set(ids.map(\.source)).count > 1 else { return found }
        // Two sources may have the same id.
        let wanted = Set(ids)
        return found.filter { wanted.contains($0.key) }
    }

    private func sides(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [RecordID:
        DealSide]
    {
        try inviteWorkers()
        let found = try rows(sql, parameters) { row throws(DatabaseError) in
            (try row.recordID(), try row.side())
        }
        var sides: [RecordID: DealSide] = Dictionary(minimumCapacity: found.count)
        for (id, side) in found { sides[id] = side }
        guard try sharedDealIDs().contains(where: { sides[$0] != nil }) else { return sides }
        for (id, part) in try sharedParts() where sides[id] != nil { sides[id]?.parts.append(part) }
        return sides
    }

    /// The deals that have splits on the day that is read: few, where there are any.
    private func sharedDealIDs() throws(BellwetherError) -> [RecordID] {
        try rows(
            "select distinct source, opportunity_id as id from bellwether.opportunity_split where opportunity_id is not null"
        ) {
            row throws(DatabaseError) in try row.recordID()
        }
    }

    /// The SQL of the parts of shared deals.
    public static let sharedPartsSQL = """
        select
            source, opportunity_id as id, person_id, person_name, is_person_unknown, team_id as person_team_id, percent,
            amount_company as part_amount
        from bellwether.deal_part
        order by source, opportunity_id, percent desc, person_id
        """

    /// The parts of all deals that people share, on the day that is read: none of the few is looked up by itself.
    private func sharedParts() throws(BellwetherError) -> [(RecordID, CreditPart)] {
        try rows(Self.sharedPartsSQL) { row throws(DatabaseError) in
            (try row.recordID(), try row.creditPart())
        }
    }
}

extension Row {
    func recordID() throws(DatabaseError) -> RecordID {
        RecordID(source: try decode("source"), id: try decode("id"))
    }

    fileprivate func side() throws(DatabaseError) -> DealSide {
        DealSide(
            holder: DealHolder(
                owner: try key("source", "owner_id"),
                isOwnerKnown: !(try decode("is_owner_unknown", as: Bool.self)),
                team: try key("source", "owner_team_id")),
            kind: try decode("kind"), category: try decode("category"), stage: try decode("stage"),
            closeDate: try decode("close_date"), entered: try decode("amount"),
            currency: try decode("currency"), amount: try decode("amount_company"))
    }
}

extension DealKind: ColumnDecodable {}
