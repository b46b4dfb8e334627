import Analytics
import Model
import Warehouse

/// What changed in a period's forecast between two days, deal by deal, and does it add up?
public struct ChangesQuestion: Sendable {
    /// By what the movement is divided in a table of its own.
    public enum Division: String, Sendable, CaseIterable {
        case company, team, person, currency
    }

    /// What is told beside the movement itself.
    public struct Details: Sendable, Hashable {
        /// By team, person or currency; nil for no such table.
        public var division: Division?
        /// Week by week of the period.
        public var isWeekly = false
        /// From category to category and from stage to stage.
        public var hasFlow = false
        /// Every deal that moved, not only the largest.
        public var hasAllDeals = false
        /// Every night between the days; nil where there are few.
        public var hasNights: Bool?

        /// Nothing beside it.
        public init() {}
    }

    /// The question's id.
    public static let id = "changes"
    /// How many deals are named unless all are asked for.
    static let fewDeals = 10
    /// So many nights are looked at one by one without being asked.
    static let fewNights = 10

    let scope: QuestionScope
    let since: String
    let measure: MovementMeasure
    let details: Details

    /// The question for a scope, whose day is the later one.
    ///
    /// - Parameter since: The earlier day, or how long before the later it lies: `7d`, `2w`.
    public init(
        scope: QuestionScope, since: String, measure: MovementMeasure = .firm, details: Details = Details()
    ) {
        self.scope = scope
        self.since = since
        self.measure = measure
        self.details = details
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW405` when the movement does not add up; `BW560`, `BW570` for an earlier day that is none, other
    ///   `BW5xx` for a period, team or person that is not there; `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let day = try earlierDay(context.point.asOf)
        let reader = MovementReader(context: context, measure: measure, warehouse: warehouse)
        let earlier = try warehouse.readPoint(of: day, beside: context.point)
        let read = try reader.movement(from: day, to: context.point.asOf)
        let words = MovementWords(read: read, context: context, measure: measure)
        let nights = try nightTables(read, reader, warehouse)
        var tables = [words.table(notes: nights.notes)]
        let listed = words.listed(all: details.hasAllDeals)
        tables += words.dealTable(listed, try read.names(listed, warehouse), all: details.hasAllDeals)
        tables += try divisionTables(read, context)
        tables += nights.tables
        if details.isWeekly { tables += try WeekTable(reader, context).tables }
        if details.hasFlow {
            tables += try FlowTables(read, context, warehouse, isListed: details.hasAllDeals).tables
        }
        return Answer(
            question: Self.id, headline: words.headline, tables: tables, charts: words.charts,
            warnings: warnings(context, earlier, read),
            passport: passport(context, earlier.asOf, read, hasNights: !nights.tables.isEmpty))
    }

    // MARK: - The days

    /// The earlier day as it is written: a day, or days or weeks before the later.
    func earlierDay(_ later: Day) throws(BellwetherError) -> Day {
        guard let day = Day(since) ?? Self.day(since, before: later) else {
            throw BellwetherError(
                .sinceUnknown, "“\(since)” is neither a day nor so many days or weeks before",
                hint: "Write a day such as 2026-11-30, or 7d for a week, 2w for two.")
        }
        guard day < later else {
            throw BellwetherError(
                .sinceNotBefore,
                "--since \(day) is not before \(later), the day it is compared with",
                hint: "Give an earlier day, or a later one with --until.")
        }
        return day
    }

    private static func day(_ text: String, before later: Day) -> Day? {
        guard let unit = text.last, let length = ["d": 1, "w": 7][unit.lowercased()],
            let count = Int(text.dropLast()), (1...10_000).contains(count)
        else { return nil }
        return later + -(count * length)
    }

    // MARK: - Beside it

    private func divisionTables(
        _ read: MovementRead, _ context: QuestionContext
    ) throws(BellwetherError) -> [AnswerTable] {
        switch details.division {
        case nil: []
        case .currency: [try CurrencyMovementTable(read, context).table]
        case .company: [NodeMovementTable(read, context, level: .company).table]
        case .team: [NodeMovementTable(read, context, level: .team).table]
        case .person: [NodeMovementTable(read, context, level: .person).table]
        }
    }

    private func nightTables(
        _ read: MovementRead, _ reader: MovementReader, _ warehouse: Warehouse
    ) throws(BellwetherError) -> (tables: [AnswerTable], notes: [Phrase]) {
        if details.hasNights == false { return ([], []) }
        let nights = try warehouse.nights(
            after: read.from.day, before: read.to.day, at: reader.context.point)
        guard details.hasNights == true || nights.count <= Self.fewNights else {
            return (
                [],
                [
                    "The \(nights.count) nights in between were not looked at one by one; --nights shows what left and came back"
                ]
            )
        }
        let motion = try MotionTables(read, reader, nights)
        guard details.hasNights != true, !motion.hasReturned else { return (motion.tables, []) }
        return (
            [], nights.isEmpty ? [] : ["Nothing left and came back on the \(nights.count) nights in between"]
        )
    }

    private func warnings(
        _ context: QuestionContext, _ earlier: ReadPoint, _ read: MovementRead
    ) -> [AnswerWarning] {
        let then = QuestionContext(
            point: earlier, company: context.company, organisation: context.organisation, change: nil,
            period: context.period, filter: context.filter, filters: [])
        let age = then.ageWarnings.filter { !context.ageWarnings.contains($0) }.map {
            AnswerWarning($0.code, "\(earlier.asOf): \($0.text)")
        }
        let lacking = read.countWithoutAmount
        return context.ageWarnings + age
            + (lacking == 0
                ? []
                : [
                    AnswerWarning(
                        "deals_without_amount",
                        "\(lacking) \(lacking == 1 ? "deal counts" : "deals count") without an amount, or without a plan rate: in no sum"
                    )
                ])
    }

    private func passport(
        _ context: QuestionContext, _ earlier: Day, _ read: MovementRead, hasNights: Bool
    ) -> Passport {
        var filters =
            context.filters + [
                .init("since", earlier.description), .init("measure", measure.rawValue),
            ]
        if let division = details.division { filters.append(.init("by", division.rawValue)) }
        return Passport(
            question: Self.id,
            metrics: ["movement/1"] + (hasNights ? ["gross_motion/1"] : [])
                + (details.hasFlow ? ["category_flow/1"] : []),
            asOf: context.point.asOf, snapshotDay: context.point.snapshotDay, load: context.point.load,
            filters: filters, rowCount: read.pairs.count,
            sql: [Warehouse.dealSidesSQL, Warehouse.namedSidesSQL, Warehouse.sharedPartsSQL],
            programVersion: programVersion)
    }
}
