import Model
import Postgres
import ShippedFiles

/// What an upgrade did.
public struct MigrationReport: Sendable {
    /// The table files that ran, by name.
    public var appliedFiles: [String] = []
    /// How many views and functions were made.
    public var viewFiles = 0
    /// Views of other schemas that were put back on the new definitions.
    public var restoredViews: [String] = []
    /// What was put back in part: an owner, a grant or the rows are missing.
    public var viewTroubles: [ViewTrouble] = []
    /// Views of other schemas that no longer compile; their text is in `bellwether_store.broken_view`.
    public var brokenViews: [ViewTrouble] = []
    /// Why the group roles could not be made; nil when they are in place.
    public var rolesProblem: String?
    /// Whether everything was in place already.
    public var wasCurrent = false
}

extension Warehouse {
    /// Creates the warehouse or upgrades it to this program, in one transaction.
    ///
    /// Table files that have not run yet run in order; then all views and functions are dropped and made anew, and
    /// the analysts' views on them are put back.
    ///
    /// - Throws: `BW206` for a newer warehouse, `BW207` when an applied file was edited, `BW213` when it would drop
    ///   what cannot be put back, `BW203` when a file fails.
    /// - Parameter waiting: Is called once when a load or another upgrade must end first.
    public func migrate(
        roles: RoleNames?, waiting: () -> Void = {}
    ) throws(BellwetherError) -> MigrationReport {
        try transaction {
            // One upgrade at a time and no load meanwhile; the lock ends with the transaction.
            if try !single("select pg_try_advisory_xact_lock(\(Self.loadLock)) as value", as: Bool.self) {
                waiting()
                try execute("select pg_advisory_xact_lock(\(Self.loadLock))")
            }
            var report = MigrationReport()
            let rolesAreUsable = try roles.map { try makeRoles($0, &report) } ?? false
            if let roles, rolesAreUsable { try becomeOwner(roles) }
            try execute("set local client_min_messages to warning")
            try makeRegister()
            let state = try schemaState() ?? SchemaState(applied: [:], views: nil)
            try refuseNewer(state)
            try refuseEdited(state)
            try runTables(state, &report)
            let viewSum = try viewChecksum()
            if state.views != viewSum || !report.appliedFiles.isEmpty {
                try remakeViews(viewSum, rolesAreUsable ? roles : nil, &report)
            }
            if let roles, rolesAreUsable { try grant(roles) }
            try writeRuledPeriods()
            report.wasCurrent = report.appliedFiles.isEmpty && report.viewFiles == 0
            return report
        }
    }

    /// The tables that tell what has run; made before anything else, hence not a numbered file.
    private func makeRegister() throws(BellwetherError) {
        let isThere = try rows("select to_regnamespace('bellwether_store') is not null as found") {
            row throws(DatabaseError) in try row.decode("found", as: Bool.self)
        }
        if isThere.first == true { return }
        for statement in ShippedFile.files(below: "sql/register").map(\.text) {
            try script(statement, named: "sql/register")
        }
    }

    private func refuseEdited(_ state: SchemaState) throws(BellwetherError) {
        for migration in Migration.all {
            guard let applied = state.applied[migration.number] else { continue }
            let sum = try checksum(ofTexts: [migration.text])
            guard sum != applied else { continue }
            throw BellwetherError(
                .schemaFileChanged, "\(migration.name) was applied and has been edited since",
                detail: "applied \(applied), now \(sum)",
                hint: "Restore the file; put the change into a new numbered file.",
                place: Place(file: "sql/tables/\(migration.name)"))
        }
    }

    private func runTables(_ state: SchemaState, _ report: inout MigrationReport) throws(BellwetherError) {
        for migration in Migration.all where state.applied[migration.number] == nil {
            try script(migration.text, named: "sql/tables/\(migration.name)")
            try execute(
                """
                insert into bellwether_store.migration (number, name, checksum, applied_at, applied_by)
                values ($1, $2, $3, clock_timestamp(), session_user)
                """,
                [
                    .int(migration.number), .text(migration.name),
                    .text(try checksum(ofTexts: [migration.text])),
                ])
            report.appliedFiles.append(migration.name)
        }
    }

    private func remakeViews(
        _ checksum: String, _ roles: RoleNames?, _ report: inout MigrationReport
    ) throws {
        try refuseToDropAnalystObjects()
        let analysts = try dependentViews()
        try execute("drop schema if exists bellwether cascade")
        try execute("create schema bellwether")
        try execute(
            """
            comment on schema bellwether is
                'Sales as of any day, as known at any load: set bellwether.as_of and bellwether.as_known, then read.'
            """)
        for file in Migration.views { try script(file.text, named: file.path) }
        report.viewFiles = Migration.views.count
        if let roles {
            try grant(roles)
            // An analyst's view goes back to its owner, of whom the owner role is no member; who upgrades may be.
            try execute("set local role none")
        }
        try restore(analysts, &report)
        if let roles { try becomeOwner(roles) }
        try execute("delete from bellwether_store.view_set")
        try execute(
            "insert into bellwether_store.view_set (checksum, made_at) values ($1, clock_timestamp())",
            [.text(checksum)])
    }

    private func script(_ text: String, named name: String) throws(BellwetherError) {
        do throws(DatabaseError) {
            try connection.run(script: text)
        } catch {
            let wrapped = BellwetherError(error)
            guard error.kind == .server else { throw wrapped }
            throw BellwetherError(
                wrapped.code, wrapped.message, detail: wrapped.detail, hint: wrapped.hint,
                place: Place(file: name, line: error.line))
        }
    }
}
