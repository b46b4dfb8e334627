import Analytics
import Model
import Warehouse

/// Says a call of a node for a period and category, or takes one back.
public struct CallSubmission: Sendable {
    /// What is said.
    public enum Act: Sendable, Hashable {
        /// A number, by the node itself or from above.
        case call(CallKind, amount: String)
        /// That the last call of a kind no longer stands.
        case reset(CallKind)
    }

    /// What is said.
    public var act: Act
    /// The node's name or id, or `company`.
    public var node: String
    /// A label, or `this`, `next`, `last` as seen from the day of the call.
    public var period: String
    /// Of what it speaks.
    public var category: CallCategory
    /// What the number contains.
    public var basis: CallBasis
    /// The currency's code; nil for the company's.
    public var currency: String?
    /// The part of the business; nil for all of it.
    public var businessLine: String?
    /// What is forecast.
    public var measure: String
    /// The name or id of the person who says it.
    public var author: String
    /// What is noted; for a reset the reason.
    public var note: String?
    /// When it was said; nil for now.
    public var at: String?
    /// The time now.
    public var now: String

    /// A submission of those facts.
    public init(
        act: Act, node: String, period: String, category: CallCategory, basis: CallBasis = .cumulative,
        currency: String? = nil, businessLine: String? = nil, measure: String = "bookings", author: String,
        note: String? = nil, at: String? = nil, now: String
    ) {
        self.act = act
        self.node = node
        self.period = period
        self.category = category
        self.basis = basis
        self.currency = currency
        self.businessLine = businessLine
        self.measure = measure
        self.author = author
        self.note = note
        self.at = at
        self.now = now
    }

    private var kind: CallKind {
        switch act {
        case .call(let kind, _): kind
        case .reset(let kind): kind
        }
    }

    /// Publishes it as a load of its own, and tells what it comes to.
    ///
    /// - Parameter waiting: Is called once when another load must end first.
    /// - Throws: `BW501`–`BW506`, `BW520` and `BW521` for what cannot be said, `BW522` when there is nothing to take back,
    ///   `BW208` when another load runs and the recorder does not wait, `BW2xx` from the database. Nothing is said then.
    public func publish(
        in warehouse: Warehouse, by recorder: CallRecorder, waiting: () -> Void = {}
    ) throws(BellwetherError) -> Answer {
        let moment = try CallMoment(at: at, now: now, period: period, warehouse)
        let (node, nodeName) = try moment.context.organisation.callNode(named: node)
        let author = try moment.context.organisation.caller(named: author)
        let amount = try amount()
        let currency = try currency(moment, warehouse)
        var before = CallNumbers(calculated: .zero, rolledUp: .zero)
        let load = try warehouse.say(at: moment.instant, by: recorder, waiting: waiting) {
            () throws(BellwetherError) in
            let moment = try moment.again(in: warehouse)
            before = try numbers(of: node, moment, warehouse)
            try check(node, nodeName, moment, before, warehouse)
            return record(moment, node, author.id, amount, currency, before)
        }
        let after = try numbers(of: node, try moment.again(in: warehouse), warehouse)
        return answer(moment, nodeName, author.name, before, after, load)
    }

    // MARK: - What is said

    private func amount() throws(BellwetherError) -> Amount? {
        guard case .call(_, let text) = act else { return nil }
        return try callAmount(text)
    }

    private func currency(_ moment: CallMoment, _ warehouse: Warehouse) throws(BellwetherError) -> String {
        let company = moment.context.company.currency
        guard let currency else { return company }
        let code = try currencyCode(currency)
        guard try warehouse.converts(code, to: company) else {
            throw BellwetherError(
                .badOption, "there is no plan rate from \(code) to \(company) on \(moment.instant.day)",
                hint: "Load the rate, or say the call in \(company).")
        }
        return code
    }

