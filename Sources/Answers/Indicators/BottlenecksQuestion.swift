import Analytics
import Model
import Warehouse

/// Which stage holds deals up, on what evidence, and is it the same one again?
public struct BottlenecksQuestion: Sendable {
    /// The question's id.
    public static let id = "bottlenecks"
    /// The contracts of its numbers.
    public static let metrics = ["bottleneck/1", "stage_conversion/1", "rate_change/1"]

    private let scope: QuestionScope
    private let level: RateLevel

    /// The question for a scope.
    ///
    /// - Parameter level: What the lines tell apart: company, team or person.
    public init(scope: QuestionScope, level: RateLevel = .company) {
        self.scope = scope
        self.level = level
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let book = try BottleneckBook(level, context, warehouse)
        let tables = BottleneckTables(book: book, context: context)
        let isEmpty = book.limits.isEmpty
        return Answer(
            question: Self.id, headline: tables.headline,
            tables: [tables.main] + (isEmpty ? [] : [tables.quarters]),
            warnings: context.ageWarnings
                + (isEmpty
                    ? [
                        AnswerWarning(
                            "few_visits",
                            "of no stage at least \(RateWatch.minimum) visits came to an end more than half a year ago: nothing says what is usual"
                        )
                    ] : []),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters.filter { $0.name != "period" } + [.init("by", level.rawValue)],
                rowCount: book.visits, sql: [Warehouse.visitFatesSQL, Warehouse.stageFatesSQL],
                programVersion: programVersion))
    }
}

/// How each stage held up the deals of each line.
struct BottleneckBook {
    /// A stage of a line.
    struct Step {
        let stage: ProcessStage
        let pace: StagePace?
        /// Of each of the last four quarters, the latest first: whether more visits were slow than in the four before.
        var slowness: [RateWatch.Verdict?]
        let conversion: CohortSums
        var conversionVerdict: RateWatch.Verdict?

        /// The excess of a quarter in deal days, where it is beyond chance.
        func proven(_ quarter: Int) -> Double? {
            guard let verdict = slowness[quarter], verdict.isAlarm, verdict.change.difference > 0 else {
                return nil
            }
            return pace?.excess(quarter)
        }

        /// How far fewer went on than before, where it is beyond chance; below zero.
        var provenDrop: Double? {
            guard let verdict = conversionVerdict, verdict.isAlarm, verdict.change.difference < 0 else {
                return nil
            }
            return verdict.change.difference
        }
    }

    let lines: RateLines
    /// Of each line: each open stage.
    let steps: [[Step]]
    /// By stage: for how many days visits are followed, and from when on they are slow.
    let limits: [RecordID: (limit: Int, bound: Double)]
    let visits: Int

    init(_ level: RateLevel, _ context: QuestionContext, _ warehouse: Warehouse) throws(BellwetherError) {
        let grouping = context.grouping(by: level)
        let counted = { (cells: [FateCell]) in cells.filter { context.counts($0.holder) } }
        let visits = counted(try warehouse.visitFates(grouping))
        let passages = counted(try warehouse.stageFates(grouping))
        let stages = try warehouse.processStages().filter(\.isOpen)
        let day = context.point.asOf
        self.visits = visits.reduce(0) { $0 + $1.count }

        var limits: [RecordID: (limit: Int, bound: Double)] = [:]
        for (stage, cells) in Dictionary(grouping: visits, by: \.step) {
            if let stage { limits[stage] = StagePace.limits(cells, asOf: day) }
        }
        self.limits = limits
        var windows: [RecordID?: CohortWindows] = [:]
        for (stage, cells) in Dictionary(grouping: passages, by: \.step) {
            windows[stage] = CumulativeIncidence(cells, begun: ConversionBook.curveDays(day))
                .horizon(of: .reached).map { CohortWindows(asOf: day, horizon: $0) }
        }

        let lines = try RateLines(
            level, holders: Set(visits.compactMap(\.holder)), slices: [:], context)
        self.lines = lines
        let count = lines.identities.count
        var cells = [[RecordID?: [FateCell]]](repeating: [:], count: count)
        for cell in visits {
            for line in lines.lines(cell.holder, nil) { cells[line][cell.step, default: []].append(cell) }
        }
        var sums = [[RecordID?: CohortSums]](repeating: [:], count: count)
        for cell in passages {
            for line in lines.lines(cell.holder, nil) {
                sums[line][cell.step, default: CohortSums()].add(cell, windows[cell.step])
            }
        }
        steps = Self.judged(
            zip(cells, sums).map { cells, sums in
                stages.map { stage in
                    let limit = limits[stage.id]
                    return Step(
                        stage: stage,
                        pace: limit.flatMap { limit in
                            StagePace(
                                cells[stage.id] ?? [], asOf: day, limit: limit.limit, bound: limit.bound)
                        },
                        slowness: [], conversion: sums[stage.id] ?? CohortSums())
                }
            })
    }

