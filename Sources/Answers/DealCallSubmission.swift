import Model
import Warehouse

/// Says how sure one deal is, what it brings and when it closes, or takes that back.
public struct DealCallSubmission: Sendable {
    /// The deal's id or name.
    public var deal: String
    /// By the deal's owner, or from above.
    public var kind: CallKind
    /// How sure; nil takes the last call of the kind back.
    public var level: ForecastCategory?
    /// The amount, as a person types it.
    public var amount: String?
    /// The currency's code; nil for the company's.
    public var currency: String?
    /// The day on which it closes.
    public var closeDate: Day?
    /// The name or id of the person who says it.
    public var author: String
    /// Why.
    public var reason: String?
    /// When it was said; nil for now.
    public var at: String?
    /// The time now.
    public var now: String

    /// A submission of those facts.
    public init(
        deal: String, kind: CallKind, level: ForecastCategory?, amount: String?, currency: String? = nil,
        closeDate: Day?, author: String, reason: String?, at: String? = nil, now: String
    ) {
        self.deal = deal
        self.kind = kind
        self.level = level
        self.amount = amount
        self.currency = currency
        self.closeDate = closeDate
        self.author = author
        self.reason = reason
        self.at = at
        self.now = now
    }

    /// Publishes it as a load of its own, and tells what was said of the deal before.
    ///
    /// - Throws: `BW503`, `BW506`, `BW521` and `BW523` for what cannot be said, `BW522` when there is nothing to take back,
    ///   `BW208` when another load runs and the recorder does not wait, `BW2xx` from the database. Nothing is said then.
    public func publish(
        in warehouse: Warehouse, by recorder: CallRecorder, waiting: () -> Void = {}
    ) throws(BellwetherError) -> Answer {
        let moment = try CallMoment(at: at, now: now, period: "this", warehouse)
        let found = try warehouse.deal(named: deal)
        let author = try moment.context.organisation.caller(named: author)
        let said = try amount.map(callAmount)
        let code = try currency.map(currencyCode)
        let load = try warehouse.say(at: moment.instant, by: recorder, waiting: waiting) {
            () throws(BellwetherError) in
            _ = try moment.again(in: warehouse)
            try check(found, moment, warehouse)
            return record(moment, found.id, author.id, said, code)
        }
        var answer = try DealCallQuestion(
            scope: QuestionScope(asOf: moment.instant.day), deal: "\(found.id.source)/\(found.id.id)",
            limit: 2
        ).answer(from: warehouse)
        answer.question = "call"
        answer.headline = headline(found.name, author.name, said, moment)
        answer.passport.load = load
        return answer
    }

    private func check(
        _ found: (id: RecordID, name: String), _ moment: CallMoment, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        guard try !warehouse.hasDealCall(on: found.id, at: moment.instant) else {
            throw BellwetherError(
                .callTwice, "there is a call of \(found.name) of that very instant, \(moment.instant.time)",
                hint: "Which of two would count could not be told: say it at another time.")
        }
        guard level == nil else { return }
        let last = try warehouse.dealCalls(of: found.id.id, until: moment.instant.day)
            .last { $0.deal == found.id && $0.kind == kind }
        if last?.isReset ?? true {
            throw BellwetherError(
                .nothingToReset, "no \(kind == .own ? "call" : "override") of \(found.name) stands",
                hint: "See what was said: bellwether call history --deal \(found.id.id)")
        }
    }

    private func record(
        _ moment: CallMoment, _ deal: RecordID, _ author: RecordID, _ amount: Amount?, _ currency: String?
    ) -> SaidRecord {
        let company = moment.context.company.currency
        let code = amount == nil ? nil : currency ?? (company.isEmpty ? nil : company)
        let values: [String: String?] = [
            "opportunity_source": deal.source, "opportunity_id": deal.id, "kind": kind.rawValue,
            "level": level?.rawValue, "amount": amount?.description, "currency": code,
            "close_date": closeDate?.description, "submitted_at": moment.instant.text,
            "submitted_by_source": author.source, "submitted_by_id": author.id, "reason": reason,
        ]
        return SaidRecord(
            entity: "deal_call", id: "\(moment.instant.text) \(deal.source) \(deal.id)",
            values: values.compactMapValues { $0 })
    }

    private func headline(
        _ name: String, _ author: String, _ amount: Amount?, _ moment: CallMoment
    ) -> Phrase {
        guard let level else { return "\(name): the call is taken back by \(author)" }
        var headline: Phrase = "\(name): called \(level.title.lowercased())"
        if let amount {
            headline = "\(headline), \(amount, currency?.uppercased() ?? moment.context.company.currency)"
        }
        if let closeDate { headline = "\(headline), closing \(closeDate)" }
        return "\(headline), by \(author)"
    }
}
