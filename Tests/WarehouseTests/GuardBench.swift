import Foundation
import Intake
import Model
import Postgres
import TestSupport
import Warehouse

/// A warehouse of a test's own into which it loads small files through mappings of its own.
struct GuardBench {
    static let first = Day(number: 20_000)

    let parameters: ConnectionParameters
    let warehouse: Warehouse
    let folder: TemporaryFolder

    init() throws {
        parameters = try TestDatabase.migrated()
        warehouse = try Warehouse(parameters)
        folder = try TemporaryFolder()
    }

    /// A mapping of deals whose every column but the id may be absent; `keys` stand at its top, `input` in its
    /// section of the deals.
    static func mapping(keys: String = "", input: String = "", step: String = "") -> String {
        """
        mapping: guards
        source: guards
        \(keys)
        entities:
          opportunity:
            file: deals.csv
            \(input)
            columns:
              id: id
              name: {column: [name, title], optional: true}
              amount: {column: amount, optional: true}
              currency: {column: currency, optional: true}
              stage_id: {column: stage, optional: true}
              is_closed: {column: closed, optional: true}
              next_step: {column: step, optional: true\(step)}
        """
    }

    /// Loads a file as the deals of a day, so many days after the first.
    @discardableResult
    func load(
        _ text: String, day: Int, mapping: String = mapping(), replace: Bool = false, dryRun: Bool = false,
        accept: Set<LoadGuard> = [], acceptFor: [String: Set<LoadGuard>] = [:], buildsOn: Int? = nil,
        now: String? = nil
    ) throws(BellwetherError) -> LoadReport {
        do {
            try folder.write("deals.csv", text)
        } catch {
            throw BellwetherError(.bug, "\(error)")
        }
        return try warehouse.load(
            LoadRequest(
                mapping: try Mapping.parse(text: mapping, file: "guards.yml", schemas: EntityCatalog.all),
                folder: folder.path, day: Self.first + day, replace: replace, dryRun: dryRun,
                accepted: accept, waits: true, command: "/usr/bin/bellwether load guards.yml exports",
                loadedBy: "test", programVersion: "test", acceptedByEntity: acceptFor,
                buildsOn: buildsOn.map { Self.first + $0 }, now: now))
    }

    /// The error of a load that must be held or refused; nil when it was not.
    func error(_ body: () throws(BellwetherError) -> LoadReport) -> BellwetherError? {
        do throws(BellwetherError) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    /// The column `value` of a query's rows, as text; as known at a load.
    func values(_ sql: String, asKnown load: Int? = nil) throws -> [String?] {
        var values: [String?] = []
        let connection = try Connection(parameters)
        if let load { try connection.execute("set bellwether.as_known = '\(load)'") }
        for row in try connection.query(sql) {
            values.append(try row.decode("value", as: String?.self))
        }
        return values
    }

    /// The column `value` of a query's first row, as text.
    func value(_ sql: String) throws -> String? {
        try values(sql).first.flatMap { $0 }
    }

    /// Everything that a load publishes.
    func history() throws -> [String?] {
        try values(
            """
            select version::text as value from bellwether_store.opportunity as version
            union all
            select snapshot::text from bellwether_store.snapshot
            union all
            select load::text from bellwether_store.load
            order by value
            """)
    }
}
