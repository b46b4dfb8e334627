import Analytics
import Model
import Warehouse

/// Who gets help against which criteria, what follows from deals once won, are meetings held, and how fast do new people
/// win?
public struct ResourcesQuestion: Sendable {
    /// The question's id.
    public static let id = "resources"
    /// The contracts of its numbers.
    public static let metrics = ["resource_gate/1", "success_factor/1", "cadence/1", "ramp/1"]

    private let scope: QuestionScope
    private let months: Int

    /// The question for a scope.
    ///
    /// - Parameter months: Who started so many months ago or later is new.
    public init(scope: QuestionScope, months: Int = 24) {
        self.scope = scope
        self.months = months
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let requests = try warehouse.resourceCells(in: context.period).filter { context.isAbout($0.holder) }
        let meetings = try warehouse.meetingCells(in: context.period)
        let nodes = context.filter.nodes
        let tables = ResourceTables(
            gate: ResourceGate(requests),
            success: try warehouse.successCells().filter { context.isAbout($0.holder) },
            meetings: meetings.filter { nodes?.contains($0.node) ?? true },
            starts: try warehouse.rampStarts(since: firstDay(context)).filter {
                nodes?.contains(.person($0.person)) ?? true
            }, months: months, context: context)
        return Answer(
            question: Self.id, headline: tables.headline, tables: tables.all, warnings: context.ageWarnings,
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("new", "\(months) months")],
                rowCount: requests.reduce(0) { $0 + $1.count },
                sql: [
                    Warehouse.resourceCellsSQL, Warehouse.successCellsSQL, Warehouse.meetingCellsSQL,
                    Warehouse.rampStartsSQL,
                ],
                programVersion: programVersion))
    }

    /// The first day of that many months before the day read.
    private func firstDay(_ context: QuestionContext) -> Day {
        let (year, month, day) = context.point.asOf.civil
        return Day.first(ofMonth: month - months, year: year) + (day - 1)
    }
}
