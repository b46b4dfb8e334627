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
        // What was known at each load that touched a deal; one row less where the deal was not there.
        let known = try rows(
            """
            with version as (
                select
                    stored.source, stored.id, stored.valid_from, stored.valid_to, stored.loaded_in, stored.closed_in,
                    stored.superseded_in, stored.stage_id, stored.is_closed, stored.is_won, stored.amount,
                    stored.currency, stored.close_date, stored.owner_id
                from bellwether_store.opportunity as stored
                where stored.source = any ($1::text[]) and stored.id = any ($2::text[]) and stored.valid_from <= $3
            )
            select
                touched.source, touched.id, touched.load,
                concat_ws(
                    '|', version.valid_from is not null, version.stage_id, version.is_closed, version.is_won,
                    version.amount, upper(version.currency), version.close_date, version.owner_id) as content
            from (
                select distinct version.source, version.id, changed.load
                from version
                cross join lateral (
                    values ($4::integer), (version.loaded_in), (version.superseded_in), (version.closed_in)
                ) as changed (load)
                where changed.load between $4 and $5
            ) as touched
            left join version
                on version.source = touched.source
                    and version.id = touched.id
                    and version.loaded_in <= touched.load
                    and (version.superseded_in is null or version.superseded_in > touched.load)
                    and (version.valid_to > $3 or version.closed_in > touched.load)
            order by touched.source, touched.id, touched.load
            """,
            [
                .array(Set(ids.map(\.source)).sorted()), .array(ids.map(\.id).sorted()), .date(freeze.day),
                .int(freeze.load, type: .int4), .int(point.load, type: .int4),
            ]
        ) { row throws(DatabaseError) in
            (
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                load: try row.decode("load", as: Int.self),
                content: try row.decode("content", as: String.self)
            )
        }
        var contents: [RecordID: String] = [:]
        var loads: [RecordID: Int] = [:]
        for row in known {
            if let before = contents[row.id], before != row.content { loads[row.id] = row.load }
            contents[row.id] = row.content
        }
        return loads
    }
}
