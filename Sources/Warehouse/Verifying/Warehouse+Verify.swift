import Model
import Postgres

extension Warehouse {
    /// Proves that the store keeps the rules of its history, entity by entity.
    ///
    /// Everything is read at one moment, so that a load that publishes meanwhile disturbs nothing.
    ///
    /// - Parameter progress: Is told each entity before it is looked at.
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's. What does not hold is no error but part of
    ///   the report.
    public func verify(progress: (String) -> Void = { _ in }) throws(BellwetherError) -> VerifyReport {
        try requireSchema()
        return try transaction(isolation: .repeatableRead, readOnly: true) {
            // Its sorts are as large as the store: on disk they take longer.
            try execute("set local work_mem = '64MB'")
            var report = VerifyReport()
            report.load = try single(
                "select coalesce(max(number), 0) as value from bellwether_store.load", as: Int.self)
            progress("loads")
            try verifyRecord(&report)
            let horizon = try pruneHorizon()
            for entity in EntityCatalog.all {
                progress(entity.name)
                try verify(entity, horizon, &report)
            }
            return report
        }
    }

    private func verifyRecord(_ report: inout VerifyReport) throws {
        let start = ContinuousClock.now
        let names: [Parameter?] = [.array(EntityCatalog.all.map(\.name))]
        for statement in VerifyStatements.record {
            report.broken += try broken(statement, names, nil)
        }
        let rows = try single(
            """
            select (select count(*) from bellwether_store.load) + (select count(*) from bellwether_store.snapshot)
                as value
            """, as: Int.self)
        report.parts.append(VerifyReport.Part(entity: nil, rows: rows, seconds: start.secondsToNow))
    }

    private func verify(_ entity: EntitySchema, _ horizon: Int, _ report: inout VerifyReport) throws {
        let start = ContinuousClock.now
        let statements = try VerifyStatements(entity: entity)
        for statement in statements.all {
            report.broken += try broken(
                statement, [.text(entity.name, type: .text), .int(horizon, type: .int4)], entity.name)
        }
        let rows = try single(statements.count, as: Int.self)
        report.parts.append(
            VerifyReport.Part(entity: entity.name, rows: rows, seconds: start.secondsToNow))
    }

    private func broken(
        _ sql: String, _ parameters: [Parameter?], _ entity: String?
    ) throws(BellwetherError) -> [BrokenRule] {
        try rows(sql, parameters) { row throws(DatabaseError) in
            BrokenRule(
                rule: try row.decode("rule"), entity: entity, count: try row.decode("count"),
                examples: try row.decode("examples"))
        }
    }
}

extension ContinuousClock.Instant {
    /// The seconds that have passed since.
    var secondsToNow: Double {
        let (seconds, attoseconds) = (ContinuousClock.now - self).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
