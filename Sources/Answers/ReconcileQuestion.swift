import Analytics
import Model
import Warehouse

/// Do finance's orders say what the CRM says closed, and if not, by which deals?
public struct ReconcileQuestion: Sendable {
    /// An answer, and what ends the command when its bridge does not add up.
    public struct Reconciled: Sendable {
        /// The answer.
        public let answer: Answer
        /// The failed proof; nil when the bridge adds up.
        public let failure: BellwetherError?
    }

    /// The question's id.
    public static let id = "reconcile"

    private let scope: QuestionScope

    /// The question for a scope.
    public init(scope: QuestionScope) {
        self.scope = scope
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func reconcile(_ warehouse: Warehouse) throws(BellwetherError) -> Reconciled {
        let context = try scope.resolve(in: warehouse)
        let (period, point) = (context.period, context.point)
        let rollup = try ForecastRollup(
            cells: try warehouse.forecastCells(of: period, at: point), plan: [],
            organisation: context.organisation)
        let lines = context.filter.lines(among: rollup.lines)
        let owned = try OwnedDeals(of: lines, in: context.organisation)
        let deals = try warehouse.dealsToReconcile(in: period, at: point).filter(owned.contains)
        let kept = Set(deals.map(\.id))
        let isWhole = lines.first?.node == .company
        // Orders without a deal belong to no team.
        let orders = try warehouse.ordersToReconcile(in: period, at: point)
            .filter { isWhole || ($0.deal.map(kept.contains) ?? false) }
        let booked = orders.filter { $0.day.map(period.contains) ?? false }
        let reconciliation = Reconciliation(
            period: period, deals: deals, orders: orders, closed: lines.first?.sums[.closed] ?? .none,
            ordered: isWhole
                ? try warehouse.orderTotal(in: period, at: point)
                : DealSum(
                    count: booked.count, amount: booked.reduce(.zero) { $0 + ($1.companyAmount ?? .zero) }))
        let words = ReconcileWords(reconciliation, context)
        let tables = ReconcileTables(reconciliation, context)
        let teams = try TeamBridges(reconciliation, lines, context)
        let answer = Answer(
            question: Self.id,
            headline: words.headline(of: lines.first?.name ?? context.company.name),
            tables: [tables.bridge] + [tables.items, teams.table, tables.unrated].compactMap(\.self),
            warnings: context.ageWarnings + words.warnings(try warehouse.bookState(at: point)),
            passport: Passport(
                question: Self.id, metrics: ["closed/1", "tie_out/1"], asOf: point.asOf,
                snapshotDay: point.snapshotDay, load: point.load, filters: context.filters,
                rowCount: deals.count + orders.count, exclusions: words.exclusions,
                sql: [Warehouse.dealsToReconcileSQL, Warehouse.ordersToReconcileSQL],
                programVersion: programVersion))
        return Reconciled(
            answer: answer, failure: reconcileFailure(reconciliation.residual, context.company.currency))
    }
}

/// What ends the command when something of a bridge is left unexplained; nil when nothing is.
public func reconcileFailure(_ residual: Amount, _ currency: String) -> BellwetherError? {
    guard residual != .zero else { return nil }
    return BellwetherError(
        .bridgeOpen,
        "the bridge from closed deals to orders does not add up: \(residual) \(currency) is left over",
        hint:
            "Run it again with --as-known and a load's number; if it stays, report it with the answer as json."
    )
}
