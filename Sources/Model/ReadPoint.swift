/// The two clocks of an answer: the day it speaks of, and the load at which the warehouse is read; and the organisation
/// by which it does.
public struct ReadPoint: Sendable, Hashable {
    /// The day.
    public let asOf: Day
    /// The load.
    public let load: Int
    /// The newest live opportunity snapshot on or before `asOf`; nil when there is none.
    public let snapshotDay: Day?
    /// The sources whose deals are known of that day from their CRM's own history alone.
    public let pasts: [Past]

    /// A source before its first full snapshot.
    public struct Past: Sendable, Hashable {
        /// The source.
        public let source: String
        /// The day of its first full snapshot.
        public let until: Day
        /// The fields of which the history does not tell.
        public let assumed: [String]

        /// A source before a day.
        public init(source: String, until: Day, assumed: [String]) {
            self.source = source
            self.until = until
            self.assumed = assumed
        }
    }

    /// Whether a snapshot of `asOf` was due and none counts.
    public let isGap: Bool
    /// The entities whose state on `asOf` rests on a delta without its base.
    public let unproven: [UnprovenState]
    /// The day by whose organisation all deals count; nil as was: open deals by that of `asOf`, closed ones by that of
    /// the day on which they closed.
    public let organisationDay: Day?
    /// Whether the deal spans say what the versions say at the load: whoever sums deals may read them instead.
    public let hasDealSpans: Bool

    /// A point on both clocks.
    public init(
        asOf: Day, load: Int, snapshotDay: Day?, isGap: Bool = false, unproven: [UnprovenState] = [],
        pasts: [Past] = [], organisationDay: Day? = nil, hasDealSpans: Bool = false
    ) {
        self.asOf = asOf
        self.load = load
        self.snapshotDay = snapshotDay
        self.isGap = isGap
        self.unproven = unproven
        self.pasts = pasts
        self.organisationDay = organisationDay
        self.hasDealSpans = hasDealSpans
    }
}

/// An entity's state on a day that rests on a delta without its base.
public struct UnprovenState: Sendable, Hashable {
    /// The source.
    public let source: String
    /// The entity.
    public let entity: String
    /// The day of the delta.
    public let since: Day
    /// The day that it builds on, of which no snapshot counts.
    public let buildsOn: Day

    /// A state of those.
    public init(source: String, entity: String, since: Day, buildsOn: Day) {
        self.source = source
        self.entity = entity
        self.since = since
        self.buildsOn = buildsOn
    }
}

/// The settings by which answers are read.
public struct CompanySettings: Sendable, Hashable {
    /// The company's name.
    public let name: String
    /// ISO 4217 code of the currency of every sum.
    public let currency: String
    /// The decimal places of that currency's smallest unit.
    public let minorUnitPlaces: Int
    /// The fiscal calendar.
    public let calendar: FiscalCalendar
    /// The business day after a period's end, from 1, whose end freezes the period's figures; below 1 nothing is frozen by
    /// rule.
    public let freezeBusinessDay: Int
    /// That day where the company states none: the third.
    public static let usualFreezeBusinessDay = 3
    /// Those of a warehouse without a company.
    public static let unloaded = CompanySettings(name: "Company", currency: "", calendar: FiscalCalendar())

    /// Those settings.
    public init(
        name: String, currency: String, minorUnitPlaces: Int = 2, calendar: FiscalCalendar,
        freezeBusinessDay: Int? = nil
    ) {
        self.name = name
        self.currency = currency
        self.minorUnitPlaces = minorUnitPlaces
        self.calendar = calendar
        self.freezeBusinessDay = freezeBusinessDay ?? Self.usualFreezeBusinessDay
    }

    /// The day whose end freezes the figures of a period: its own, else by the company's rule; nil where there is none.
    public func freezeDay(of period: Period, _ businessDays: BusinessDays) -> Day? {
        calendar.freezeDay(of: period, businessDay: freezeBusinessDay, businessDays)
    }
}
