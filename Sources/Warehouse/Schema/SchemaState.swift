import Model
import Postgres
import ShippedFiles

/// What `bellwether migrate` has made of a database so far.
struct SchemaState {
    /// Number and checksum of each applied migration.
    let applied: [Int: String]
    /// The checksum of the views that are in place; nil when none are.
    let views: String?
}

extension Warehouse {
    /// Reads what is in place; nil when the database holds no warehouse.
    func schemaState() throws(BellwetherError) -> SchemaState? {
        let found = try rows("select to_regclass('bellwether_store.migration') is not null as found") {
            row throws(DatabaseError) in try row.decode("found", as: Bool.self)
        }
        guard found.first == true else { return nil }
        let applied = try rows("select number, checksum from bellwether_store.migration") {
            row throws(DatabaseError) in
            (try row.decode("number", as: Int.self), try row.decode("checksum", as: String.self))
        }
        let views = try rows("select checksum from bellwether_store.view_set") { row throws(DatabaseError) in
            try row.decode("checksum", as: String.self)
        }
        return SchemaState(
            applied: Dictionary(applied, uniquingKeysWith: { first, _ in first }), views: views.first)
    }

    /// Refuses to go on unless the database holds the schema of this very program.
    ///
    /// - Throws: `BW204` when there is none, `BW205` when it is older, `BW206` when it is newer, `BW207` when an
    ///   applied file was edited.
    func requireSchema() throws(BellwetherError) {
        guard let state = try schemaState() else {
            throw BellwetherError(
                .schemaMissing, "the database holds no warehouse yet", hint: "Run: bellwether migrate")
        }
        try refuseNewer(state)
        if Migration.all.contains(where: { state.applied[$0.number] == nil }) {
            throw BellwetherError(
                .schemaTooOld, "the warehouse's tables are older than this program",
                hint: "Run: bellwether migrate")
        }
        if state.views != (try viewChecksum()) {
            throw BellwetherError(
                .schemaTooOld, "the warehouse's views are not those of this program",
                hint: "Run: bellwether migrate")
        }
    }

    func refuseNewer(_ state: SchemaState) throws(BellwetherError) {
        let newest = state.applied.keys.max() ?? 0
        if newest > Migration.newest {
            throw BellwetherError(
                .schemaTooNew,
                "the warehouse has table file \(newest), this program knows files up to \(Migration.newest)",
                hint: "Use the newer bellwether that migrated it.")
        }
    }

    /// The checksum of the views that this program ships.
    func viewChecksum() throws(BellwetherError) -> String {
        try checksum(ofTexts: Migration.views.map { $0.path + "\n" + $0.text })
    }

    /// SHA-256 in hexadecimal, computed by the server.
    func checksum(ofTexts texts: [String]) throws(BellwetherError) -> String {
        let sums = try rows(
            "select encode(sha256(convert_to($1, 'UTF8')), 'hex') as sum",
            [.text(texts.joined(separator: "\n\u{1}"), type: .text)]
        ) { row throws(DatabaseError) in try row.decode("sum", as: String.self) }
        return sums.first ?? ""
    }
}
