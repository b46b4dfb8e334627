/// The two clocks of an answer: the day it speaks of, and the load at which the warehouse is read.
public struct ReadPoint: Sendable, Hashable {
    /// The day.
    public let asOf: Day
    /// The load.
    public let load: Int
    /// The newest live opportunity snapshot on or before `asOf`; nil when there is none.
    public let snapshotDay: Day?

    /// A point on both clocks.
    public init(asOf: Day, load: Int, snapshotDay: Day?) {
        self.asOf = asOf
        self.load = load
        self.snapshotDay = snapshotDay
    }
}

/// The settings by which answers are read.
public struct CompanySettings: Sendable, Hashable {
    /// The company's name.
    public let name: String
    /// ISO 4217 code of the currency of every sum.
    public let currency: String
    /// The fiscal calendar.
    public let calendar: FiscalCalendar

    /// Those settings.
    public init(name: String, currency: String, calendar: FiscalCalendar) {
        self.name = name
        self.currency = currency
        self.calendar = calendar
    }
}
