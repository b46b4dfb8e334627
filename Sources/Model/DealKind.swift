/// How a deal stands in the sales process.
public enum DealKind: String, Sendable, Hashable, CaseIterable {
    case open, won, lost
    case noDecision = "no_decision"
}
