import Model
import Warehouse

/// What guards found: entities with the same finding in one row.
public func guardTable(_ trips: [GuardTrip], title: Phrase? = nil) -> AnswerTable {
    var rows: [(trip: GuardTrip, entities: [String])] = []
    for trip in trips {
        let same = rows.firstIndex {
            $0.trip.loadGuard == trip.loadGuard && $0.trip.found == trip.found
                && $0.trip.allowed == trip.allowed && $0.trip.isAccepted == trip.isAccepted
        }
        if let same { rows[same].entities.append(trip.entity) } else { rows.append((trip, [trip.entity])) }
    }
    return AnswerTable(
        name: "guards", title: title,
        columns: [
            AnswerColumn("entity", title: "Entity", kind: .text),
            AnswerColumn("guard", title: "Guard", kind: .text),
            AnswerColumn("found", title: "Found", kind: .text),
            AnswerColumn("allowed", title: "Allowed", kind: .text),
            AnswerColumn("accept_with", title: "Accept with", kind: .text),
            AnswerColumn("is_accepted", title: "Accepted", kind: .boolean, isDetail: true),
        ],
        rows: rows.map { trip, entities in
            AnswerTable.Row([
                .text(entities.joined(separator: ", ")), .text(trip.loadGuard.rawValue), .text(trip.found),
                .text(trip.allowed), .text(trip.loadGuard.acceptOption), .boolean(trip.isAccepted),
            ])
        })
}

/// A load that guards hold, for programs: what they found, and the command that accepts all of it.
public func heldAnswer(_ error: BellwetherError) -> Answer {
    Answer(
        question: "load", headline: "Held: \(error.message)",
        tables: [guardTable(error.trips)],
        warnings: error.hint.map { [AnswerWarning(error.code.rawValue, "\($0)")] } ?? [],
        passport: recordPassport("load", load: nil, rows: error.trips.count))
}

/// Which loads does a guard hold?
public struct HeldLoadsQuestion: Sendable {
    private let limit: Int

    /// The newest attempts that were held, so many at most.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let held = try warehouse.heldAttempts(limit: limit)
        let waiting = held.filter { $0.settledBy == nil }
        return Answer(
            question: "loads held",
            headline: held.isEmpty
                ? "No load was held"
                : "\(waiting.count) of \(held.count) held \(held.count == 1 ? "load" : "loads") not published since",
            tables: [table(held, waiting)],
            passport: recordPassport("loads held", load: nil, rows: held.count))
    }

    private func table(_ held: [HeldAttempt], _ waiting: [HeldAttempt]) -> AnswerTable {
        AnswerTable(
            name: "held",
            columns: [
                AnswerColumn("attempt", title: "Attempt", kind: .integer),
                AnswerColumn("day", title: "Day", kind: .day),
                AnswerColumn("entity", title: "Entity", kind: .text),
                AnswerColumn("guard", title: "Guard", kind: .text),
                AnswerColumn("found", title: "Found", kind: .text),
                AnswerColumn("allowed", title: "Allowed", kind: .text),
                AnswerColumn("is_accepted", title: "Accepted", kind: .boolean, isDetail: true),
                AnswerColumn("published_as", title: "Load since", kind: .integer),
                AnswerColumn("mapping", title: "Mapping", kind: .text, isDetail: true),
                AnswerColumn("started_at", title: "Started, UTC", kind: .text, isDetail: true),
                AnswerColumn("tried_by", title: "By", kind: .text, isDetail: true),
                AnswerColumn("command", title: "Command", kind: .text, isDetail: true),
                AnswerColumn("accept_command", title: "Accept with", kind: .text, isDetail: true),
            ],
            rows: held.flatMap { attempt in attempt.trips.map { row(attempt, $0) } },
            notes: waiting.map { "Attempt \($0.attempt), if it is meant: \(acceptance($0))" })
    }

    private func row(_ attempt: HeldAttempt, _ trip: GuardTrip) -> AnswerTable.Row {
        AnswerTable.Row([
            .integer(attempt.attempt), .day(attempt.day), .text(trip.entity), .text(trip.loadGuard.rawValue),
            .text(trip.found), .text(trip.allowed), .boolean(trip.isAccepted),
            attempt.settledBy.map { .integer($0) } ?? .null, .text(attempt.mapping), .text(attempt.startedAt),
            .text(attempt.triedBy), .text(attempt.command), .text(acceptance(attempt)),
        ])
    }

    private func acceptance(_ attempt: HeldAttempt) -> String {
        let options = attempt.trips.map(\.loadGuard.acceptOption)
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return acceptCommand(attempt.command, options)
    }
}

/// On which days was a snapshot due and none counts?
public struct GapsQuestion: Sendable {
    private let limit: Int

    /// The newest of them, so many at most.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let gaps = try warehouse.gaps(limit: limit)
        let total = try warehouse.gapCount()
        var table = gapTable(gaps)
        if gaps.count < total { table.totalRows = total }
        return Answer(
            question: "loads gaps",
            headline: total == 0
                ? "No day is missing" : "\(total) \(total == 1 ? "day is" : "days are") missing",
            tables: [table],
            passport: Passport(
                question: "loads gaps", metrics: [], asOf: nil, snapshotDay: nil, load: nil, filters: [],
                rowCount: gaps.count,
                sql: ["select source, entity, day, expected, shown_day from bellwether.gap"],
                programVersion: programVersion))
    }
}

/// Gaps, a row a source and day.
func gapTable(_ gaps: [Gap], title: Phrase? = nil) -> AnswerTable {
    AnswerTable(
        name: "gaps", title: title,
        columns: [
            AnswerColumn("day", title: "Day", kind: .day),
            AnswerColumn("source", title: "Source", kind: .text),
            AnswerColumn("expected", title: "Expected", kind: .text),
            AnswerColumn("shown_day", title: "Shown instead", kind: .day),
            AnswerColumn("entities", title: "Missing", kind: .text),
        ],
        rows: gaps.map { gap in
            AnswerTable.Row([
                .day(gap.day), .text(gap.source), .text(gap.expected), .day(gap.shownDay),
                .text(gap.entities.joined(separator: ", ")),
            ])
        })
}
