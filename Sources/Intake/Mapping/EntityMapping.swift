import Model

/// Where the records of one entity come from.
public struct EntityMapping: Sendable {
    /// What a snapshot says of keys that it does not name.
    public typealias Kind = SnapshotKind

    /// The entity's columns.
    public let schema: EntitySchema
    /// What a snapshot says of keys that it does not name.
    public let kind: Kind
    /// The inputs, which together are one snapshot.
    let inputs: [InputMapping]
    /// The checks of its snapshots before they are published.
    public let care: SnapshotCare

    /// The entity's name.
    public var name: String { schema.name }

    /// The columns that change no version by themselves: a difference in them alone is none.
    public var volatileColumns: [String] {
        schema.columns.map(\.name).filter { name in
            inputs.contains { $0.fileColumns?.column(named: name)?.isVolatile == true }
        }
    }

    /// The columns, by their place in the schema, that some input may fill: all others have no value in any record.
    public var filledColumns: [Int] {
        schema.columns.indices.filter { index in
            inputs.contains { input in
                switch input.content {
                case .files(let columns): columns.columns[index] != nil
                case .rows(let rows): rows.contains { $0.values[index] != nil }
                }
            }
        }
    }

    /// The patterns of the files that it reads, each once.
    public var patterns: [String] {
        inputs.flatMap(\.patterns).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Whether every folder may lack its files: then their absence is worth a word only where there were some.
    public var isOptional: Bool {
        !isConstant && inputs.allSatisfy { $0.fileColumns == nil || $0.isOptional }
    }

    /// Whether every record is written in the mapping itself.
    public var isConstant: Bool { inputs.allSatisfy { $0.fileColumns == nil } }
}