    private func check(
        _ node: CallNode, _ name: String, _ moment: CallMoment, _ before: CallNumbers, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let context = moment.context
        guard
            try !warehouse.hasCall(
                on: node, period: context.period, category: category, businessLine: businessLine,
                measure: measure, at: moment.instant)
        else {
            throw BellwetherError(
                .callTwice,
                "there is a call for \(name), \(context.period.label), \(category.rawValue) of that very instant, \(moment.instant.time)",
                hint: "Which of two would count could not be told: say it at another time.")
        }
        guard case .reset(let kind) = act else { return }
        let standing = kind == .own ? before.submitted : before.override
        guard standing == nil else { return }
        let what = kind == .own ? "call of its own" : "override"
        throw BellwetherError(
            .nothingToReset,
            "no \(what) stands for \(name), \(context.period.label), \(category.rawValue)",
            hint: "See what does: bellwether call list --period \(context.period.label)")
    }

    private func record(
        _ moment: CallMoment, _ node: CallNode, _ author: RecordID, _ amount: Amount?, _ currency: String,
        _ before: CallNumbers
    ) -> SaidRecord {
        let (nodeKind, nodeID) = node.columns
        let period = moment.context.period.label
        let line = [businessLine, measure == "bookings" ? nil : measure].compactMap { $0 }
        // No two calls of one instant speak of the same: hence a key.
        let id =
            ([moment.instant.text, nodeKind, nodeID?.source, nodeID?.id, period, category.rawValue] + line)
            .compactMap { $0 }.joined(separator: " ")
        var values: [String: String?] = [
            "node_kind": nodeKind, "node_source": nodeID?.source, "node_id": nodeID?.id, "period": period,
            "category": category.rawValue, "kind": kind.rawValue, "basis": basis.rawValue,
            "business_line": businessLine, "measure": measure, "submitted_at": moment.instant.text,
            "submitted_by_source": author.source, "submitted_by_id": author.id, "note": note,
        ]
        if let amount {
            values["amount"] = amount.description
            values["currency"] = currency.isEmpty ? nil : currency
            // What it stood on is kept in its own currency and on its own basis, or not at all.
            if currency == moment.context.company.currency, isWhole {
                values["calculated_amount"] = (before.onBasis(basis)).description
            }
        }
        return SaidRecord(entity: "call", id: id, values: values.compactMapValues { $0 })
    }

    private var isWhole: Bool { businessLine == nil && measure == "bookings" }

    // MARK: - What it comes to

    /// The numbers of the node on the day of the call.
    private func numbers(
        of node: CallNode, _ moment: CallMoment, _ warehouse: Warehouse
    ) throws(BellwetherError) -> CallNumbers {
        let context = moment.context
        let cells = try warehouse.forecastCells(of: context.period, at: context.point)
        let rollup = try ForecastRollup(cells: cells, plan: [], organisation: context.organisation)
        let calls = try warehouse.standingCalls(
            of: context.period, categories: [category], on: context.point.asOf, at: context.point)
        let tree = CallTree(
            rollup.lines, calls: calls, category: category, businessLine: businessLine, measure: measure,
            organisation: context.organisation)
        let lines = tree.lines.filter { $0.callNode == node }
        return ForecastLine.joined(lines)?.calls ?? CallNumbers(calculated: .zero, rolledUp: .zero)
    }

    private func answer(
        _ moment: CallMoment, _ node: String, _ author: String, _ before: CallNumbers, _ after: CallNumbers,
        _ load: Int
    ) -> Answer {
        let context = moment.context
        let currency = context.company.currency
        let previous = kind == .own ? before.submitted : before.override
        let said = kind == .own ? after.submitted : after.override
        return Answer(
            question: "call", headline: headline(context, node, author, previous, after),
            tables: [
                AnswerTable(
                    name: "call", columns: Self.columns(currency),
                    rows: [
                        AnswerTable.Row([
                            .text(node), .text(context.period.label), .text(category.title), .text(word),
                            Self.value(previous?.amount), Self.value(said?.amount),
                            Self.value(isWhole ? after.calculated : nil), Self.value(after.effective),
                            Self.value(isWhole ? after.judgement : nil), .text(author),
                            .text(moment.instant.time), note.map { .text($0) } ?? .null,
                        ])
                    ])
            ],
            warnings: warnings(moment, after),
            passport: Passport(
                question: "call", metrics: ["call/1"], asOf: moment.instant.day,
                snapshotDay: context.point.snapshotDay, load: load,
                filters: [.init("node", node), .init("period", context.period.label)], rowCount: 1,
                programVersion: programVersion))
    }

