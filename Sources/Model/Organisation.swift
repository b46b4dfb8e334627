/// The key of a record: the CRM instance or export scope, and the id within it.
public struct RecordID: Sendable, Hashable, Comparable {
    /// The source that the mapping names.
    public let source: String
    /// The id within the source.
    public let id: String

    /// A key.
    public init(source: String, id: String) {
        self.source = source
        self.id = id
    }

    /// Ordered by source, then by id.
    public static func < (left: RecordID, right: RecordID) -> Bool {
        (left.source, left.id) < (right.source, right.id)
    }
}

/// A team on a day: a node of the organisation's tree.
public struct Team: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The name.
    public let name: String
    /// The team above; nil directly below the company.
    public let parent: RecordID?
    /// The person who leads it; nil while vacant.
    public let lead: RecordID?

    /// A team.
    public init(id: RecordID, name: String, parent: RecordID?, lead: RecordID?) {
        self.id = id
        self.name = name
        self.parent = parent
        self.lead = lead
    }
}

/// A person on a day.
public struct Person: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The name.
    public let name: String
    /// The team to which the person belongs; nil without one.
    public let team: RecordID?

    /// A person.
    public init(id: RecordID, name: String, team: RecordID?) {
        self.id = id
        self.name = name
        self.team = team
    }
}

/// The company, its teams and its people on a day.
public struct Organisation: Sendable, Hashable {
    /// The company's name.
    public let companyName: String
    /// The teams, in no order.
    public let teams: [Team]
    /// The people, in no order.
    public let people: [Person]

    /// An organisation of those teams and people.
    public init(companyName: String, teams: [Team], people: [Person]) {
        self.companyName = companyName
        self.teams = teams
        self.people = people
    }
}
