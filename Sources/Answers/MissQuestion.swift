import Analytics
import Model
import Warehouse

/// Why did a submitted call miss: from what was called in a week to what was booked, deal by deal?
public struct MissQuestion: Sendable {
    /// An answer, and what ends the command when the way does not add up.
    public struct Traced: Sendable {
        /// The answer.
        public let answer: Answer
        /// The failed proof; nil when all adds up.
        public let failure: BellwetherError?
    }

    /// The question's id.
    public static let id = "miss"

    private let scope: QuestionScope
    private let week: Int
    private let level: ForecastQuestion.Level
    private let limit: Int

    /// The question for a scope and a week of its period, its nodes down to a level, and so many deals at most.
    public init(
        scope: QuestionScope, week: Int, level: ForecastQuestion.Level = .team, limit: Int = 20
    ) {
        self.scope = scope
        self.week = week
        self.level = level
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW591` for a week that the period has not, or that is not over; `BW506` for another organisation than as
    ///   it was, other `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func trace(_ warehouse: Warehouse) throws(BellwetherError) -> Traced {
        guard scope.isAsWas else { throw RestatementsQuestion.notAsWas }
        let now = try scope.resolve(in: warehouse)
        let freeze = try now.freezePoint(warehouse)
        let day = try callDay(now, end: freeze?.day ?? now.point.asOf)
        let way = try MissReader(scope, now, freeze, day, warehouse).way
        let tables = MissTables(way: way, level: level)
        let words = MissWords(way: way, week: week)
        return Traced(
            answer: Answer(
                question: Self.id, headline: words.headline,
                tables: [tables.steps, tables.nodes, tables.deals(limit: limit)].compactMap(\.self),
                warnings: way.then.ageWarnings + words.warnings,
                passport: Passport(
                    question: Self.id, metrics: ["commit/1", "call/1", "call_to_actual/1"],
                    asOf: way.end.point.asOf, snapshotDay: way.end.point.snapshotDay,
                    load: way.end.point.load,
                    filters: now.filters + [
                        .init("week", String(week)), .init("called_by", day.description),
                        .init("by", level.rawValue),
                    ],
                    rowCount: way.bridge.effects(in: way.top).count,
                    sql: [Warehouse.periodMomentsSQL, Warehouse.standingCallsSQL],
                    programVersion: programVersion)),
            failure: words.failure)
    }

    /// The last day of the week; of the last week that of the period.
    private func callDay(_ now: QuestionContext, end: Day) throws(BellwetherError) -> Day {
        let period = now.period
        let weeks = (period.dayCount + 6) / 7
        guard period.grain != .all, week >= 1, week <= weeks else {
            throw BellwetherError(
                .weekNotOver, "\(period.label) has no week \(week)",
                hint: period.grain == .all ? "Ask for a quarter or a year." : "Choose one of 1 to \(weeks).")
        }
        let day = min(period.start + (7 * week - 1), period.lastDay)
        guard day < end else {
            throw BellwetherError(
                .weekNotOver,
                "week \(week) of \(period.label) ends on \(day), and deals are known up to \(end)",
                hint: "Choose an earlier week.")
        }
        return day
    }
}

/// The way from a call to the bookings, of all nodes.
struct MissWay {
    /// The day of the call.
    let then: QuestionContext
    /// The day of the bookings.
    let end: QuestionContext
    /// Where the period is frozen; nil while it is not.
    let freeze: FreezePoint?
    /// The lines of the part that is asked for, with calls, as on the day of the call.
    let lines: [ForecastLine]
    /// What forecasts say was closed and in commit on that day, and what is closed in the end, node by node.
    let said: [NodePlace: Amount]
    let booked: [NodePlace: DealSum]
    let bridge: CallToActual
    let days: CallToActual.Days
    /// Whether anybody had called by then.
    let hasCalls: Bool

    /// The node that is asked for.
    var top: NodePlace { NodePlace.places(of: lines).first ?? NodePlace(.company) }

    /// Everything about one node, which adds up or has a residual.
    func numbers(of line: ForecastLine, at place: NodePlace) -> MissNumbers {
        MissNumbers(
            call: line.calls?.effective ?? said[place] ?? .zero, said: said[place] ?? .zero,
            steps: bridge.sums(in: place), booked: booked[place] ?? .none)
    }
}

/// The numbers of one node, from its call to its bookings.
struct MissNumbers {
    let call: Amount
    /// Closed + commit on the day of the call.
    let said: Amount
    let steps: [MissStep: DealSum]
    let booked: DealSum

    /// What people had added to the deals, and did not come.
    var judgement: Amount { said - call }
    /// By how much the bookings missed the call: below zero for less.
    var miss: Amount { booked.amount - call }
    /// What is left unexplained: nothing, or there is a fault.
    var residual: Amount { booked.amount - said - steps.values.reduce(.zero) { $0 + $1.amount } }

    func sum(_ wanted: [MissStep]) -> DealSum {
        wanted.reduce(.none) { $0 + (steps[$1] ?? .none) }
    }
}
