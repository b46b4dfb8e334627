import Analytics
import Model
import Warehouse

/// What is said of a frozen period, in sentences.
struct RestatementWords {
    let frozen: FrozenPeriod
    let node: NodePlace
    let name: String

    private var currency: String { frozen.now.company.currency }
    private var label: String { frozen.now.period.label }
    private var sums: Restatements.Sums { frozen.restatements[node] }

    /// What was restated, by whom, and what that makes of the frozen number.
    var restated: Phrase {
        let changes = frozen.restatements.changes(in: node)
        guard !changes.isEmpty else { return "nothing was restated since" }
        let parts = Restatements.Cause.allCases.compactMap { cause -> Phrase? in
            let count = changes.count { $0.cause == cause }
            guard count > 0 else { return nil }
            let by = cause == .crm ? "the CRM" : "corrected loads"
            let amount = cause == .crm ? sums.byCRM : sums.byLoads
            let deals: Phrase = "\(count) \(count == 1 ? "deal" : "deals")"
            return amount == .zero
                ? "by \(by) in \(deals) that \(count == 1 ? "comes" : "come") to nothing"
                : "by \(by) \(amount > .zero ? "+" : "")\(amount, currency) in \(deals)"
        }
        let list = parts.dropFirst().reduce(parts.first ?? "") { "\($0), \($1)" }
        return "restated since \(list): \(sums.current.amount, currency) now"
    }

    /// The headline of the list.
    var headline: Phrase {
        """
        \(name) \(label) was frozen on \(frozen.freeze.day) at \(sums.frozen.amount, currency); \(restated)
        """
    }

    /// The headline of a forecast of the period as frozen.
    func headline(closed line: ForecastLine) -> Phrase {
        let closed = line.sums[.closed].amount
        var headline: Phrase =
            "\(line.name) \(label), frozen on \(frozen.freeze.day): closed \(closed, currency)"
        if let gap = line.gapPhrase(closed, currency) { headline = "\(headline), \(gap)" }
        return "\(headline); \(restated)"
    }

    /// What the reader of frozen figures should know.
    ///
    /// - Parameter isTold: Whether the headline says already how much was restated.
    func warnings(isTold: Bool) -> [AnswerWarning] {
        let freeze = frozen.freeze
        let gap: Phrase = freeze.day == freeze.freezeDay ? "" : ", to be frozen on \(freeze.freezeDay), a gap"
        var warnings = [
            AnswerWarning(
                "period_frozen",
                "as frozen on \(freeze.day)\(gap), known at load \(freeze.load); --current shows \(frozen.now.point.asOf)"
            )
        ]
        if !frozen.restatements.changes(in: node).isEmpty {
            let lists = "`bellwether restatements --period \(label)` lists them"
            warnings.append(
                AnswerWarning(
                    "restated",
                    isTold ? "bookings were restated since: \(lists)" : "closed was \(restated); \(lists)"))
        }
        return warnings
    }

    // MARK: - What happened to a deal

    /// What makes a booking another one, seen from what the deal is before and after.
    func what(_ change: Restatements.Change, before: DealMoment?, after: DealMoment?) -> String {
        let period = frozen.now.period
        let (wasWon, isWon) = (before?.isWon(in: period) ?? false, after?.isWon(in: period) ?? false)
        guard wasWon || isWon else { return "changed" }
        if !wasWon { return cameIn(before, after) }
        guard let after else { return "gone: deleted or merged" }
        if !isWon { return wentOut(after) }
        guard let before else { return "changed" }
        if before.amount != after.amount || before.currency != after.currency {
            guard let old = before.amount, let new = after.amount, let unit = after.currency,
                before.currency == unit
            else { return "amount or currency changed" }
            return "amount \(old) → \(new) \(unit)"
        }
        if before.companyAmount != after.companyAmount { return "plan rate changed" }
        return handed(before, after)
    }

    private func cameIn(_ before: DealMoment?, _ after: DealMoment?) -> String {
        let dated = after?.closeDate.map { "dated \($0)" } ?? "without a date"
        guard let before else { return "not there before: won, \(dated)" }
        switch before.kind {
        case .won:
            return before.closeDate.map { "won, moved from \($0) to \(after?.closeDate ?? $0)" }
                ?? "won without a date before, \(dated)"
        case .open: return "won, \(dated)"
        case .lost, .noDecision: return "lost before: won, \(dated)"
        }
    }

    private func wentOut(_ after: DealMoment) -> String {
        switch after.kind {
        case .won: return after.closeDate.map { "won, moved to \($0)" } ?? "won, its date taken away"
        case .open: return "reopened"
        case .lost: return "lost after all"
        case .noDecision: return "ended without a decision after all"
        }
    }

    private func handed(_ before: DealMoment, _ after: DealMoment) -> String {
        let old = before.shares.map { $0.name ?? "unassigned" }.joined(separator: ", ")
        let new = after.shares.map { $0.name ?? "unassigned" }.joined(separator: ", ")
        return old == new ? "counts for another team" : "credit of \(old) → \(new)"
    }
}
