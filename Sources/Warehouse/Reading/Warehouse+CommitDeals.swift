import Model
import Postgres

/// A deal in commit, as far as concentration asks.
public struct CommitDeal: Sendable, Hashable {
    /// The deal.
    public let deal: BasisDeal
    /// The deal's name.
    public let name: String
    /// The account's key; nil without one.
    public let account: RecordID?
    /// The account's name, else its id; nil without one.
    public let accountName: String?
    /// The owner's name, else the id; nil without one.
    public let ownerName: String?
    /// The close date.
    public let closeDate: Day

    /// A deal of those facts.
    public init(
        deal: BasisDeal, name: String, account: RecordID?, accountName: String?, ownerName: String?,
        closeDate: Day
    ) {
        self.deal = deal
        self.name = name
        self.account = account
        self.accountName = accountName
        self.ownerName = ownerName
        self.closeDate = closeDate
    }
}

extension Warehouse {
    /// The SQL of `commitDeals`: $1 the period's first day, $2 the day after its last.
    public static let commitDealsSQL = """
        select
            source, id, coalesce(name, id) as name, category, amount_company, owner_id, is_owner_unknown,
            owner_team_id, account_id, coalesce(account_name, account_id) as account_name,
            coalesce(owner_name, owner_id) as owner_name, close_date
        from bellwether.deal
        where category = 'commit' and close_date >= $1::date and close_date < $2::date
        order by amount_company desc nulls last, source, id
        """

    /// The deals in commit for a period, the largest first.
    ///
    /// Source: view `bellwether.deal`, as of the point read last.
    public func commitDeals(of period: Period, at point: ReadPoint) throws(BellwetherError) -> [CommitDeal] {
        try rows(Self.commitDealsSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            CommitDeal(
                deal: try row.basisDeal(), name: try row.decode("name"),
                account: try row.key("source", "account_id"),
                accountName: try row.decode("account_name"), ownerName: try row.decode("owner_name"),
                closeDate: try row.decode("close_date"))
        }
    }
}
