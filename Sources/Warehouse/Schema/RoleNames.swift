/// The group roles of a warehouse. They cannot log in; people and jobs are made members of them.
public struct RoleNames: Sendable, Hashable {
    /// Owns schemas, tables and views; upgrades run as it.
    public var owner: String
    /// Loads snapshots.
    public var loader: String
    /// Asks: reads the views, never rejects.
    public var reader: String

    /// The names; by default `bellwether_owner`, `bellwether_loader`, `bellwether_reader`.
    public init(
        owner: String = "bellwether_owner", loader: String = "bellwether_loader",
        reader: String = "bellwether_reader"
    ) {
        self.owner = owner
        self.loader = loader
        self.reader = reader
    }
}
