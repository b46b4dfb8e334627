import Model
import Postgres

extension Warehouse {
    /// The past of each source that was made from its CRM's own history, as of the point read last.
    ///
    /// Source: view `bellwether.crm_history`.
    public func pasts() throws(BellwetherError) -> [PastReport] {
        try rows(
            """
            select
                source, first_day, until_day, compared_day, trusted_from, time_zone, is_time_zone_assumed,
                array_to_string(assumed_fields, ' ') as assumed_fields, records, versions, changes_used,
                changes_other, differences
            from bellwether.crm_history
            order by source
            """
        ) { row throws(DatabaseError) in
            PastReport(
                source: try row.decode("source"), firstDay: try row.decode("first_day"),
                untilDay: try row.decode("until_day"), comparedDay: try row.decode("compared_day"),
                trustedFrom: try row.decode("trusted_from"), timeZone: try row.decode("time_zone"),
                isTimeZoneAssumed: try row.decode("is_time_zone_assumed"),
                assumedFields: try row.decode("assumed_fields", as: String.self).split(separator: " ")
                    .map(String.init),
                records: try row.decode("records"), versions: try row.decode("versions"),
                changesUsed: try row.decode("changes_used"), changesOther: try row.decode("changes_other"),
                differences: try row.decode("differences"))
        }
    }

    /// The pasts in which a day lies: before the first full snapshot of a source, of which its history tells.
    func pasts(on day: Day) throws(BellwetherError) -> [PastReport] {
        try pasts().filter { past in
            guard let first = past.firstDay, let until = past.untilDay else { return false }
            return first <= day && day < until
        }
    }

    /// Sets the clock of what was known, for questions that no day belongs to, and gives the load.
    ///
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's, `BW507` for a load or time that is not there
    ///   yet.
    public func knownPoint(asKnown: String?) throws(BellwetherError) -> Int {
        try requireSchema()
        if let asKnown, !asKnown.allSatisfy(\.isNumber) { try awaitPublish() }
        try set("bellwether.as_known", to: asKnown ?? "")
        let load = try knownLoad(asKnown)
        try set("bellwether.as_known", to: String(load))
        return load
    }

    /// The first disagreements within the CRMs' histories, or between them and the snapshots.
    ///
    /// Source: view `bellwether.crm_history_difference`, as of the point read last.
    public func historyDifferences(limit: Int) throws(BellwetherError) -> [HistoryDifference] {
        try rows(
            """
            select source, id, code, field, day, history_value, other_value
            from bellwether.crm_history_difference
            order by source, entity, ordinal
            limit $1
            """, [.int(limit, type: .int8)]
        ) { row throws(DatabaseError) in
            HistoryDifference(
                source: try row.decode("source"), id: try row.decode("id"), code: try row.decode("code"),
                field: try row.decode("field"), day: try row.decode("day"),
                historyValue: try row.decode("history_value"), otherValue: try row.decode("other_value"))
        }
    }
}
