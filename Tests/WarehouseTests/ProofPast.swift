import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Warehouse

/// A small past from a CRM's history, before, around and after which snapshots speak.
///
/// Load 1 is the full snapshot of day 5 with the history, load 2 a delta of day 4 that names a, load 3 the full snapshot
/// of day 6. The past in the end: a is 1 from day 1 and 3 on day 3, before the delta says 4; b is 1 from day 2 and 2 on
/// day 4, as it is on day 5; g is 8 on day 3 and was deleted on day 4; c was created on day 5 and has no past.
final class ProofPast {
    let database: ConnectionParameters
    let warehouse: Warehouse
    private let folder: TemporaryFolder
    /// The folder of each day's exports.
    private(set) var folders: [Day: String] = [:]

    init() throws {
        database = try TestDatabase.migrated()
        warehouse = try Warehouse(database)
        folder = try TemporaryFolder()
        let changes = [
            ("a", 3, "amount", "1", "3"), ("b", 4, "amount", "1", "2"), ("g", 3, "amount", "7", "8"),
            ("g", 4, "is_deleted", "f", "t"),
        ]
        let deals = ["a,3,\(Self.day(1))", "b,2,\(Self.day(2))", "c,1,\(Self.day(5))"]
        try load(day: 5, deals, changes: changes)
        try load(day: 4, ["a,4,\(Self.day(1))"], isFull: false)
        try load(day: 6, deals)
    }

    static func day(_ number: Int) -> Day { ProofHistory.day(number) }

    /// Runs statements that no loader would.
    func corrupt(_ statements: [String]) throws {
        let connection = try Connection(database)
        for statement in statements { try connection.execute(statement) }
    }

    private func load(
        day number: Int, _ deals: [String], changes: [(String, Int, String, String, String)]? = nil,
        isFull: Bool = true
    ) throws {
        let day = Self.day(number)
        try folder.write("\(day)/deals.csv", (["Id,Amount,Created"] + deals).joined(separator: "\n") + "\n")
        if let changes {
            let lines = changes.enumerated().map { place, change in
                "h\(place),\(change.0),\(change.2),\(change.3),\(change.4),\(Self.day(change.1))T12:00:00Z"
            }
            try folder.write(
                "\(day)/changes.csv", (["Id,Record,Field,Old,New,At"] + lines).joined(separator: "\n") + "\n")
        }
        let mapping = try Mapping.parse(
            text: """
                mapping: proof
                source: s
                entities:
                  field_change:
                    file: changes.csv
                    optional: true
                    columns:
                      id: Id
                      entity: {constant: opportunity}
                      record_id: Record
                      field: Field
                      old_value: Old
                      new_value: New
                      changed_at: At
                  opportunity:
                    file: deals.csv
                    kind: \(isFull ? "full" : "delta")
                    columns: {id: Id, amount: Amount, created_date: Created}
                """, file: "proof.yml", schemas: EntityCatalog.all)
        folders[day] = folder.path + "/\(day)"
        _ = try warehouse.load(
            LoadRequest(
                mapping: mapping, folder: folder.path + "/\(day)", day: day, replace: false, dryRun: false,
                accepted: Set(LoadGuard.allCases), waits: true, command: "test", loadedBy: "test",
                programVersion: "test"))
    }
}