    /// All rates of all lines, stages and quarters are one family.
    private static func judged(_ steps: [[Step]]) -> [[Step]] {
        var changes: [RateChange?] = []
        for step in steps.joined() {
            changes += (0..<StagePace.judged).map { step.pace?.slowness($0) }
            changes.append(step.conversion.change)
        }
        var verdicts = RateWatch.judge(changes)[...]
        return steps.map { line in
            line.map { step in
                var step = step
                step.slowness = Array(verdicts.prefix(StagePace.judged))
                verdicts = verdicts.dropFirst(StagePace.judged)
                step.conversionVerdict = verdicts.popFirst() ?? nil
                return step
            }
        }
    }

    /// How many rates were looked at together.
    var tested: Int {
        steps.joined().reduce(0) { sum, step in
            sum + step.slowness.count { $0 != nil } + (step.conversionVerdict == nil ? 0 : 1)
        }
    }

    /// The stage of a line that held deals up most in a quarter beyond chance; nil where none did.
    func slowest(_ steps: [Step], quarter: Int) -> Step? {
        steps.filter { ($0.proven(quarter) ?? 0) > 0 }
            .max { ($0.proven(quarter) ?? 0) < ($1.proven(quarter) ?? 0) }
    }

    /// The stage of a line from which fewer go on than before beyond chance, by most; nil where there is none.
    func leakiest(_ steps: [Step]) -> Step? {
        steps.filter { $0.provenDrop != nil }.min { ($0.provenDrop ?? 0) < ($1.provenDrop ?? 0) }
    }
}

/// The tables of `bottlenecks`.
struct BottleneckTables {
    let book: BottleneckBook
    let context: QuestionContext

    // MARK: - In a sentence

    var headline: Phrase {
        let name = context.filter.name ?? context.company.name
        guard let steps = book.steps.first, !book.limits.isEmpty else {
            return "\(name): nothing says how long stages usually last"
        }
        let slow = book.slowest(steps, quarter: 0)
        var headline: Phrase
        if let slow, let pace = slow.pace, let mean = pace.quarters[0].mean, let usual = pace.meanBefore(0) {
            headline = """
                \(name): \(slow.stage.name) holds deals up: \(whole(mean)) days in place of \(whole(usual)), \
                \(pace.quarters[0].visits) deals from \(pace.quarters[0].days.lowerBound) on
                """
            let again = (1..<StagePace.judged).count {
                book.slowest(steps, quarter: $0)?.stage.id == slow.stage.id
            }
            if again > 0 {
                headline = "\(headline), as in \(again) of the \(StagePace.judged - 1) quarters before"
            }
        } else {
            headline = "\(name): no stage holds deals up longer than usual beyond chance"
        }
        guard let leaky = book.leakiest(steps), let change = leaky.conversionVerdict?.change else {
            return headline
        }
        return """
            \(headline); fewer go on from \(leaky.stage.name): \(percent: change.now.rate ?? 0) in place of \
            \(percent: change.before.rate ?? 0)
            """
    }

    private func whole(_ days: Double) -> Int { Int(days.rounded()) }

    // MARK: - By stage

    /// Each stage of each line in the last quarter against the four before it.
    var main: AnswerTable {
        let rows = zip(book.lines.identities, book.steps).flatMap { identity, steps in
            let slowest = book.slowest(steps, quarter: 0)?.stage.id
            let leakiest = book.leakiest(steps)?.stage.id
            return steps.map { row(identity, $0, slowest: slowest, leakiest: leakiest) }
        }
        return AnswerTable(
            name: BottlenecksQuestion.id,
            columns: ComparedLines.identityColumns + [
                AnswerColumn("stage", title: "Stage", kind: .text),
                AnswerColumn("bottleneck", title: "", kind: .text),
                AnswerColumn("visits", title: "Entered", kind: .integer), days("mean", "Mean"),
                days("usual", "Usual"), days("excess", "Deal days more"),
                AnswerColumn("slow", title: "Slow", kind: .text),
                AnswerColumn("moved_on", title: "Moving on", kind: .text),
                AnswerColumn("from", title: "Entered from", kind: .day, isDetail: true),
                AnswerColumn("to", title: "Entered to", kind: .day, isDetail: true),
                AnswerColumn("followed", title: "Followed for", kind: .integer, unit: "days", isDetail: true),
                days("slow_bound", "Slow from", isDetail: true),
            ] + renamed("slow_") + renamed("moved_on_"),
            rows: rows,
            notes: book.limits.isEmpty
                ? []
                : [
                    """
                    Mean: days of visits that began in the three months that are old enough, each followed equally long; usual: \
                    those of the twelve months before. Slow: longer than three of four were
                    """,
                    """
                    \(book.tested) rates were looked at together: where none has changed, at most \(percent: RateWatch.level) of \
                    looks ring, over the \(RateWatch.looksAYear) of a year at most \(percent: RateWatch.yearlyRate)
                    """,
                ])
    }

