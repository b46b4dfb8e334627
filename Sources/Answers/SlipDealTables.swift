import Analytics
import Model

/// The lists of deals of `slips`.
struct SlipDealTables {
    let book: SlipBook
    let fates: SlipFates
    let context: QuestionContext
    let limit: Int

    private var currency: String { context.company.currency }

    private static func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
    }

    private static func day(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .day, isDetail: isDetail)
    }

    private static func count(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .integer, isDetail: isDetail)
    }

    private var identity: [AnswerColumn] {
        [
            Self.text("deal", "Deal"), Self.text("source", "Source", isDetail: true),
            Self.text("id", "Id", isDetail: true), Self.text("owner", "Owner"),
        ]
    }

    private var amount: AnswerColumn {
        AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency)
    }

    private func identity(_ deal: NodeDeal) -> [AnswerValue] {
        [
            .text(deal.name), .text(deal.id.source), .text(deal.id.id),
            context.organisation.name(of: deal.owner),
        ]
    }

    private static func largestFirst(_ left: NodeDeal, _ right: NodeDeal) -> Bool {
        left.amount == right.amount ? left.id < right.id : left.amount > right.amount
    }

    // MARK: - Slipped

    /// The deals that were to close in the period and did not, the largest first.
    var slipped: [AnswerTable] {
        let all = fates.fates.filter { $0.slip.outcome.isSlipped || $0.slip.outcome == .vanished }
            .sorted { Self.largestFirst($0.deal, $1.deal) }
        guard !all.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "slipped", title: "Deals that did not close in \(book.period.label)",
                columns: identity + [
                    Self.text("category", "Was in"), amount, Self.text("how", "How"),
                    Self.day("left_on", "Left on"),
                    Self.count("days_before_end", "Days before end", isDetail: true),
                    Self.day("close_date", "Closes now"), Self.count("pushes", "Pushes"),
                    Self.count("days_pushed", "Days pushed", isDetail: true),
                    Self.text(
                        "made_anew", "Made anew as", isDetail: !all.contains { $0.slip.successor != nil }),
                ], rows: all.prefix(limit).map(row), totalRows: all.count > limit ? all.count : nil)
        ]
    }

    private func row(_ fate: SlipFates.Fate) -> AnswerTable.Row {
        let pushes = fates.pushes[fate.deal.id]
        return AnswerTable.Row(
            identity(fate.deal) + [
                .text(fate.deal.category.title), .amount(fate.deal.amount), .text(fate.slip.outcome.title),
                fate.slip.leftOn.map { .day($0) } ?? .null,
                .maybe(fate.slip.leftOn.map(book.period.daysBeforeEnd)),
                fate.slip.closeDate.map { .day($0) } ?? .null, .integer(pushes?.count ?? 0),
                .integer(pushes?.days ?? 0), fate.slip.successor.map { .text($0.id) } ?? .null,
            ])
    }

    // MARK: - Pushed

    /// The deals of the pipeline that were pushed most often, from the first day known on.
    var pushed: [AnswerTable] {
        let all = book.pipeline.compactMap { deal in
            fates.pushes[deal.id].flatMap { $0.count > 0 ? (deal: deal, pushes: $0) : nil }
        }.sorted { left, right in
            left.pushes.count == right.pushes.count
                ? Self.largestFirst(left.deal, right.deal) : left.pushes.count > right.pushes.count
        }
        guard !all.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "pushed",
                title: "Open deals\(when) that were pushed, the most often first",
                columns: identity + [
                    Self.text("category", "Category"), amount, Self.day("close_date", "Close date"),
                    Self.count("pushes", "Pushes"), Self.count("period_pushes", "Over a period's end"),
                    Self.count("days_pushed", "Days pushed"),
                ],
                rows: all.prefix(limit).map { deal, pushes in
                    AnswerTable.Row(
                        identity(deal) + [
                            .text(deal.category.title), .amount(deal.amount), closeDate(deal),
                            .integer(pushes.count), .integer(pushes.periodCount), .integer(pushes.days),
                        ])
                }, totalRows: all.count > limit ? all.count : nil)
        ]
    }

    /// On which day they were open.
    private var when: String {
        let label = book.period.label
        return book.pipelineDay.map { " of \(label) at the end of \($0)" } ?? " of \(label)"
    }

    private func closeDate(_ deal: NodeDeal) -> AnswerValue {
        book.pasts[deal.id]?.state(on: book.end)?.closeDate.map { .day($0) } ?? .null
    }

    // MARK: - Hairballs

    /// The deals of the pipeline that were in those of several earlier periods, those of most periods first.
    var hairballs: [AnswerTable] {
        let all = book.pipeline.compactMap { deal in
            fates.earlier[deal.id].flatMap {
                $0.count >= Hairballs.suspected ? (deal: deal, periods: $0) : nil
            }
        }.sorted { left, right in
            left.periods.count == right.periods.count
                ? Self.largestFirst(left.deal, right.deal) : left.periods.count > right.periods.count
        }
        guard !all.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "hairballs",
                title: "Open deals\(when) that were in the pipelines of two or more earlier periods",
                columns: identity + [
                    Self.text("category", "Category"), amount, Self.count("periods", "Earlier pipelines"),
                    Self.text("since", "Since"), Self.text("which", "Which", isDetail: true),
                    AnswerColumn("is_confirmed", title: "Confirmed", kind: .boolean, isDetail: true),
                    Self.count("pushes", "Pushes"),
                ],
                rows: all.prefix(limit).map { deal, periods in
                    AnswerTable.Row(
                        identity(deal) + [
                            .text(deal.category.title), .amount(deal.amount), .integer(periods.count),
                            periods.last.map { .text($0.label) } ?? .null,
                            .text(periods.map(\.label).joined(separator: ", ")),
                            .boolean(periods.count >= Hairballs.confirmed),
                            .integer(fates.pushes[deal.id]?.count ?? 0),
                        ])
                }, totalRows: all.count > limit ? all.count : nil)
        ]
    }
}

extension SlipOutcome {
    /// The word for people.
    var title: String {
        switch self {
        case .won: "won"
        case .lost: "lost"
        case .late: "late"
        case .pushed: "pushed out"
        case .unmoved: "never moved"
        case .open: "still open"
        case .vanished: "vanished"
        }
    }
}
