import Analytics
import Model

/// What a reconciliation says in sentences.
struct ReconcileWords {
    private let found: Reconciliation
    private let context: QuestionContext

    init(_ found: Reconciliation, _ context: QuestionContext) {
        self.found = found
        self.context = context
    }

    private var currency: String { context.company.currency }

    // MARK: - The headline

    func headline(of name: String) -> Phrase {
        let start: Phrase = """
            \(name) \(context.period.label): CRM says closed \(found.closed.amount, currency), orders say \
            \(found.ordered.amount, currency)
            """
        let gap = found.ordered.amount - found.closed.amount
        let items = found.items.filter { $0.difference != .rounding }
        guard found.residual == .zero else {
            return "\(start): \(found.residual, currency) is left unexplained"
        }
        if found.items.isEmpty { return "\(start): \(tie)" }
        if let only = items.first, found.items.count == 1 {
            if gap == .zero { return "\(start): \(only.name) is \(only.difference.phrase)" }
            return "\(start): the \(gap.magnitude, currency) is \(only.name), \(only.difference.phrase)"
        }
        let parts = reasons(in: items)
        if gap == .zero { return "\(start), yet differences cancel out: \(parts)" }
        return "\(start): of the \(gap, currency), \(parts)"
    }

    private var tie: Phrase {
        let count = found.tied.count
        return count == 1 ? "the one deal ties to the cent" : "all \(count) deals tie to the cent"
    }

    /// The sums of the reasons, the biggest first.
    private func reasons(in items: [OrderItem]) -> Phrase {
        let sums = OrderDifference.allCases.compactMap { reason -> (OrderDifference, Int, Amount)? in
            let items = found.items(reason)
            return items.isEmpty ? nil : (reason, items.count, items.reduce(.zero) { $0 + $1.amount })
        }.sorted { $0.2.magnitude > $1.2.magnitude }
        var phrase: Phrase = ""
        for (index, (reason, count, sum)) in sums.prefix(Self.reasonsTold).enumerated() {
            phrase = "\(phrase)\(index == 0 ? "" : ", ")\(sum, currency) \(reason.phrase) (\(count))"
        }
        let more = sums.count - Self.reasonsTold
        return more > 0 ? "\(phrase), and \(more) more \(more == 1 ? "reason" : "reasons")" : phrase
    }

    private static let reasonsTold = 3

    // MARK: - Warnings

    func warnings(_ books: (newest: Day?, undated: Int)) -> [AnswerWarning] {
        guard let newest = books.newest else {
            return [
                AnswerWarning(
                    "orders_missing", "no orders are loaded up to \(context.point.asOf): nothing can tie out")
            ]
        }
        var warnings: [AnswerWarning] = []
        if let day = context.point.snapshotDay, newest < day {
            warnings.append(
                AnswerWarning("orders_older", "the newest orders are of \(newest), the deals of \(day)"))
        }
        if books.undated > 0 {
            warnings.append(
                AnswerWarning(
                    "orders_undated",
                    "\(books.undated) \(books.undated == 1 ? "order says" : "orders say") no day, in no period"
                ))
        }
        let unrated = found.items(.withoutRate).count
        if unrated > 0 {
            warnings.append(
                AnswerWarning(
                    "rate_missing",
                    "\(unrated) \(unrated == 1 ? "item has" : "items have") an amount without a plan rate, in no sum"
                ))
        }
        return warnings
    }

    var exclusions: [Passport.Exclusion] {
        let unrated = found.items(.withoutRate).count
        return unrated == 0 ? [] : [.init(reason: "rate_missing", count: unrated, amount: nil)]
    }
}

extension OrderItem {
    /// How a person finds it: the deal's name, else the number of the order.
    var name: String {
        if let deal { return deal.name }
        return "order " + (orders.first.map { $0.number ?? $0.id.id } ?? "")
    }
}

extension OrderDifference {
    /// The words above a column.
    var title: String {
        switch self {
        case .wonWithoutOrder: "Won without an order"
        case .amount: "Amount differs"
        case .currency: "Currency differs"
        case .creditNote: "Credit note"
        case .repeated: "Order booked twice"
        case .bookedElsewhere: "Booked in another period"
        case .closedElsewhere: "Closed in another period"
        case .dealNotWon: "Order of a deal not won"
        case .withoutDeal: "Order without a deal"
        case .withoutRate: "No plan rate"
        case .rounding: "Rounding of several orders"
        }
    }

    /// The words behind an amount in a sentence.
    var phrase: String {
        switch self {
        case .amount: "ordered at another amount"
        case .currency: "ordered in another currency"
        case .creditNote: "a credit note"
        case .repeated: "an order booked twice"
        case .dealNotWon: "an order of a deal that is not won"
        case .withoutDeal: "an order without a deal"
        case .withoutRate: "without a plan rate"
        case .wonWithoutOrder, .bookedElsewhere, .closedElsewhere, .rounding: title.lowercased()
        }
    }
}
