import Analytics
import Model
import Warehouse

/// The proof of the movement on what is loaded: from the night, the week and the quarter before the newest day, for this
/// period and the next, start + buckets = end for every node, and both are what the forecasts of those days say.
public struct MovementCheck: Sendable {
    /// A pair of days that was looked at.
    struct Part {
        let from: Day
        let to: Day
        var movements = 0
        var nodes = 0
        var deals = 0
    }

    private var parts: [Part] = []
    private var notLooked: [AnswerWarning] = []

    /// Nothing was looked at.
    public init() {}

    /// Looks at the newest days of a warehouse.
    ///
    /// - Throws: `BW405` when a movement does not add up; `BW2xx` from the database.
    public init(of warehouse: Warehouse) throws(BellwetherError) {
        do throws(BellwetherError) {
            let context = try QuestionScope().resolve(in: warehouse)
            for day in try Self.days(context.point, warehouse) {
                parts.append(Part(from: day, to: context.point.asOf))
                for period in [context.period, context.nextPeriod].compactMap(\.self) {
                    try look(context, period, day, warehouse)
                }
            }
        } catch  where error.code == .nothingLoaded {
            return
        } catch  where error.code.rawValue.hasPrefix("BW5") {
            // What no question can be asked of is no fault of the store.
            notLooked = [
                AnswerWarning("movement_not_looked_at", "no movement was looked at: \(error.message)")
            ]
        }
    }

    private static func days(_ point: ReadPoint, _ warehouse: Warehouse) throws(BellwetherError) -> [Day] {
        let last = point.asOf
        let nights = try warehouse.nights(after: last + -120, before: last, at: point)
        let days = [1, 7, 91].compactMap { age in nights.last { last - $0 >= age } }
        return Set(days).sorted(by: >)
    }

    private static let measures: [MovementMeasure] = [.firm, .open, .all]

    private mutating func look(
        _ context: QuestionContext, _ period: Period, _ day: Day, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let later = context.point.asOf
        let asked = QuestionContext(
            point: context.point, company: context.company, organisation: context.organisation, change: nil,
            period: period, filter: context.filter, filters: [])
        let then = try lines(asked, day, warehouse)
        let now = try lines(asked, later, warehouse)
        for measure in Self.measures {
            let read = try MovementReader(context: asked, measure: measure, warehouse: warehouse)
                .movement(from: day, to: later)
            for (place, line) in then {
                try MovementProof.check(
                    "start", of: place, read.movement[place].start, is: line.sums.sum(measure.categories))
            }
            for (place, line) in now {
                try MovementProof.check(
                    "end", of: place, read.movement[place].end, is: line.sums.sum(measure.categories))
            }
            let last = parts.count - 1
            parts[last].movements += 1
            parts[last].nodes += read.movement.nodes.count
            parts[last].deals += read.pairs.count
        }
    }

    /// The forecast of a day.
    private func lines(
        _ context: QuestionContext, _ day: Day, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [(NodePlace, ForecastLine)] {
        let cells = try warehouse.forecastCells(of: context.period, on: day, at: context.point)
        let lines = try ForecastRollup(
            cells: cells, plan: [], organisation: try context.organisation(on: day, warehouse)
        ).lines
        return Array(zip(NodePlace.places(of: lines), lines))
    }

    /// The answer of a proof with what was looked at beside it.
    public func added(to answer: Answer) -> Answer {
        var answer = answer
        answer.warnings += notLooked
        guard !parts.isEmpty else { return answer }
        answer.tables.append(
            AnswerTable(
                name: "movement", title: "Movements that add up",
                columns: [
                    AnswerColumn("from", title: "From", kind: .day),
                    AnswerColumn("to", title: "To", kind: .day),
                    AnswerColumn("movements", title: "Movements", kind: .integer),
                    AnswerColumn("nodes", title: "Nodes", kind: .integer),
                    AnswerColumn("deals", title: "Deals", kind: .integer),
                ],
                rows: parts.map { part in
                    AnswerTable.Row([
                        .day(part.from), .day(part.to), .integer(part.movements), .integer(part.nodes),
                        .integer(part.deals),
                    ])
                }))
        return answer
    }
}
