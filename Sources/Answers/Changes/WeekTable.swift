import Analytics
import Model
import Warehouse

/// The movement of a period week by week, from the day before it begins to the day asked for.
struct WeekTable {
    let tables: [AnswerTable]

    /// Reads the end of each week.
    ///
    /// - Throws: `BW405` when a week does not add up.
    init(_ reader: MovementReader, _ context: QuestionContext) throws(BellwetherError) {
        let frame = try PastFrame(context.company, context.point, reader.warehouse)
        let days = Self.days(of: context.period, until: context.point.asOf).filter(frame.hasBegun)
        guard days.count > 1 else {
            tables = []
            return
        }
        var weeks: [MovementRead] = []
        var before = try reader.sides(on: days[0])
        for day in days.dropFirst() {
            let sides = try reader.sides(on: day)
            weeks.append(try reader.movement(from: before, to: sides))
            before = sides
        }
        tables = [Self.table(weeks, context)]
    }

    /// The ends of the period's weeks: sevens from its first day on.
    static func days(of period: Period, until last: Day) -> [Day] {
        var days: [Day] = []
        var day = period.start - 1
        let end = min(last, period.lastDay)
        guard period.grain != .all, day < end else { return [] }
        while day < end {
            days.append(day)
            day = day + 7
        }
        return days + [end]
    }

    private static func table(_ weeks: [MovementRead], _ context: QuestionContext) -> AnswerTable {
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(
                name, title: title, kind: .amount, unit: context.company.currency, isDetail: isDetail)
        }
        let measure = weeks.first?.movement.rule.measure ?? .firm
        let isSeen = { (bucket: MovementBucket) in weeks.contains { $0.node[bucket].count > 0 } }
        return AnswerTable(
            name: "weeks", title: "\(measure.title) of \(context.period.label), week by week",
            columns: [
                AnswerColumn("week", title: "Week", kind: .integer),
                AnswerColumn("from", title: "From", kind: .day, isDetail: true),
                AnswerColumn("to", title: "To", kind: .day),
                amount("start", "Start", isDetail: true), amount("change", "Change"), amount("end", "End"),
            ]
                + MovementBucket.allCases.map {
                    amount($0.code, $0.title(in: measure), isDetail: !isSeen($0))
                },
            rows: weeks.map { week in
                let node = week.node
                return AnswerTable.Row(
                    [
                        .maybe(context.period.week(of: week.to.day)), .day(week.from.day), .day(week.to.day),
                        .amount(node.start.amount), .amount(node.change), .amount(node.end.amount),
                    ] + MovementBucket.allCases.map { .amount(node[$0].amount) })
            })
    }
}

extension PastFrame {
    /// Whether anything is known of a day; in a gap the state before it is shown.
    func hasBegun(_ day: Day) -> Bool { firstDay.map { $0 <= day } ?? false }
}
