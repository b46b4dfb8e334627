import Analytics
import Model
import Warehouse

/// The sentence of a deal's story, and what its reader should know.
struct DealWords {
    let story: DealStory
    let context: QuestionContext

    private var asOf: Day { context.point.asOf }

    var headline: Phrase {
        let name = story.deal.name
        guard let head = story.head else {
            let since = story.changes.last { $0.kind == .vanished }?.day
            return "\(name): no longer in the export\(since.map { " since \($0)" } ?? "")\(pushes)"
        }
        let whose = [head.account, head.ownerName].compactMap(\.self).joined(separator: ", ")
        let start: Phrase = "\(name)\(whose.isEmpty ? "" : " (\(whose))"): \(worth(head))"
        switch head.kind {
        case .won: return "\(start), won\(on(head.closeDate))\(age)\(pushes)"
        case .lost: return "\(start), lost\(on(head.closeDate))\(reason(head))\(age)\(pushes)"
        case .noDecision: return "\(start), no decision\(on(head.closeDate))\(reason(head))\(age)\(pushes)"
        case .open:
            return "\(start) in \(head.category.title.lowercased()), \(closes(head))\(stage(head))\(pushes)"
        }
    }

    private func worth(_ head: DealHead) -> Phrase {
        if let amount = head.companyAmount { return "\(amount, context.company.currency)" }
        return head.amount == nil ? "no amount" : "an amount without a rate"
    }

    private func on(_ day: Day?) -> String { day.map { " on \($0)" } ?? "" }

    private func reason(_ head: DealHead) -> String { head.lossReason.map { " (\($0))" } ?? "" }

    private var age: Phrase {
        guard let first = story.changes.first, !first.isFirstDay, let closed = story.head?.closeDate,
            closed > first.day
        else { return "" }
        return ", \(closed - first.day) days after it appeared"
    }

    private func closes(_ head: DealHead) -> Phrase {
        guard let day = head.closeDate else { return "without a close date" }
        return day < asOf ? "\(asOf - day) days past its close date of \(day)" : "to close on \(day)"
    }

    private func stage(_ head: DealHead) -> Phrase {
        guard let visit = story.visits.last, visit.exited == nil, let stage = head.stage else { return "" }
        return """
            ; in \(stage) since \(visit.entered)\(visit.isEntryUnknown ? " or before" : "") (\(visit.days) \
            \(visit.days == 1 ? "day" : "days"))
            """
    }

    private var pushes: Phrase {
        let pushes = Pushes(story.moves)
        switch pushes.count {
        case 0: return "; never pushed"
        case 1: return "; pushed once, by \(pushes.days) days"
        default: return "; pushed \(pushes.count) times, by \(pushes.days) days in all"
        }
    }

    // MARK: - Warnings

    var warnings: [AnswerWarning] { beginning + gaps + assumed }

    private var beginning: [AnswerWarning] {
        guard let first = story.changes.first, first.isFirstDay else { return [] }
        return [
            AnswerWarning(
                "story_begins_late",
                "it was there on \(first.day), the first day known: what was before is in no table here")
        ]
    }

    private var gaps: [AnswerWarning] {
        let days = Set(story.changes.filter(\.isAfterGap).map(\.day)).sorted()
        guard !days.isEmpty else { return [] }
        let named = days.prefix(5).map(\.description).joined(separator: ", ")
        return [
            AnswerWarning(
                "change_after_gap",
                "changes of \(named)\(days.count > 5 ? ", …" : "") may be some days older: the export before is missing"
            )
        ]
    }

    private var assumed: [AnswerWarning] {
        guard !story.assumedFields.isEmpty else { return [] }
        return [
            AnswerWarning(
                "past_assumed",
                "of \(story.assumedFields.sorted().joined(separator: ", ")) the CRM's history tells nothing: no changes of before the first snapshot are listed"
            )
        ]
    }
}
