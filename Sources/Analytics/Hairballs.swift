import Model

/// Metric 39: deals that are in one period's pipeline after the other.
public enum Hairballs {
    /// In how many earlier periods' pipelines a deal is suspected, and in how many confirmed.
    public static let suspected = 2, confirmed = 3

    /// The periods in whose pipeline a deal was: on some day of the period it was open and was to close in it.
    ///
    /// - Parameter earlier: The periods to look at, the latest first.
    public static func periods(of past: DealPast, among earlier: [Period]) -> [Period] {
        earlier.filter { period in
            past.spans.contains { $0.kind == .open && $0.closes(in: period) && $0.touches(period) }
        }
    }
}
