import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Warehouse

/// A small history in which each rule has something to hold of: late days, a delta, a replacement, an undo, rejects.
///
/// Days 1 to 5 as loads 1, 2, 4, 3 and 7; load 5 replaced day 2 and load 6 took that back. What is true in the end:
/// a is 1 from day 1, 2 from day 2, 3 from day 4; b is 2 from day 1, 9 on day 3 and gone from day 4; c is 3 on day 1;
/// d, rejected on day 1, is 1 from day 2; e is 1 from day 5.
final class ProofHistory {
    static let first = Day(number: 20_000)

    let database: ConnectionParameters
    let warehouse: Warehouse
    private let folder: TemporaryFolder
    /// The folder whose exports are live, by day.
    private(set) var folders: [Day: String] = [:]

    init() throws {
        database = try TestDatabase.migrated()
        warehouse = try Warehouse(database)
        folder = try TemporaryFolder()
        try load(day: 1, ["a": "1", "b": "2", "c": "3"], rejected: ["d"])
        try load(day: 2, ["a": "2", "b": "2", "d": "1"])
        try load(day: 4, ["a": "3"], deleted: ["b"], isFull: false)
        try load(day: 3, ["a": "2", "b": "9", "d": "1"])
        let live = folders
        try load(day: 2, ["a": "5", "b": "2", "d": "1"], replace: true)
        _ = try warehouse.undo(
            load: 5, waits: true, command: "test", loadedBy: "test", programVersion: "test")
        folders = live
        try load(day: 5, ["a": "3", "d": "1", "e": "1"])
    }

    static func day(_ number: Int) -> Day { first + (number - 1) }

    /// Runs a statement that no loader would.
    func corrupt(_ statements: String...) throws {
        let connection = try Connection(database)
        for statement in statements { try connection.execute(statement) }
    }

    func load(
        day number: Int, _ rows: [String: String], rejected: [String] = [], deleted: [String] = [],
        isFull: Bool = true, replace: Bool = false
    ) throws {
        var lines = ["Id,Name,Amount,Deleted"]
        lines += rows.sorted { $0.key < $1.key }.map { "\($0.key),\($0.value),1,no" }
        lines += rejected.map { "\($0),x,broken,no" } + deleted.map { "\($0),x,1,yes" }
        let name = UUID().uuidString
        try folder.write("\(name)/deals.csv", lines.joined(separator: "\n") + "\n")
        let mapping = try Mapping.parse(
            text: """
                mapping: proof
                source: s
                entities:
                  opportunity:
                    file: deals.csv
                    kind: \(isFull ? "full" : "delta")
                    deleted: {column: Deleted, is: "yes"}
                    columns: {id: Id, name: Name, amount: Amount}
                """, file: "proof.yml", schemas: EntityCatalog.all)
        let day = Self.day(number)
        folders[day] = folder.path + "/" + name
        _ = try warehouse.load(
            LoadRequest(
                mapping: mapping, folder: folder.path + "/" + name, day: day, replace: replace, dryRun: false,
                accepted: Set(LoadGuard.allCases), waits: true, command: "test", loadedBy: "test",
                programVersion: "test"))
    }
}
