/// When pipeline that was generated in a period was to close, on the day on which it was.
public enum GenerationTiming: String, Sendable, Hashable, CaseIterable {
    /// In the period itself, or before it.
    case this
    /// In the period after it.
    case next
    /// Later.
    case later
    case undated
}

/// What became of a deal: on a day after it entered the pipeline.
public enum PipelineFate: String, Sendable, Hashable, CaseIterable {
    case open, won, lost
    case noDecision = "no_decision"
    /// No longer in the export.
    case gone

    /// Whether it is still worth something: open or won.
    public var isAlive: Bool { self == .open || self == .won }
}

/// A span of days in which pipeline is generated, with the periods by whose ends its timing is told.
public struct GenerationWindow: Sendable, Hashable {
    /// The number by which its cells are found.
    public let number: Int
    /// The first day.
    public let first: Day
    /// The last day.
    public let last: Day
    /// The day after the period's last.
    public let periodEnd: Day
    /// The day after the last of the period that follows; the period's own where none does.
    public let nextEnd: Day

    /// A span of days.
    public init(number: Int, first: Day, last: Day, periodEnd: Day, nextEnd: Day) {
        self.number = number
        self.first = first
        self.last = last
        self.periodEnd = periodEnd
        self.nextEnd = nextEnd
    }
}

/// Deals that entered the pipeline in a window, of one holder, source and timing, at what they were worth then.
public struct GenerationCell: Sendable, Hashable {
    /// The window's number.
    public let window: Int
    /// Whose they were on the day of entry.
    public let holder: DealHolder
    /// Where they came from, in the CRM's words; nil for none.
    public let leadSource: String?
    /// When they were to close.
    public let timing: GenerationTiming
    /// How many, and for how much.
    public let sum: DealSum
    /// Of them, those whose day of entry is assumed.
    public let assumed: Int

    /// A cell.
    public init(
        window: Int, holder: DealHolder, leadSource: String?, timing: GenerationTiming, sum: DealSum,
        assumed: Int
    ) {
        self.window = window
        self.holder = holder
        self.leadSource = leadSource
        self.timing = timing
        self.sum = sum
        self.assumed = assumed
    }
}

/// What became of deals that entered the pipeline in a window.
public struct GenerationFate: Sendable, Hashable {
    /// The window's number.
    public let window: Int
    /// Whose they were on the day of entry.
    public let holder: DealHolder
    /// Where they came from; nil for none.
    public let leadSource: String?
    /// What became of them.
    public let fate: PipelineFate
    /// How many, and for how much on the day of entry.
    public let sum: DealSum
    /// What they are worth on the day looked at; nothing where they are gone.
    public let worth: Amount

    /// A cell.
    public init(
        window: Int, holder: DealHolder, leadSource: String?, fate: PipelineFate, sum: DealSum, worth: Amount
    ) {
        self.window = window
        self.holder = holder
        self.leadSource = leadSource
        self.fate = fate
        self.sum = sum
        self.worth = worth
    }
}
