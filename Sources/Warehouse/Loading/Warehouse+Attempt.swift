import Intake
import Model
import Postgres

extension Warehouse {
    /// Puts an attempt that published nothing on record, and gives its number.
    @discardableResult
    func recordAttempt(
        _ request: LoadRequest, _ startedAt: String, _ error: BellwetherError?, _ rejects: RejectLog
    ) throws -> Int {
        try connection.transaction { _ in
            try insertAttempt(request, startedAt, load: nil, error: error, rejects: rejects)
        }
    }

    /// Puts an attempt on record, within the transaction of its load or in one of its own, and gives its number.
    @discardableResult
    func insertAttempt(
        _ request: LoadRequest, _ startedAt: String, load: Int?, error: BellwetherError?,
        rejects: RejectLog
    ) throws -> Int {
        let attempt = try single(
            "select coalesce(max(number), 0) + 1 as value from bellwether_store.attempt", as: Int.self)
        try execute(
            """
            insert into bellwether_store.attempt (
                number, day, mapping_name, folder, command, tried_by, program_version, started_at, ended_at, load,
                error_code, error_message, rejects_total, is_rehearsal
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, clock_timestamp(), $9, $10, $11, $12, $13)
            """,
            [
                .int(attempt, type: .int4), .date(request.day), .text(request.mapping.name),
                .text(request.folder),
                .text(request.command), .text(request.loadedBy), .text(request.programVersion),
                .text(startedAt),
                load.map { .int($0, type: .int4) }, error.map { .text($0.code.rawValue) },
                error.map { .text($0.message) }, .int(rejects.count), .bool(request.dryRun),
            ])
        try insertTrips(rejects.trips, attempt: attempt, load: load)
        guard !rejects.first.isEmpty else { return attempt }
        try connection.copyIn(
            """
            copy bellwether_store.reject (
                attempt, ordinal, source, entity, file, line, column_name, value, code, reason
            ) from stdin
            """
        ) { writer in
            for (index, reject) in rejects.first.enumerated() {
                try writer.field(attempt)
                try writer.field(index + 1)
                try writer.field(request.mapping.source)
                try writer.field(reject.entity)
                try writer.field(reject.file)
                try writer.field(reject.line)
                try writer.field(reject.column)
                try writer.field(reject.value.map { $0.replacing("\u{0}", with: "␀") })
                try writer.field(reject.code.rawValue)
                try writer.field(reject.reason)
                try writer.endRow()
            }
        }
        return attempt
    }

    private func insertTrips(_ trips: [GuardTrip], attempt: Int, load: Int?) throws(BellwetherError) {
        for (index, trip) in trips.enumerated() {
            try execute(
                """
                insert into bellwether_store.tripped_guard (
                    attempt, ordinal, load, entity, guard, found, allowed, accept_with, is_accepted
                )
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                [
                    .int(attempt, type: .int4), .int(index + 1, type: .int4),
                    load.map { .int($0, type: .int4) }, .text(trip.entity), .text(trip.loadGuard.rawValue),
                    .text(trip.found), .text(trip.allowed), .text(trip.loadGuard.acceptOption),
                    .bool(trip.isAccepted),
                ])
        }
    }
}
