import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// Random histories keep every rule, are what a rebuild gives, and lose nothing by a prune but what it says.
@Suite("Operating")
struct OperatingPropertyTests {
    @Test
    func `a random history keeps its rules, can be built anew, and is pruned without changing an answer`()
        throws
    {
        let environment = ProcessInfo.processInfo.environment
        let seed = UInt64(environment["BELLWETHER_TEST_SEED"] ?? "") ?? UInt64.random(in: 1...1_000_000)
        let sequences = Int(environment["BELLWETHER_TEST_SEQUENCES"] ?? "") ?? 6
        for number in 0..<sequences {
            var run = try OperatedHistory(seed: seed &+ UInt64(number))
            do {
                try run.play()
            } catch {
                throw Command.Failure("\(error)\n\(run.story)")
            }
        }
    }
}

private struct OperatedHistory {
    private static let first = Day(number: 20_000)
    private static let dayCount = 6

    private let seed: UInt64
    private let warehouse: Warehouse
    private let reader: Connection
    private let folder: TemporaryFolder
    private var random: SeededGenerator
    /// The folder that each load read.
    private var folders: [Int: String] = [:]
    private var script: [String] = []

    init(seed: UInt64) throws {
        self.seed = seed
        let database = try TestDatabase.migrated()
        warehouse = try Warehouse(database)
        reader = try Connection(database)
        folder = try TemporaryFolder()
        random = SeededGenerator(seed: seed)
    }

    mutating func play() throws {
        for _ in 0..<Int.random(in: 4...10, using: &random) { try step() }
        try check()
        let loads = try warehouse.loadCount()
        let horizon = Int.random(in: 1...loads, using: &random)
        let before = try (horizon...loads).map { try states(asKnown: $0) }
        let report = try warehouse.prune(
            PruneRequest(
                keep: .since(String(horizon)), isMeant: true, waits: true, command: "test", prunedBy: "test",
                programVersion: "test"))
        script.append("prune to \(horizon): \(report.pruned)")
        #expect(report.horizon == horizon, "\(story)")
        let after = try (horizon...loads).map { try states(asKnown: $0) }
        #expect(after == before, "\(story)")
        for load in 1..<horizon { #expect(throws: DatabaseError.self) { try states(asKnown: load) } }
        try check()
        for _ in 0..<4 { try step() }
        try check()
        #expect(try (horizon...loads).map { try states(asKnown: $0) } == before, "\(story)")
    }

    /// What was done so far, for the message of a test that fails.
    var story: String { "seed \(seed)\n" + script.joined(separator: "\n") }

    private func check() throws {
        let broken = try warehouse.verify().broken
        #expect(broken.isEmpty, "\(story)")
        let rebuilt = try warehouse.rebuild(from: try liveFolders())
        #expect(rebuilt.differences.isEmpty && rebuilt.missing.isEmpty, "\(rebuilt)\n\(story)")
    }

    private mutating func step() throws {
        let loads = try warehouse.loadCount()
        if loads > 0, Int.random(in: 0..<4, using: &random) == 0 {
            try undo(Int.random(in: 1...loads, using: &random))
        } else {
            try load()
        }
    }

    private mutating func undo(_ number: Int) throws {
        do throws(BellwetherError) {
            let report = try warehouse.undo(
                load: number, waits: true, command: "test", loadedBy: "test", programVersion: "test")
            script.append("undo \(number) as \(report.load)")
        } catch {
            guard [.loadNotUndoable, .knowledgePruned].contains(error.code) else { throw error }
            script.append("undo \(number) refused: \(error.code.rawValue)")
        }
    }

    private mutating func load() throws {
        let day = Self.first + Int.random(in: 0..<Self.dayCount, using: &random)
        let isFull = Int.random(in: 0..<4, using: &random) > 0
        let path = try write(isFull: isFull)
        script.append("\(day), \(isFull ? "full" : "delta"): \(path)")
        let report = try warehouse.load(
            LoadRequest(
                mapping: try mapping(isFull: isFull), folder: path, day: day, replace: true, dryRun: false,
                accepted: Set(LoadGuard.allCases), waits: true, command: "test", loadedBy: "test",
                programVersion: "test"))
        guard case .published(let load) = report.outcome else { return }
        folders[load] = path
        script.append("load \(load)")
    }

    private mutating func write(isFull: Bool) throws -> String {
        var lines = ["Id,Name,Amount,Seen,Deleted"]
        for key in ["a", "b", "c", "d", "ü 'e"] {
            let name = ["1", "2", "3", ""].randomElement(using: &random) ?? ""
            let seen = Int.random(in: 0..<9, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0...6: lines.append("\(key),\(name),1.0,\(seen),no")
            case 7: lines.append("\(key),\(name),broken,\(seen),no")
            case 8: lines += ["\(key),1,1,1,no", "\(key),2,1,1,no"]
            case 9: lines += ["\(key),\(name),1,1,no", "\(key),\(name),1,1,no"]
            case 10 where !isFull: lines.append("\(key),x,1,1,yes")
            default: break
            }
        }
        if Int.random(in: 0..<10, using: &random) == 0 { lines.append(",nobody,1,1,no") }
        let name = UUID().uuidString
        script.append(lines.joined(separator: " | "))
        try folder.write("\(name)/deals.csv", lines.joined(separator: "\n") + "\n")
        return folder.path + "/" + name
    }

    /// The next step is volatile: a difference in it alone makes no version.
    private func mapping(isFull: Bool) throws -> Mapping {
        try Mapping.parse(
            text: """
                mapping: operated
                source: s
                entities:
                  opportunity:
                    file: deals.csv
                    kind: \(isFull ? "full" : "delta")
                    deleted: {column: Deleted, is: "yes"}
                    columns:
                      id: Id
                      name: Name
                      amount: Amount
                      next_step: {column: Seen, volatile: true}
                """, file: "operated.yml", schemas: EntityCatalog.all)
    }

    /// The folder of the snapshot that counts, by day.
    private func liveFolders() throws -> [Day: String] {
        var live: [Day: String] = [:]
        try reader.execute("select set_config('bellwether.as_known', '', false)")
        for row in try reader.query("select day::text, content_load from bellwether.live_snapshot") {
            let day = try #require(Day(try row.decode("day", as: String.self)))
            live[day] = folders[try row.decode("content_load", as: Int.self)]
        }
        return live
    }

    /// What the as-of view says of every day.
    private func states(asKnown load: Int) throws -> [Day: [String: String]] {
        try reader.execute("select set_config('bellwether.as_known', $1, false)", [.text(String(load))])
        var states: [Day: [String: String]] = [:]
        for offset in 0...Self.dayCount {
            let day = Self.first + offset
            try reader.execute("select set_config('bellwether.as_of', $1, false)", [.text(day.description)])
            var state: [String: String] = [:]
            for row in try reader.query("select id, coalesce(name, '') as name from bellwether.opportunity") {
                state[try row.decode("id", as: String.self)] = try row.decode("name", as: String.self)
            }
            states[day] = state
        }
        return states
    }
}
