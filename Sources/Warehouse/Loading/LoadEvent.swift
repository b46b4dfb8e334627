/// What a load tells of itself while it runs, for a log.
public enum LoadEvent: Sendable {
    /// It begins with an entity.
    case entityStarted(String)
    /// It is done with an entity, in so many seconds; nothing is published yet.
    case entityLoaded(EntityReport, seconds: Double)
    /// Everything is in place under that number: what is left is the commit.
    case publishing(Int)
}