    private func days(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .rate, unit: "days", isDetail: isDetail)
    }

    /// The numbers behind a verdict.
    private func renamed(_ prefix: String) -> [AnswerColumn] {
        RateColumns.change.filter { $0.name != "verdict" }.map {
            AnswerColumn(prefix + $0.name, title: $0.title, kind: $0.kind, unit: $0.unit, isDetail: true)
        }
    }

    private func row(
        _ identity: RateLines.Identity, _ step: BottleneckBook.Step, slowest: RecordID?, leakiest: RecordID?
    ) -> AnswerTable.Row {
        let quarter = step.pace?.quarters.first
        let isEnough = (quarter?.visits ?? 0) >= RateWatch.minimum
        let slow = RateColumns.values(step.pace?.slowness(0), step.slowness[0])
        let moved = RateColumns.values(step.conversion.change, step.conversionVerdict)
        let word =
            step.stage.id == slowest ? "slowest" : step.stage.id == leakiest ? "loses more" : ""
        let numbers: [AnswerValue] = [
            .maybe(quarter?.visits), .maybe(isEnough ? quarter?.mean : nil),
            .maybe(isEnough ? step.pace?.meanBefore(0) : nil), .maybe(isEnough ? step.pace?.excess(0) : nil),
            slow[2], moved[2], quarter.map { .day($0.days.lowerBound) } ?? .null,
            quarter.map { .day($0.days.upperBound - 1) } ?? .null, .maybe(step.pace?.limit),
            .maybe(step.pace?.bound),
        ]
        func withoutVerdict(_ values: [AnswerValue]) -> [AnswerValue] {
            values.indices.filter { $0 != 2 }.map { values[$0] }
        }
        return AnswerTable.Row(
            identity.values + [.text(step.stage.name), .text(word)] + numbers + withoutVerdict(slow)
                + withoutVerdict(moved))
    }

    // MARK: - Again and again

    /// The last four quarters of the node: what each stage cost, and which was the slowest.
    var quarters: AnswerTable {
        let steps = book.steps.first ?? []
        let rows = (0..<StagePace.judged).flatMap { quarter in
            let slowest = book.slowest(steps, quarter: quarter)?.stage.id
            return steps.compactMap { step -> AnswerTable.Row? in
                guard let pace = step.pace else { return nil }
                let found = pace.quarters[quarter]
                let isEnough = found.visits >= RateWatch.minimum
                let change = RateColumns.values(pace.slowness(quarter), step.slowness[quarter])
                return AnswerTable.Row([
                    .day(found.days.lowerBound), .day(found.days.upperBound - 1), .text(step.stage.name),
                    .text(step.stage.id == slowest ? "slowest" : ""), .integer(found.visits),
                    .maybe(isEnough ? found.mean : nil), .maybe(isEnough ? pace.meanBefore(quarter) : nil),
                    .maybe(isEnough ? pace.excess(quarter) : nil), change[0], change[1], change[2],
                ])
            }
        }
        return AnswerTable(
            name: "quarters", title: "Quarter by quarter, each against the four before it",
            columns: [
                AnswerColumn("from", title: "From", kind: .day),
                AnswerColumn("to", title: "To", kind: .day, isDetail: true),
                AnswerColumn("stage", title: "Stage", kind: .text),
                AnswerColumn("bottleneck", title: "", kind: .text),
                AnswerColumn("visits", title: "Entered", kind: .integer), days("mean", "Mean"),
                days("usual", "Usual"), days("excess", "Deal days more"),
                AnswerColumn("slow_before", title: "Slow before", kind: .rate, unit: "%", isDetail: true),
                AnswerColumn("slow_now", title: "Slow", kind: .rate, unit: "%", isDetail: true),
                AnswerColumn("verdict", title: "Slow", kind: .text),
            ],
            rows: rows)
    }
}
