/// A booking: an order in finance's books, or a credit note.
public struct Order: Sendable, Hashable {
    /// The key of the booking.
    public let id: RecordID
    /// The deal that it names, by id; nil when it names none.
    public let deal: RecordID?
    /// The number of the order.
    public let number: String?
    /// The account's name, else its id.
    public let account: String?
    /// The day on which it was booked; nil when not said.
    public let day: Day?
    /// The amount in its own currency, below zero for a credit note; nil when not said.
    public let amount: Amount?
    /// Its own currency; nil when unknown.
    public let currency: String?
    /// The amount in the company's currency at the plan rate of the deal's close date, without a deal of its own day;
    /// nil without amount or rate.
    public let companyAmount: Amount?

    /// An order of those facts.
    public init(
        id: RecordID, deal: RecordID?, number: String?, account: String?, day: Day?, amount: Amount?,
        currency: String?, companyAmount: Amount?
    ) {
        self.id = id
        self.deal = deal
        self.number = number
        self.account = account
        self.day = day
        self.amount = amount
        self.currency = currency
        self.companyAmount = companyAmount
    }

    /// Whether it has an amount that is in no sum, for want of a plan rate.
    public var isWithoutRate: Bool { amount != nil && companyAmount == nil }
}
