/// What a snapshot says of keys that it does not name.
public enum SnapshotKind: String, Sendable, Hashable, CaseIterable {
    /// They are gone from that day on.
    case full
    /// Nothing: it names only what changed, and what is deleted.
    case delta
}
