import Model
import Postgres

extension Warehouse {
    /// Deletes versions that were superseded so long ago that no answer may ask for them any more.
    ///
    /// What was superseded by the load that becomes the horizon was believed before it alone: answers as known at the
    /// horizon or later lose nothing. Answers as known earlier are refused from then on, and so is an undo that would
    /// need them. One transaction, while no load runs.
    ///
    /// - Parameter progress: Is told each entity before it is counted.
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's, `BW208` when a load runs and the request does
    ///   not wait, `BW507` for a load or time that is not there yet.
    public func prune(
        _ request: PruneRequest, progress: (String) -> Void = { _ in }, waiting: () -> Void = {}
    ) throws(BellwetherError) -> PruneReport {
        try withLoadLock(waits: request.waits, waiting: waiting) { () throws(BellwetherError) in
            try requireSchema()
            if request.isMeant { try requireRightToPrune() }
            var report = try transaction { try prune(request, progress) }
            if report.isDone { report.notVacuumed = vacuum(report.entities.map(\.entity)) }
            return report
        }
    }

    /// The earliest load as known at which the warehouse answers; 0 while nothing was pruned.
    func pruneHorizon() throws(BellwetherError) -> Int {
        try single("select coalesce(max(horizon), 0) as value from bellwether_store.prune", as: Int.self)
    }

    /// Refuses to go back to what a load read when versions of that time are gone.
    ///
    /// - Throws: `BW510`.
    func requireKnown(load: Int) throws(BellwetherError) {
        let horizon = try pruneHorizon()
        guard load < horizon else { return }
        throw BellwetherError(
            .knowledgePruned,
            "what load \(load) had read was pruned: only what was known from load \(horizon) on is kept",
            hint: "Load the exports of that day again with --replace.")
    }

    private func prune(_ request: PruneRequest, _ progress: (String) -> Void) throws -> PruneReport {
        let before = try pruneHorizon()
        let horizon = max(before, try load(of: request.keep))
        var report = PruneReport(horizon: horizon, horizonBefore: before)
        guard horizon > before else { return report }
        for entity in EntityCatalog.all {
            progress(entity.name)
            let table = "bellwether_store." + (try quoteIdentifier(entity.name))
            let counted = try rows(
                """
                select count(*) as versions, count(*) filter (where superseded_in <= $1) as pruned
                from \(table)
                """, [.int(horizon, type: .int4)]
            ) { row throws(DatabaseError) in
                PruneReport.Entity(
                    entity: entity.name, versions: try row.decode("versions"),
                    pruned: try row.decode("pruned"))
            }
            guard let counts = counted.first, counts.pruned > 0 else { continue }
            report.entities.append(counts)
            guard request.isMeant else { continue }
            let deleted = try connection.execute(
                "delete from \(table) where superseded_in <= $1", [.int(horizon, type: .int4)])
            guard deleted == counts.pruned else {
                throw BellwetherError(.bug, "a prune met versions that nobody had counted")
            }
        }
        if request.isMeant {
            try record(request, report)
            report.isDone = true
        }
        return report
    }

    /// The load from which on everything is kept; 0 when nothing was published that long ago.
    private func load(of keep: KeptKnowledge) throws(BellwetherError) -> Int {
        switch keep {
        case .since(let text):
            // What was pruned before may be asked for again, and then there is nothing to do.
            do throws(BellwetherError) {
                return try transaction {
                    try set("bellwether.as_known", to: text)
                    let load = try single("select bellwether.as_known() as value", as: Int.self)
                    try set("bellwether.as_known", to: "")
                    return load
                }
            } catch {
                if error.code == .knowledgePruned { return 0 }
                throw error
            }
        case .last(let count, let unit):
            let interval =
                switch unit {
                case .days: "\(count) days"
                case .weeks: "\(count) weeks"
                case .months: "\(count) months"
                case .years: "\(count) years"
                }
            return try single(
                """
                select coalesce(max(number), 0) as value
                from bellwether_store.load
                where published_at <= clock_timestamp() - $1::interval
                """, [.text(interval)], as: Int.self)
        }
    }

    private func record(_ request: PruneRequest, _ report: PruneReport) throws(BellwetherError) {
        try execute(
            """
            insert into bellwether_store.prune (
                number, horizon, versions, command, pruned_by, program_version, pruned_at
            )
            select coalesce(max(prune.number), 0) + 1, $1, $2, $3, $4, $5, clock_timestamp()
            from bellwether_store.prune
            """,
            [
                .int(report.horizon, type: .int4), .int(report.pruned, type: .int8), .text(request.command),
                .text(request.prunedBy), .text(request.programVersion),
            ])
    }

    /// Loaders add and close but never delete: what was known stays known. Only the owner may forget.
    private func requireRightToPrune() throws(BellwetherError) {
        let mayDelete = try single(
            """
            select bool_and(has_table_privilege(format('bellwether_store.%I', name), 'delete'))
                and has_table_privilege('bellwether_store.prune', 'insert') as value
            from unnest($1::text[]) as entity (name)
            """, [.array(EntityCatalog.all.map(\.name))], as: Bool.self)
        guard !mayDelete else { return }
        throw BellwetherError(
            .statementFailed, "the database does not permit it: a prune deletes versions for good",
            hint: "Connect as a member of the role that owns the warehouse.")
    }

    /// Makes the space of deleted versions free for use; gives the tables where the user may not.
    @discardableResult
    func vacuum(_ entities: [String]) -> [String] {
        _ = try? execute("set client_min_messages to error")
        defer { _ = try? execute("reset client_min_messages") }
        return entities.filter { entity in
            let isOwner = try? single(
                """
                select pg_has_role(current_user, pg_class.relowner, 'usage') as value
                from pg_class
                where pg_class.oid = format('bellwether_store.%I', $1::text)::regclass
                """, [.text(entity)], as: Bool.self)
            guard isOwner == true, let name = try? quoteIdentifier(entity) else { return true }
            return (try? connection.execute("vacuum (analyze) bellwether_store.\(name)")) == nil
        }
    }
}
