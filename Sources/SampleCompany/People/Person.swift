import Model

/// A person of the company: owns deals or leads a team.
public struct Person: Sendable {
    /// The id in the exports.
    public let id: String
    /// The name as written.
    public let name: String
    /// The e-mail address, in a domain that does not exist.
    public let email: String
    /// What the person is.
    public let title: String
    /// Whether the person has a quota and owns deals.
    public let hasQuota: Bool
    /// The first day.
    public let start: Day
    /// The last day; nil while employed.
    public var end: Day?
    /// The team, day by day.
    public var team: Timeline<SalesTeam>

    /// Whether the person still works here at the end of a day.
    public func isActive(on day: Day) -> Bool {
        end.map { day <= $0 } ?? true
    }
}
