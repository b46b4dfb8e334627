import Model

/// What every company that this module writes has in common, whatever is planted in it: its name,
/// its present, its quarters and its currency.
public enum Frame {
    /// The company's name.
    public static let companyName = "Halden Instruments"
    /// The currency of its plan, ISO 4217.
    public static let currency = "USD"
    /// The day on which the story is told, a Monday.
    public static let present = day(2026, 12, 7)
    /// The first day of which the exports know a closed deal.
    public static let historyStart = day(2024, 1, 1)
    /// The day after the last for which nights can be written: the story ends there.
    public static let end = day(2027, 4, 1)
    /// Fiscal years are calendar years.
    public static let calendar = RuledCalendar()
    /// The quarter of the present, FY2026Q4.
    public static let quarter = calendar.period(.quarter, containing: present)
    /// The quarter after it, FY2027Q1.
    public static let nextQuarter = calendar.period(after: quarter)

    /// Deals are created from this day on: half a year before the first closed ones.
    static let firstCreation = day(2023, 7, 3)

    /// A day of the calendar; days outside the month count on into its neighbours.
    static func day(_ year: Int, _ month: Int, _ dayOfMonth: Int) -> Day {
        Day.first(ofMonth: month, year: year) + (dayOfMonth - 1)
    }
}