    private var word: String {
        switch act {
        case .call(.own, _): "own"
        case .call(.override, _): "override"
        case .reset(.own): "own reset"
        case .reset(.override): "override reset"
        }
    }

    private func headline(
        _ context: QuestionContext, _ node: String, _ author: String, _ previous: StandingCall?,
        _ after: CallNumbers
    ) -> Phrase {
        let currency = context.company.currency
        let what: Phrase = "\(node) \(context.period.label), \(category.title.lowercased())"
        let was: Phrase = previous.map { ", in place of \($0.amount, currency)" } ?? ""
        let said: Phrase =
            switch act {
            case .call(let kind, _):
                "\(what): \(kind == .own ? "called" : "overridden to") \((kind == .own ? after.submitted : after.override)?.amount ?? .zero, currency) by \(author)\(was)"
            case .reset(let kind):
                "\(what): the \(kind == .own ? "call" : "override")\(previous.map { " of \($0.amount, currency)" } ?? "" as Phrase) is taken back by \(author); \(after.effective, currency) counts"
            }
        guard isWhole else { return said }
        return "\(said); deals support \(after.calculated, currency)"
    }

    private func warnings(_ moment: CallMoment, _ after: CallNumbers) -> [AnswerWarning] {
        let context = moment.context
        var warnings = context.ageWarnings
        if context.period.end <= moment.instant.day {
            warnings.append(
                AnswerWarning("period_over", "\(context.period.label) was over on \(context.period.end)"))
        }
        if case .call(.own, _) = act, let override = after.override {
            warnings.append(
                AnswerWarning(
                    "overridden",
                    "the override of \(override.amount, context.company.currency) of \(override.call.day) still stands over it"
                ))
        }
        return warnings
    }

    private static func value(_ amount: Amount?) -> AnswerValue { amount.map { .amount($0) } ?? .null }

    private static func columns(_ currency: String) -> [AnswerColumn] {
        func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
        }
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency)
        }
        return [
            text("node", "Node"), text("period", "Period", isDetail: true),
            text("category", "Category", isDetail: true),
            text("kind", "Kind", isDetail: true),
            amount("previous", "Before"), amount("amount", "Said"), amount("calculated", "Calculated"),
            amount("call", "Call"), amount("judgement", "Judgement"), text("by", "By", isDetail: true),
            text("at", "At"),
            text("note", "Note"),
        ]
    }
}

/// The instant of a call, and the warehouse as of its day.
struct CallMoment {
    let instant: CallInstant
    let context: QuestionContext
    private let period: String

    /// Looks up the instant and the period.
    ///
    /// - Throws: `BW506` for a time that is none, or that lies ahead, `BW501` for a period that is none.
    init(at: String?, now: String, period: String, _ warehouse: Warehouse) throws(BellwetherError) {
        self.period = period
        _ = try warehouse.readPoint(asOf: nil, asKnown: nil)
        instant = try warehouse.callInstant(at, now: now)
        if instant.isFuture {
            throw BellwetherError(
                .badOption, "the time \(instant.time) lies ahead", hint: "Say a call when it is made.")
        }
        context = try QuestionScope(asOf: instant.day, period: period).resolve(in: warehouse)
    }

    private init(_ instant: CallInstant, _ context: QuestionContext, _ period: String) {
        self.instant = instant
        self.context = context
        self.period = period
    }

    /// The same with the warehouse as it is known by now.
    func again(in warehouse: Warehouse) throws(BellwetherError) -> CallMoment {
        let context = try QuestionScope(asOf: instant.day, period: period).resolve(in: warehouse)
        return CallMoment(instant, context, period)
    }
}

extension CallNumbers {
    /// What the deals say on a basis.
    fileprivate func onBasis(_ basis: CallBasis) -> Amount {
        basis == .cumulative ? calculated : calculatedExclusive
    }
}
