/// A span of days over which a deal was the same, as far as its close date and outcome go.
public struct DealSpan: Sendable, Hashable {
    /// The first day.
    public let from: Day
    /// The first day after it; nil while it holds.
    public let to: Day?
    /// What the deal was.
    public let kind: DealKind
    /// The forecast category.
    public let category: ForecastCategory
    /// The close date; nil without one.
    public let closeDate: Day?

    /// A span of those days and facts.
    public init(from: Day, to: Day?, kind: DealKind, category: ForecastCategory, closeDate: Day?) {
        self.from = from
        self.to = to
        self.kind = kind
        self.category = category
        self.closeDate = closeDate
    }

    /// Whether it holds on a day.
    public func contains(_ day: Day) -> Bool {
        from <= day && (to.map { day < $0 } ?? true)
    }

    /// Whether it holds on some day of a period.
    public func touches(_ period: Period) -> Bool {
        from < period.end && (to.map { $0 > period.start } ?? true)
    }

    /// Whether it closed or was to close in a period.
    public func closes(in period: Period) -> Bool {
        closeDate.map(period.contains) ?? false
    }
}

/// What a deal was, from the first day on which it was known up to the day read.
public struct DealPast: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// Its last name; the id where the CRM gives none.
    public let name: String
    /// Its last account; nil without one.
    public let account: RecordID?
    /// Its last product; nil without one.
    public let product: String?
    /// Its last owner; nil without one.
    public let owner: RecordID?
    /// The spans in order; where two do not touch it was not there in between.
    public let spans: [DealSpan]

    /// A past of those spans.
    public init(
        id: RecordID, name: String, account: RecordID?, product: String?, owner: RecordID? = nil,
        spans: [DealSpan]
    ) {
        self.id = id
        self.name = name
        self.account = account
        self.product = product
        self.owner = owner
        self.spans = spans
    }

    /// What it was on a day; nil where it was not there.
    public func state(on day: Day) -> DealSpan? {
        spans.last { $0.contains(day) }
    }

    /// The first day on which it was known.
    public var firstDay: Day? { spans.first?.from }
}
