import Model
import Postgres

extension Warehouse {
    /// The day from which the CRM says of some deals what it says at the point, of outcome, amount, date and owner; for a deal
    /// that is gone, the day on which it went. Deals that have not changed after `day` have none.
    ///
    /// Source: view `bellwether.opportunity_history`.
    public func changeDays(
        of ids: Set<RecordID>, after day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID: Day] {
        guard !ids.isEmpty else { return [:] }
        let versions = try rows(
            """
            select
                source, id, valid_from, nullif(valid_to, 'infinity') as valid_to,
                concat_ws(
                    '|', stage_id, is_closed, is_won, amount, upper(currency), close_date, owner_id) as content
            from bellwether.opportunity_history
            where source = any ($1::text[]) and id = any ($2::text[]) and valid_from <= $3
            order by source, id, valid_from desc
            """,
            [.array(Set(ids.map(\.source)).sorted()), .array(ids.map(\.id).sorted()), .date(point.asOf)]
        ) { row throws(DatabaseError) in
            (
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                from: try row.decode("valid_from", as: Day.self),
                to: try row.decode("valid_to", as: Day?.self),
                content: try row.decode("content", as: String.self)
            )
        }
        var days: [RecordID: Day] = [:]
        var settled: Set<RecordID> = []
        var contents: [RecordID: String] = [:]
        for version in versions where !settled.contains(version.id) {
            if let to = version.to, to <= point.asOf, contents[version.id] == nil {
                days[version.id] = to
                settled.insert(version.id)
            } else if let content = contents[version.id], content != version.content {
                settled.insert(version.id)
            } else {
                contents[version.id] = version.content
                days[version.id] = version.from
            }
        }
        return days.filter { $0.value > day && ids.contains($0.key) }
    }

    /// The newest load that changed what is known of some deals on the frozen day, after the one that covered it.
    ///
    /// Source: table `bellwether_store.opportunity`.
    public func correctingLoads(
        of ids: Set<RecordID>, _ freeze: FreezePoint, at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID: Int] {
        guard !ids.isEmpty else { return [:] }
        let found = try rows(
            """
            select version.source, version.id, max(changed.load) as load
            from bellwether_store.opportunity as version
            cross join lateral (
                values
                    (version.loaded_in),
                    (version.superseded_in),
                    (case when version.valid_to <= $3 then version.closed_in end)
            ) as changed (load)
            where version.source = any ($1::text[])
                and version.id = any ($2::text[])
                and version.valid_from <= $3
                and changed.load > $4
                and changed.load <= $5
            group by version.source, version.id
            """,
            [
                .array(Set(ids.map(\.source)).sorted()), .array(ids.map(\.id).sorted()), .date(freeze.day),
                .int(freeze.load, type: .int4), .int(point.load, type: .int4),
            ]
        ) { row throws(DatabaseError) in
            (
                RecordID(source: try row.decode("source"), id: try row.decode("id")),
                try row.decode("load", as: Int.self)
            )
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }
}
