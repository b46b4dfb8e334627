import Model
import Postgres

/// A deal that was ever known, as far as it takes to find it.
public struct FoundDeal: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// Its last name, else its id.
    public let name: String
}

extension Warehouse {
    /// The deals that are or once were called so, up to the day of the point read last: by id or `source/id`, else by
    /// name, else by a part of it; at most twenty.
    ///
    /// Source: view `bellwether.opportunity_history`.
    public func dealsEver(named text: String) throws(BellwetherError) -> [FoundDeal] {
        // By the sources, so that the key of the versions finds it.
        let byID = try foundDeals(
            """
            history.source = any (array(select distinct source from bellwether.live_snapshot))
                and (history.id = $1
                    or (history.source = split_part($1, '/', 1)
                        and history.id = substr($1, length(split_part($1, '/', 1)) + 2)))
            """, [.text(text)])
        guard byID.isEmpty else { return byID }
        let byName = try foundDeals("lower(history.name) = lower($1)", [.text(text)])
        guard byName.isEmpty else { return byName }
        return try foundDeals("strpos(lower(history.name), lower($1)) > 0", [.text(text)])
    }

    /// Names of deals that begin with the same letter as a text, and ids of about its length: among them may be what was meant.
    public func dealsNear(_ text: String) throws(BellwetherError) -> [FoundDeal] {
        try foundDeals(
            "lower(left(history.name, 1)) = lower(left($1, 1)) or abs(length(history.id) - length($1)) <= 1",
            [.text(text)], limit: 5_000)
    }

    private func foundDeals(
        _ condition: String, _ parameters: [Parameter?], limit: Int = 20
    ) throws(BellwetherError) -> [FoundDeal] {
        try rows(
            """
            select
                history.source, history.id,
                coalesce((array_agg(history.name order by history.valid_from desc))[1], history.id) as name
            from bellwether.opportunity_history as history
            where history.valid_from <= (select bellwether.as_of()) and (\(condition))
            group by history.source, history.id
            order by history.source, history.id
            limit \(limit)
            """, parameters
        ) { row throws(DatabaseError) in
            FoundDeal(
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                name: try row.decode("name"))
        }
    }
}
