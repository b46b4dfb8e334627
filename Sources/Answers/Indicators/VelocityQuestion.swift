import Analytics
import Model
import Warehouse

/// How much a day does the pipeline bring, what has changed it, and what holds deals up?
public struct VelocityQuestion: Sendable {
    /// The question's id.
    public static let id = "velocity"
    /// The contracts of its numbers.
    public static let metrics = ["velocity/1", "velocity_classic/1", "stage_duration/1", "deal_age/1"]

    private let scope: QuestionScope
    private let level: RateLevel
    private let limit: Int

    /// The question for a scope.
    ///
    /// - Parameters:
    ///   - level: What the lines tell apart: company, team, person or segment.
    ///   - limit: How many over-age deals are listed.
    public init(scope: QuestionScope, level: RateLevel = .company, limit: Int = 10) {
        self.scope = scope
        self.level = level
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let book = try VelocityBook(level, context, warehouse)
        let tables = VelocityTables(book: book, context: context, limit: limit)
        return Answer(
            question: Self.id, headline: tables.headline,
            tables: [tables.main] + tables.factors + tables.durations + tables.aging + tables.overAge,
            warnings: context.ageWarnings + warnings(book),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters.filter { $0.name != "period" } + [
                    .init("by", level.rawValue), .init("trailing", "\(book.trailing) days"),
                ],
                rowCount: book.open.count,
                sql: [
                    Warehouse.resolvedDealsSQL, Warehouse.openDealAgesSQL, Warehouse.visitFatesSQL,
                    Warehouse.stageTotalsSQL,
                ],
                programVersion: programVersion))
    }

    private func warnings(_ book: VelocityBook) -> [AnswerWarning] {
        guard let line = book.velocities.first else { return [] }
        var warnings: [AnswerWarning] = []
        let won = line.now.resolved.count(.won)
        if won < Velocity.minimumWon {
            warnings.append(
                AnswerWarning(
                    "few_won",
                    "\(won) deals were won in the last \(book.trailing) days: a velocity that rests on fewer than \(Velocity.minimumWon) is uncertain"
                ))
        }
        if line.ageUnknown > 0 {
            warnings.append(
                AnswerWarning(
                    "age_unknown",
                    "of \(line.ageUnknown) open deals nothing says whether they are over-age: they count as if they were not"
                ))
        }
        return warnings
    }
}
