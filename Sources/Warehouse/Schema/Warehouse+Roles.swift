import Model
import Postgres

extension Warehouse {
    /// Makes the group roles that are missing; where the user may not, says so and goes on without.
    func makeRoles(_ roles: RoleNames, _ report: inout MigrationReport) throws -> Bool {
        for attempt in 1... {
            do {
                try connection.transaction { try makeMissingRoles(roles, $0) }
                break
            } catch let error as DatabaseError where error.sqlState == "42501" || error.sqlState == "0LP01" {
                report.rolesProblem = error.message
                return false
            } catch let error as DatabaseError
                where attempt < 5 && ["42710", "23505", "XX000"].contains(error.sqlState)
            {
                // Roles are the server's, the lock of the upgrade is the database's: an upgrade of another
                // database made the same role, or gave the same membership, at the same time.
            }
        }
        return true
    }

    private func makeMissingRoles(_ roles: RoleNames, _ connection: Connection) throws {
        for name in [roles.owner, roles.loader, roles.reader] {
            let found = try connection.query(
                "select 1 as found from pg_roles where rolname = $1", [.text(name)])
            if found.isEmpty { try connection.execute("create role \(try quoteIdentifier(name)) nologin") }
        }
        let member = try connection.queryOne(
            "select pg_has_role(session_user, $1, 'member') as found", [.text(roles.owner)])
        if try member?.decode("found", as: Bool.self) != true {
            try connection.execute("grant \(try quoteIdentifier(roles.owner)) to session_user")
        }
        // A second upgrade may be run by whoever may not grant this again, and need not.
        let creator = try connection.queryOne(
            "select has_database_privilege($1, current_database(), 'create') as found", [.text(roles.owner)])
        if try creator?.decode("found", as: Bool.self) != true {
            let database = try quoteIdentifier(connection.database)
            try connection.execute(
                "grant create on database \(database) to \(try quoteIdentifier(roles.owner))")
        }
    }

    func becomeOwner(_ roles: RoleNames) throws(BellwetherError) {
        do throws(DatabaseError) {
            try connection.execute("set local role \(try quoteIdentifier(roles.owner))")
        } catch {
            throw BellwetherError(error)
        }
    }

    /// What each role may do. Views run with the rights of whoever asks, so that readers need the versions too;
    /// rejects and attempts hold values of cells and stay closed to them. Loaders add, and change the columns alone
    /// that close, supersede, recognise, take back and publish: what was known stays known.
    func grant(_ roles: RoleNames) throws {
        let loader = try quoteIdentifier(roles.loader)
        let reader = try quoteIdentifier(roles.reader)
        let statements =
            [
                "grant usage on schema bellwether, bellwether_store to \(reader), \(loader)",
                "grant usage, create on schema analysis to \(reader)",
                "grant select on all tables in schema bellwether to \(reader), \(loader)",
                "grant select on all tables in schema bellwether_store to \(reader)",
                "revoke select on bellwether_store.reject, bellwether_store.attempt from \(reader)",
                "revoke all on all tables in schema bellwether_store from \(loader)",
                "grant select on all tables in schema bellwether_store to \(loader)",
                """
                grant insert on bellwether_store.load, bellwether_store.snapshot, bellwether_store.mark,
                    bellwether_store.attempt, bellwether_store.reject, bellwether_store.tripped_guard,
                    bellwether_store.history_start, bellwether_store.history_derivation,
                    bellwether_store.history_difference, bellwether_store.ruled_period to \(loader)
                """,
                "grant update (published_at) on bellwether_store.load to \(loader)",
                // What is derived may go and come again.
                """
                grant insert, delete on bellwether_store.period_summary, bellwether_store.period_standing,
                    bellwether_store.deal_span, bellwether_store.deal_span_state, bellwether_store.deal_shape,
                    bellwether_store.deal_owner, bellwether_store.forecast_summary,
                    bellwether_store.forecast_summary_cell
                    to \(loader)
                """,
                "grant update (undone_in) on bellwether_store.snapshot to \(loader)",
            ]
            + EntityCatalog.all.map { entity in
                """
                grant insert, update (valid_to, closed_in, superseded_in, row_hash)
                    on bellwether_store.\(entity.name) to \(loader)
                """
            }
        for statement in statements { try connection.execute(statement) }
    }
}
