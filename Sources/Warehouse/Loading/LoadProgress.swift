/// How far the reading of an entity is.
public struct LoadProgress: Sendable {
    /// The entity.
    public let entity: String
    /// Bytes read so far.
    public let bytes: Int
    /// Bytes in all.
    public let totalBytes: Int
    /// Rows read so far.
    public let rows: Int
}
