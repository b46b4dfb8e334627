import Analytics
import Model
import Warehouse

/// The tables of a deal's story: what happened day by day, its stages, its forecasts, its close dates, its credit.
struct DealTables {
    let story: DealStory
    let context: QuestionContext

    var all: [AnswerTable] { [timeline, stages, forecasts] + closeDates + credits }

    private static func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
    }

    private static func day(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .day, isDetail: isDetail)
    }

    private static func flag(_ name: String) -> AnswerColumn {
        AnswerColumn(name, title: name, kind: .boolean, isDetail: true)
    }

    private static func text(_ value: String?) -> AnswerValue { value.map { .text($0) } ?? .null }

    // MARK: - Day by day

    private var timeline: AnswerTable {
        let entries =
            story.changes.map { (day: $0.day, rank: 0, row: row($0)) }
            + story.calls.map { (day: $0.day, rank: 1, row: row($0)) }
            + story.activities.map { (day: $0.day ?? context.point.asOf, rank: 2, row: row($0)) }
        let ordered = entries.enumerated().sorted {
            ($0.element.day, $0.element.rank, $0.offset) < ($1.element.day, $1.element.rank, $1.offset)
        }
        return AnswerTable(
            name: DealQuestion.id, title: "Day by day",
            columns: [
                Self.day("day", "Day"), Self.text("kind", "Kind", isDetail: true), Self.text("what", "What"),
                Self.text("field", "Field", isDetail: true), Self.text("old", "Was"), Self.text("new", "Is"),
                Self.text("old_value", "Old value", isDetail: true),
                Self.text("new_value", "New value", isDetail: true),
                Self.text("who", "Who"), AnswerColumn("load", title: "Load", kind: .integer),
                Self.day("seen_before", "Not yet on", isDetail: true),
                Self.flag("is_from_crm_history"), Self.flag("is_after_gap"),
            ],
            rows: ordered.map(\.element.row), notes: historyNote)
    }

    /// From which of the two sources of changes the earlier ones come.
    private var historyNote: [Phrase] {
        guard let last = story.changes.last(where: \.isFromHistory) else { return [] }
        return ["Changes up to \(last.day) are from the CRM's own history"]
    }

    private func row(_ change: DealChange) -> AnswerTable.Row {
        let who = change.author.map {
            context.organisation.name(of: RecordID(source: story.deal.id.source, id: $0))
        }
        return AnswerTable.Row([
            .day(change.day), .text(change.kind.rawValue),
            .text(change.field.map(title) ?? change.kind.rawValue), Self.text(change.field),
            shown(change.field, change.old),
            change.kind == .appeared ? .text(beginning) : shown(change.field, change.new),
            Self.text(change.old),
            Self.text(change.new), who ?? .text(""), .maybe(change.load),
            change.seenBefore.map { .day($0) } ?? .null, .boolean(change.isFromHistory),
            .boolean(change.isAfterGap),
        ])
    }

    /// The word for a field; for one of money with the deal's currency, where that is not the company's.
    private func title(_ field: String) -> String {
        let title = DealFields.title(field)
        guard field == "amount" || field == "annual_amount", let currency = story.head?.currency,
            currency != context.company.currency
        else { return title }
        return "\(title), \(currency)"
    }

    /// What it was when it appeared.
    private var beginning: String {
        let words = [
            story.visits.first?.stage, story.firstCloseDate.map { "to close on \($0)" },
        ].compactMap(\.self)
        return words.joined(separator: ", ")
    }

    /// A value as people read it: names in the place of ids, numbers grouped.
    private func shown(_ field: String?, _ value: String?) -> AnswerValue {
        guard let field else { return .text("") }
        guard let value else { return .null }
        if let name = story.names[field]?[value] { return .text(name) }
        switch field {
        case "amount", "annual_amount": return Amount(value).map { .amount($0) } ?? .text(value)
        case "is_closed", "is_won": return .text(value == "t" ? "yes" : "no")
        case "forecast_category": return .text(ForecastCategory(rawValue: value)?.title ?? value)
        default: return .text(value)
        }
    }

    private func row(_ call: DealCall) -> AnswerTable.Row {
        let level = call.level.map { ForecastCategory(rawValue: $0)?.title ?? $0 }
        let words = [
            level, call.amount.map { "\($0) \(context.company.currency)" },
            call.closeDate.map { "on \($0)" }, call.reason,
        ].compactMap(\.self).joined(separator: ", ")
        return event(
            call.day, "call", call.kind == .override ? "forecast call from above" : "forecast call",
            call.isReset ? "taken back" : words, context.organisation.name(of: call.author))
    }

    private func row(_ activity: DealActivity) -> AnswerTable.Row {
        let isPlanned = activity.isDone == false || (activity.day.map { $0 > context.point.asOf } ?? true)
        let words = [activity.subject, activity.outcome].compactMap(\.self).joined(separator: ": ")
        let kind = activity.kind ?? "activity"
        return event(
            activity.day, "activity", isPlanned ? "\(kind), not done" : kind, words,
            context.organisation.name(of: activity.owner))
    }

    private func event(
        _ day: Day?, _ kind: String, _ what: String, _ words: String, _ who: AnswerValue
    ) -> AnswerTable.Row {
        AnswerTable.Row([
            day.map { .day($0) } ?? .null, .text(kind), .text(what), .null, .text(""), .text(words), .null,
            .null, who == .null ? .text("") : who, .null, .null, .null, .null,
        ])
    }

    // MARK: - Stages

    private var stages: AnswerTable {
        AnswerTable(
            name: "stages", title: "Stages",
            columns: [
                Self.text("stage", "Stage"), Self.day("entered", "Entered"), Self.day("exited", "Left"),
                AnswerColumn("days", title: "Days", kind: .integer), Self.text("next", "Went to"),
                Self.text("step", ""), Self.flag("is_entry_unknown"),
            ],
            rows: story.visits.map { visit in
                AnswerTable.Row([
                    .text(visit.stage ?? "no stage"), .day(visit.entered),
                    visit.exited.map { .day($0) } ?? .null, .integer(visit.days),
                    visit.isVanished ? .text("vanished") : Self.text(visit.next),
                    .text(
                        visit.isBackward
                            ? "back" : visit.isSkip ? "skipped" : visit.isEntryUnknown ? "or before" : ""),
                    .boolean(visit.isEntryUnknown),
                ])
            })
    }

    // MARK: - Forecasts

    private var forecasts: AnswerTable {
        AnswerTable(
            name: "forecasts", title: "In which forecast",
            columns: [
                Self.day("from", "From"), Self.day("until", "Until"),
                AnswerColumn("days", title: "Days", kind: .integer), Self.text("period", "Period"),
                Self.text("category", "Category"),
            ],
            rows: story.stays.map { stay in
                let last = stay.to.map { $0 - 1 }
                return AnswerTable.Row([
                    .day(stay.from), last.map { .day($0) } ?? .null,
                    .integer((stay.to ?? context.point.asOf + 1) - stay.from),
                    .text(stay.period?.label ?? "no date"), .text(stay.title),
                ])
            })
    }

    // MARK: - Close dates

    private var closeDates: [AnswerTable] {
        guard !story.moves.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "close_dates", title: "Close dates",
                columns: [
                    Self.day("day", "Day"), Self.day("from", "Was"), Self.day("to", "Is"),
                    AnswerColumn("days", title: "Later by", kind: .integer, unit: "days"),
                    Self.text("from_period", "Left"), Self.text("to_period", "Entered"),
                    Self.text("what", ""),
                    Self.flag("is_push"), Self.flag("is_period_push"),
                ],
                rows: story.moves.map { move in
                    AnswerTable.Row([
                        .day(move.day), move.from.map { .day($0) } ?? .null,
                        move.to.map { .day($0) } ?? .null, .maybe(move.days), Self.text(move.fromPeriod),
                        Self.text(move.toPeriod),
                        .text(
                            move.isPeriodPush
                                ? "pushed out"
                                : move.isPush ? "pushed" : move.isPull ? "pulled" : "set on closing"),
                        .boolean(move.isPush), .boolean(move.isPeriodPush),
                    ])
                })
        ]
    }

    // MARK: - Credit

    private var credits: [AnswerTable] {
        guard !story.credits.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "credits", title: "Who is credited",
                columns: [
                    Self.text("person", "Person"), Self.text("kind", "Kind"),
                    AnswerColumn("percent", title: "Percent", kind: .amount),
                    AnswerColumn("amount", title: "Amount", kind: .amount, unit: context.company.currency),
                ],
                rows: story.credits.map { part, isOverlay in
                    AnswerTable.Row([
                        .text(part.name ?? part.person?.id ?? "unassigned"),
                        .text(isOverlay ? "overlay" : "revenue"), .amount(part.percent.rounded(toPlaces: 2)),
                        .maybe(part.amount),
                    ])
                }, isExact: true)
        ]
    }
}

/// The words for a deal's columns.
enum DealFields {
    private static let titles = [
        "account_id": "account", "owner_id": "owner", "product_id": "product", "stage_id": "stage",
        "forecast_category": "category", "close_date": "close date", "created_date": "created",
        "lead_source": "lead source", "next_step": "next step", "loss_reason": "loss reason",
        "is_closed": "closed", "is_won": "won", "annual_amount": "annual amount",
        "next_step_date": "next step's day",
    ]

    /// The word for a column; one kept by name is called so.
    static func title(_ field: String) -> String {
        titles[field] ?? (field.hasPrefix("extra.") ? String(field.dropFirst(6)) : field)
    }
}

extension ForecastStay {
    /// The word for what it was in.
    fileprivate var title: String {
        switch kind {
        case .lost: "Lost"
        case .noDecision: "No decision"
        case .open, .won: category.title
        }
    }
}
