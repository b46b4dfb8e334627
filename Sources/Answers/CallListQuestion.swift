import Analytics
import Model
import Warehouse

/// What does each node call for a period and category, beside what its deals say and what is rolled up?
public struct CallListQuestion: Sendable {
    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let category: CallCategory
    private let businessLine: String?
    private let measure: String

    /// The calls of one category, of all of the business or of a part of it.
    public init(
        scope: QuestionScope, level: ForecastQuestion.Level, category: CallCategory,
        businessLine: String? = nil, measure: String = "bookings"
    ) {
        self.scope = scope
        self.level = level
        self.category = category
        self.businessLine = businessLine
        self.measure = measure
    }

    private var isWhole: Bool { businessLine == nil && measure == "bookings" }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let cells = try warehouse.forecastCells(of: context.period, at: context.point)
        let rollup = try ForecastRollup(cells: cells, plan: [], organisation: context.organisation)
        let book = try CallBook(
            rollup.lines, category, context, isDayGiven: scope.asOf != nil, businessLine: businessLine,
            measure: measure, warehouse)
        let lines = context.filter.lines(among: book.lines)
        let crm = try warehouse.crmForecasts(
            of: context.period, category: category, businessLine: businessLine, measure: measure)
        let shown = lines.filter(isShown)
        return Answer(
            question: "call list", headline: headline(lines, context),
            tables: [table(shown, context, crm)],
            warnings: context.ageWarnings
                + (try book.warnings(for: lines, isBrief: false, warehouse)),
            passport: Passport(
                question: "call list", metrics: ["call/1"], asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + filters, rowCount: shown.count,
                sql: [Warehouse.forecastCellsSQL, Warehouse.standingCallsSQL], programVersion: programVersion)
        )
    }

    private var filters: [Passport.Filter] {
        [.init("category", category.rawValue)]
            + (businessLine.map { [.init("business line", $0)] } ?? [])
            + (measure == "bookings" ? [] : [.init("measure", measure)])
    }

    /// The lines down to the level, and below it whoever has called.
    private func isShown(_ line: ForecastLine) -> Bool {
        if line.depth == 0 || line.calls?.deciding != nil { return true }
        switch line.node {
        case .company, .withoutTeam, .withoutOwner: return line.sums.all.count > 0
        case .team: return level != .company
        case .person: return level == .person
        case .others: return false
        }
    }

    private func headline(_ lines: [ForecastLine], _ context: QuestionContext) -> Phrase {
        guard let top = lines.first, let calls = top.calls else { return "Nothing to show" }
        let currency = context.company.currency
        let what = category.title.lowercased() + (businessLine.map { ", \($0)" } ?? "")
        let from: Phrase =
            calls.override != nil ? "overridden" : (calls.submitted != nil ? "submitted" : "rolled up")
        let call: Phrase =
            "\(top.name) \(context.period.label), \(what): the call is \(calls.effective, currency), \(from)"
        guard isWhole else { return call }
        return "\(call); deals support \(calls.calculated, currency), judgement \(calls.judgement, currency)"
    }

    // MARK: - The table

    private func table(
        _ lines: [ForecastLine], _ context: QuestionContext, _ crm: [CallTarget: Amount]
    ) -> AnswerTable {
        let directory = CallDirectory(context.organisation)
        let crmSums = Dictionary(
            crm.compactMap { target, amount in directory.node(target).map { ($0, amount) } },
            uniquingKeysWith: { first, _ in first })
        let hasOverride = lines.contains { $0.calls?.override != nil }
        let hasIndirect = lines.contains { ($0.calls?.indirect ?? .zero) != .zero }
        let currency = context.company.currency
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
        }
        return AnswerTable(
            name: "calls",
            columns: [
                text("node", "Node"), text("level", "Level", isDetail: true),
                text("parent", "Parent", isDetail: true),
                amount("calculated", "Calculated", isDetail: !isWhole), amount("rolled_up", "Rolled up"),
                amount("indirect", "Indirect", isDetail: !hasIndirect),
                amount("submitted", "Submitted"),
                amount("call_override", "Override", isDetail: !hasOverride), amount("call", "Call"),
                amount("judgement", "Judgement", isDetail: !isWhole), text("by", "By"),
                AnswerColumn("on", title: "On", kind: .day), text("at", "At", isDetail: true),
                text("basis", "Basis", isDetail: true), amount("amount_said", "As said", isDetail: true),
                text("note", "Note", isDetail: !lines.contains { $0.calls?.deciding?.call.note != nil }),
                AnswerColumn("last_call", title: "Last call", kind: .day, isDetail: true),
                amount("crm_calculated", "CRM's own sum", isDetail: crmSums.isEmpty),
            ],
            rows: lines.map { row($0, context, $0.callNode.flatMap { crmSums[$0] }) })
    }

    private func row(_ line: ForecastLine, _ context: QuestionContext, _ crm: Amount?) -> AnswerTable.Row {
        func value(_ amount: Amount?) -> AnswerValue { amount.map { .amount($0) } ?? .null }
        func text(_ text: String?) -> AnswerValue { text.map { .text($0) } ?? .null }
        let calls = line.calls ?? CallNumbers(calculated: .zero, rolledUp: .zero)
        let call = calls.deciding?.call
        return AnswerTable.Row(
            [
                .text(line.name), .text(line.levelName), text(line.parentName),
                value(isWhole ? calls.calculated : nil), .amount(calls.rolledUp), .amount(calls.indirect),
                value(calls.submitted?.amount), value(calls.override?.amount), .amount(calls.effective),
                value(isWhole ? calls.judgement : nil), context.organisation.name(of: call?.author),
                call.map { .day($0.day) } ?? .null, text(call?.time), text(call?.basis.rawValue),
                value(call?.companyAmount), text(call?.note), calls.lastSpoken.map { .day($0) } ?? .null,
                value(crm),
            ], style: line.depth == 0 ? .total : .indented(line.depth))
    }
}
