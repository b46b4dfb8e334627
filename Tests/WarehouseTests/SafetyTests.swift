import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// What a load does with exports that are whole and yet not to be believed.
@Suite("Loads that look wrong")
struct SafetyTests {
    private static let mapping = """
        mapping: safety
        source: safety
        format: {"null": ["", "NULL"]}
        entities:
          opportunity:
            - file: deals.csv
              columns: {id: Id, name: Name, amount: Amount}
        """

    private let parameters: ConnectionParameters
    private let warehouse: Warehouse
    private let folder: TemporaryFolder

    init() throws {
        parameters = try TestDatabase.migrated()
        warehouse = try Warehouse(parameters)
        folder = try TemporaryFolder()
    }

    private func load(
        _ rows: [String], day: Int = 20_000, mapping: String = SafetyTests.mapping, dryRun: Bool = false,
        accept: Set<LoadGuard> = []
    ) throws -> LoadReport {
        try folder.write("deals.csv", (["Id,Name,Amount"] + rows).joined(separator: "\n") + "\n")
        return try warehouse.load(
            LoadRequest(
                mapping: try Mapping.parse(text: mapping, file: "safety.yml", schemas: EntityCatalog.all),
                folder: folder.path, day: Day(number: Int32(day)), replace: false, dryRun: dryRun,
                accepted: accept, waits: true, command: "test", loadedBy: "test", programVersion: "test"))
    }

    private func error(_ body: () throws -> Void) -> BellwetherError? {
        do {
            try body()
            return nil
        } catch {
            return error as? BellwetherError
        }
    }

    private func value(_ sql: String) throws -> String? {
        try Connection(parameters).queryOne(sql)?.decode("value", as: String?.self)
    }

    @Test func `an export that broke off is held, and passes when it is accepted`() throws {
        let rows = (1...100).map { "d\($0),n,1" }
        _ = try load(rows)
        let held = error { _ = try load(Array(rows.prefix(79)), day: 20_001) }
        #expect(held?.code == .guardGone)
        #expect(
            held?.message == "the guard gone holds opportunity: 21 of 100 records missing")
        #expect(try value("select count(*)::text as value from bellwether.opportunity") == "100")
        #expect(try load(Array(rows.prefix(80)), day: 20_001).entities[0].gone == 20)
        #expect(try load(["d1,n,1"], day: 20_002, accept: [.gone]).entities[0].gone == 79)
    }

    @Test func `a few records may go whatever their share`() throws {
        _ = try load((1...11).map { "d\($0),n,1" })
        #expect(try load(["d1,n,1"], day: 20_001).entities[0].gone == 10)
    }

    /// Joined with itself this export would take 10^10 comparisons.
    @Test func `a hundred thousand rows of one id end`() throws {
        let rows = (1...100_000).map { "d1,n,1." + String(repeating: "0", count: $0 % 300) + "1\($0)" }
        #expect(error { _ = try load(rows.map { String($0.prefix(30)) }) }?.code == .guardRejects)
    }

    @Test func `rows that say the same in other bytes are one record and counted`() throws {
        let rows = (0..<300).map {
            "d1,n," + String(repeating: "0", count: $0 / 3) + "1" + ["", ".0", ".00"][$0 % 3]
        }
        let report = try load(rows + ["d2,n,NULL", "d2,n,"]).entities[0]
        #expect(report.read == 302 && report.new == 2 && report.rejected == 0)
        #expect(report.duplicates == 300 && report.unchanged == 0)
    }

    @Test func `a full snapshot with an unreadable key closes nothing and says so`() throws {
        _ = try load(["d1,n,1", "d2,n,1"])
        let report = try load([",n,1", "d2,n,1"], day: 20_001).entities[0]
        #expect(report.hasUnreadableKey && report.gone == 0)
        #expect(
            try value("select string_agg(id, ' ' order by id) as value from bellwether.opportunity")
                == "d1 d2")
        #expect(try load(["d2,n,1"], day: 20_002).entities[0].hasUnreadableKey == false)
    }

    @Test func `what a rehearsal sets aside can be looked at`() throws {
        let report = try load(["d1,n,1", "d2,n,one"], dryRun: true)
        #expect(report.outcome == .dryRun && report.rejected == 1)
        let rejects = try warehouse.rejects(attempt: nil, load: nil, limit: 10)
        #expect(rejects.map(\.line) == [3] && rejects[0].load == nil)
        #expect(try value("select count(*)::text as value from bellwether_store.load") == "0")
    }

    @Test func `an entity that lacks a file is a gap, and a load of gaps is none`() throws {
        let mapping = Self.mapping + "\n    - file: more.csv\n      columns: {id: Id}\n"
        let refused = error { _ = try load(["d1,n,1"], mapping: mapping) }
        #expect(refused?.code == .noFiles && refused?.hint == "there is no more.csv")
    }

    @Test func `a time limit of the server is told as one`() throws {
        let hasty = try Connection(parameters)
        try hasty.execute("set statement_timeout = 1")
        let stopped = error { _ = try Warehouse(hasty).readPoint(asOf: nil, asKnown: nil) }
        // A fast machine may answer within a millisecond; then nothing is loaded yet.
        #expect(stopped?.code == .statementCancelled || stopped?.code == .nothingLoaded)
        #expect(stopped?.code == .nothingLoaded || stopped?.hint?.contains("statement_timeout") == true)
    }
}
