import Model
import Postgres

extension Warehouse {
    /// The SQL of `dealEndings`.
    public static let dealEndingsSQL = """
        select
            source, id, owner_id, kind = 'won' as is_won, known_days, is_first_known_unknown,
            first_commit is not null as was_in_commit, commit_days
        from bellwether.commit_record
        where owner_id is not null and (kind = 'won' or first_commit is not null)
        order by source, id
        """

    /// The deals with an owner that were won, or that were ever in commit and are decided.
    ///
    /// Source: view `bellwether.commit_record`, as of the point read last.
    public func dealEndings() throws(BellwetherError) -> [EndedDeal] {
        try rows(Self.dealEndingsSQL) { row throws(DatabaseError) in
            EndedDeal(
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                owner: try row.key("source", "owner_id"), isWon: try row.decode("is_won"),
                knownDays: try row.decode("known_days"),
                isFirstKnownUnknown: try row.decode("is_first_known_unknown"),
                wasInCommit: try row.decode("was_in_commit"),
                commitDays: try row.decode("commit_days"))
        }
    }

    /// The SQL of `commitStays`: $1 the first day.
    public static let commitStaysSQL = """
        select source, id, period, end_date, owner_id, left_on, is_over, is_landed, flagged_on, lowered_on
        from bellwether.commits_since($1::date)
        order by source, id, end_date
        """

    /// The deals that were in commit for periods that end on a day or later, and what became of them.
    ///
    /// Source: function `bellwether.commits_since`, as of the point read last.
    public func commitStays(since day: Day) throws(BellwetherError) -> [CommitStay] {
        try rows(Self.commitStaysSQL, [.date(day)]) { row throws(DatabaseError) in
            CommitStay(
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                period: try row.decode("period"), periodEnd: try row.decode("end_date"),
                owner: try row.key("source", "owner_id"), leftOn: try row.decode("left_on"),
                isOver: try row.decode("is_over"), isLanded: try row.decode("is_landed"),
                flaggedOn: try row.decode("flagged_on"), loweredOn: try row.decode("lowered_on"))
        }
    }

    /// Whether anybody could have told of a risk: risk flags or calls of deals are loaded.
    ///
    /// Source: view `bellwether.live_snapshot`, as of the point read last.
    public func hasDisclosures() throws(BellwetherError) -> Bool {
        try single(
            """
            select exists (
                select
                from bellwether.live_snapshot
                where entity in ('risk_flag', 'deal_call') and day <= (select bellwether.as_of())
            ) as value
            """, as: Bool.self)
    }
}
