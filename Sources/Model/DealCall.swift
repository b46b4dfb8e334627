/// What a person says of one deal: how sure it is, what it brings, when it closes.
public struct DealCall: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The deal.
    public let deal: RecordID
    /// By the deal's owner, or from above.
    public let kind: CallKind
    /// How sure: commit, best_case, pipeline or omitted; nil where it takes the last one back.
    public let level: String?
    /// The amount in the company's currency at the plan rate; nil when not said, or without a rate.
    public let amount: Amount?
    /// The day on which it is said to close.
    public let closeDate: Day?
    /// The instant, in the company's time zone to the minute; nil when the file has none.
    public let time: String?
    /// The day on which it was said.
    public let day: Day
    /// Who said it.
    public let author: RecordID?
    /// Why.
    public let reason: String?

    /// A deal's call of those facts.
    public init(
        id: RecordID, deal: RecordID, kind: CallKind, level: String?, amount: Amount?, closeDate: Day?,
        time: String?, day: Day, author: RecordID?, reason: String?
    ) {
        self.id = id
        self.deal = deal
        self.kind = kind
        self.level = level
        self.amount = amount
        self.closeDate = closeDate
        self.time = time
        self.day = day
        self.author = author
        self.reason = reason
    }

    /// Whether it says nothing any more.
    public var isReset: Bool { level == nil && amount == nil && closeDate == nil }
}
