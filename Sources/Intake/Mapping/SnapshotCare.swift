/// What becomes of a load when a column is not what it was.
public enum DriftPolicy: String, Sendable, Hashable, CaseIterable {
    /// Nothing is said.
    case ignore
    /// The load's report says so.
    case warn
    /// The guard `drift` holds the load.
    case refuse
}

/// Which day's state a delta says that it changes.
public enum BaseRule: String, Sendable, Hashable, CaseIterable {
    /// The snapshot that was due last before it.
    case expected
    /// The newest snapshot before it.
    case newest
    /// None: it stands alone.
    case none
}

/// What a mapping says of the checks of an entity's snapshots.
public struct SnapshotCare: Sendable, Hashable {
    /// The guards.
    public var guards = GuardSettings()
    /// What becomes of a column that is not what it was; nil leaves it to the kind of the change.
    public var drift: DriftPolicy?
    /// Which day's state a delta builds on; nil leaves it to the kind of the entity.
    public var buildsOn: BaseRule?

    /// Every guard with its own numbers.
    public init() {}
}
