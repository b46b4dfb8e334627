/// The form of the values of a column.
public enum ColumnType: String, Sendable, Hashable, CaseIterable {
    /// Any text without NUL.
    case text
    /// An exact decimal (`Amount`), in SQL `numeric`.
    case amount = "numeric"
    /// A whole number of 32 bits.
    case integer
    /// A calendar date, `Day`.
    case date
    /// True or false.
    case boolean
    /// An instant, in SQL `timestamptz`, in text ISO 8601 with an offset.
    case timestamp = "timestamptz"
}

/// One column of an entity that a mapping may fill.
public struct EntityColumn: Sendable, Hashable {
    /// The name in SQL, in mappings and in every answer.
    public let name: String
    /// The form of its values.
    public let type: ColumnType

    /// A column of that name and form.
    public init(name: String, type: ColumnType) {
        self.name = name
        self.type = type
    }
}

/// What the records of an entity are, which decides how days without a snapshot are answered and what a snapshot
/// says of records that it does not name.
public enum EntityKind: String, Sendable, Hashable, CaseIterable {
    /// What others refer to: days before the first snapshot are answered with its first state.
    case reference
    /// What is, until it changes or goes.
    case state
    /// What happened: exports name what is new, and silence says nothing.
    case event

    /// What a snapshot says of keys that it does not name, unless its mapping says otherwise.
    public var snapshotKind: SnapshotKind { self == .event ? .delta : .full }
}

/// What a kind of record has, beside its key (source, id): the columns of its SQL file.
public struct EntitySchema: Sendable, Hashable {
    /// The entity's name: `opportunity`, `account` …
    public let name: String
    /// What its records are.
    public let kind: EntityKind
    /// Its columns in the order of the SQL file, without `source`, `id` and `extra`.
    public let columns: [EntityColumn]

    /// An entity with those columns.
    public init(name: String, kind: EntityKind = .state, columns: [EntityColumn]) {
        self.name = name
        self.kind = kind
        self.columns = columns
    }

    /// The column of that name.
    public func column(named name: String) -> EntityColumn? {
        columns.first { $0.name == name }
    }
}
