import Model
import Postgres

/// A stored version, read as the rules of the two clocks say.
struct HistoryVersion {
    /// A span of days with one content.
    struct Interval: Hashable {
        let key: String
        let content: String
        let from: Day
        /// Nil while it holds.
        let to: Day?
    }

    let interval: Interval
    let loadedIn: Int
    let closedIn: Int?
    let supersededIn: Int?

    func holds(on day: Day, asKnown load: Int) -> Bool {
        guard loadedIn <= load, supersededIn.map({ $0 > load }) ?? true, interval.from <= day else {
            return false
        }
        if let closedIn, closedIn > load { return true }
        return interval.to.map { $0 > day } ?? true
    }

    /// The content of a row of `version` as the oracle writes it.
    static let content = """
        concat_ws(
            '|', coalesce(version.owner_id, ''), coalesce(version.forecast_category, ''),
            coalesce(version.amount::text, ''), coalesce(version.close_date::text, ''))
        """

    static func all(_ reader: Connection) throws -> [HistoryVersion] {
        try reader.query(
            """
            select
                version.id, \(content) as content, version.valid_from,
                nullif(version.valid_to, 'infinity') as valid_to, version.loaded_in, version.closed_in,
                version.superseded_in
            from bellwether_store.opportunity as version
            """
        ).map { row in
            HistoryVersion(
                interval: Interval(
                    key: try row.decode("id"), content: try row.decode("content"),
                    from: try row.decode("valid_from"), to: try row.decode("valid_to")),
                loadedIn: try row.decode("loaded_in"), closedIn: try row.decode("closed_in"),
                supersededIn: try row.decode("superseded_in"))
        }
    }
}
