import Model

/// One field of a deal took another value: a line of a CRM's field history.
public struct DealChange: Sendable, Hashable {
    /// A field and the value that it took.
    public enum Field: Sendable, Hashable {
        case stage(SalesStage)
        /// nil leaves the category to the stage.
        case category(DealCategory?)
        /// In cents of the deal's currency; nil while not entered.
        case amount(Int?)
        /// The day on which it is expected to close, or closed; nil while not entered.
        case closeDate(Day?)
        /// The index of the owner in the organisation's people.
        case owner(Int)
        case nextStep(String)
        case lossReason(String)
    }

    /// The day, in the company's time zone.
    public let day: Day
    /// The minute of the day, 0…1439.
    public let minute: Int
    /// The field and its new value.
    public let field: Field

    /// The change of a field at a minute of a day.
    public init(day: Day, minute: Int, field: Field) {
        self.day = day
        self.minute = minute
        self.field = field
    }
}

extension DealChange.Field {
    /// Whether both speak of the same field, whatever its value.
    func isSameField(as other: DealChange.Field) -> Bool {
        switch (self, other) {
        case (.stage, .stage), (.category, .category), (.amount, .amount), (.closeDate, .closeDate),
            (.owner, .owner), (.nextStep, .nextStep), (.lossReason, .lossReason):
            true
        default: false
        }
    }
}
