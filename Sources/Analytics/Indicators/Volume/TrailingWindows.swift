import Model

/// Spans of equal length that follow each other and end with a day: weeks for a weekly report, four weeks for an
/// indicator. Never broken off, so that each can be compared with the one before.
public struct TrailingWindows: Sendable, Hashable {
    /// The last day of the newest.
    public let end: Day
    /// Days in each.
    public let length: Int
    /// How many.
    public let count: Int

    /// So many spans of so many days, the newest ending with a day; one day and one span at least.
    public init(endingOn end: Day, length: Int, count: Int) {
        self.end = end
        self.length = max(length, 1)
        self.count = max(count, 1)
    }

    /// The last day of a window; 0 is the newest.
    public func last(_ window: Int) -> Day { end - length * window }

    /// The day before the first day of a window.
    public func before(_ window: Int) -> Day { end - length * (window + 1) }

    /// The day before the first day of the oldest.
    public var beforeAll: Day { before(count - 1) }
}
