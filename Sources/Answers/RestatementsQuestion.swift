import Analytics
import Model
import Warehouse

/// Which booking of a frozen period changed since, and why?
public struct RestatementsQuestion: Sendable {
    /// An answer, and what ends the command when its sums do not add up.
    public struct Listed: Sendable {
        /// The answer.
        public let answer: Answer
        /// The failed proof; nil when all adds up.
        public let failure: BellwetherError?
    }

    /// The question's id.
    public static let id = "restatements"

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let limit: Int

    /// The question for a scope, its nodes down to a level, and so many deals at most.
    public init(scope: QuestionScope, level: ForecastQuestion.Level = .team, limit: Int = 50) {
        self.scope = scope
        self.level = level
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW590` for a period that is not frozen, `BW506` for another organisation than as it was, other `BW5xx`
    ///   for a period, team or person that is not there, `BW2xx` from the database.
    public func list(_ warehouse: Warehouse) throws(BellwetherError) -> Listed {
        guard scope.isAsWas else { throw Self.notAsWas }
        let now = try scope.resolve(in: warehouse)
        guard let freeze = try now.freezePoint(warehouse) else { throw try now.notFrozen(warehouse) }
        let frozen = try FrozenPeriod(freeze, scope, now, warehouse)
        let lines = try frozen.lines(level: level)
        let words = RestatementWords(
            frozen: frozen, node: frozen.top(lines), name: lines.first?.name ?? now.company.name)
        let tables = RestatementTables(frozen: frozen, lines: lines, words: words)
        let deals = try tables.deals(limit: limit, warehouse)
        let changes = frozen.restatements.changes(in: words.node)
        let answer = Answer(
            question: Self.id, headline: words.headline, tables: [tables.nodes, deals],
            warnings: now.ageWarnings,
            passport: Passport(
                question: Self.id, metrics: ["closed/1", "restatement/1"], asOf: now.point.asOf,
                snapshotDay: now.point.snapshotDay, load: now.point.load,
                filters: now.filters + [
                    .init("frozen_on", freeze.freezeDay.description),
                    .init("frozen_as_of", freeze.day.description),
                    .init("frozen_as_known", String(freeze.load)),
                ],
                rowCount: changes.count, sql: [Warehouse.periodMomentsSQL], programVersion: programVersion))
        return Listed(answer: answer, failure: try residual(frozen, warehouse))
    }

    /// Deals one by one must come to what the forecast of the same points sums.
    private func residual(
        _ frozen: FrozenPeriod, _ warehouse: Warehouse
    ) throws(BellwetherError) -> BellwetherError? {
        let sums = frozen.restatements[NodePlace(.company)]
        let then = try warehouse.reading(at: frozen.then.point, back: frozen.now.point) {
            () throws(BellwetherError) in try frozen.then.closed(warehouse)
        }
        let left = [sums.frozen.amount - then, sums.current.amount - (try frozen.now.closed(warehouse))]
        return left.first { $0 != .zero }.map { residual in
            BellwetherError(
                .bridgeOpen,
                "the deals of \(frozen.now.period.label) do not come to its closed sum: \(residual) \(frozen.now.company.currency) is left over",
                hint:
                    "Run it again with --as-known and a load's number; if it stays, report it with the answer as json."
            )
        }
    }

    static let notAsWas = BellwetherError(
        .badOption, "frozen figures are by the organisation as it was",
        hint: "Leave --org out, or show the period with: bellwether forecast --current --org as-is")
}

extension QuestionContext {
    /// What a forecast says is closed in the company; the session stands at the point.
    func closed(_ warehouse: Warehouse) throws(BellwetherError) -> Amount {
        try warehouse.forecastCells(of: period, at: point)
            .filter { $0.category == .closed && $0.timing == .inPeriod && $0.credit != .overlay }
            .reduce(.zero) { $0 + $1.sum.amount }
    }
}
