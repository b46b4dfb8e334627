import Analytics
import Model

/// The tables of the question about resources, and what they come to.
struct ResourceTables {
    let gate: ResourceGate
    let success: [SuccessCell]
    let meetings: [MeetingCell]
    let starts: [RampStart]
    let months: Int
    let context: QuestionContext

    var all: [AnswerTable] { [requests] + factors + cadence + ramp }

    var headline: Phrase {
        let label = context.period.label
        guard gate.count > 0 else { return "\(context.nodeName) \(label): nobody asked for help" }
        let exceptions = gate[.exception]
        guard exceptions.count > 0 else {
            return
                "\(context.nodeName) \(label): \(gate.count) requests for help, none granted against the criteria"
        }
        let ended: Phrase =
            exceptions.ended == 0
            ? "none has ended" : "\(exceptions.won) of \(exceptions.ended) that have ended won"
        return """
            \(context.nodeName) \(label): \(gate.count) requests for help, \(exceptions.count) granted against the \
            criteria (\(ended); of those that met them \(gate[.qualified].won) of \(gate[.qualified].ended))
            """
    }

    // MARK: - Requests

    private static let words: [(ResourceGate.Standing, String)] = [
        (.qualified, "Met the criteria, granted"), (.exception, "Exceptions: met none, granted"),
        (.unjudged, "Granted, not judged"), (.refused, "Refused"), (.pending, "Not decided"),
    ]

    private var requests: AnswerTable {
        AnswerTable(
            name: "resources", title: "What became of requests for help",
            columns: [
                AnswerColumn("standing", title: "Requests", kind: .text),
                AnswerColumn("standing_id", title: "Standing", kind: .text, isDetail: true),
                AnswerColumn("requests", title: "Count", kind: .integer),
                AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                AnswerColumn("hours", title: "Hours", kind: .amount),
                AnswerColumn("cost", title: "Cost", kind: .amount, unit: context.company.currency),
                AnswerColumn("ended", title: "Deals ended", kind: .integer),
                AnswerColumn("won", title: "Won", kind: .integer),
            ] + EvidenceColumns.rate("win_rate", "Win rate"),
            rows: Self.words.map { standing, words in
                let line = gate[standing]
                return AnswerTable.Row(
                    [
                        .text(words), .text(standing.rawValue), .integer(line.count),
                        .maybe(
                            gate.count >= ResourceGate.minimum
                                ? Proportion(line.count, of: gate.count)?.rate : nil),
                        .amount(line.hours), .amount(line.cost), .integer(line.ended), .integer(line.won),
                    ] + EvidenceColumns.values(line.winRate, minimum: ResourceGate.minimum))
            }, notes: [judgement])
    }

    private var judgement: Phrase {
        guard let change = gate.change else {
            return
                "Rates are told of \(ResourceGate.minimum) deals or more; too few exceptions have ended to compare"
        }
        return """
            Exceptions against those that met the criteria: a difference of \(percent: change.difference), by chance alone \
            in \(percent: change.pValue)
            """
    }

    // MARK: - Success factors

    private var factors: [AnswerTable] {
        guard !success.isEmpty else { return [] }
        func count(_ standing: SuccessCell.Standing) -> Int {
            success.filter { $0.standing == standing }.reduce(0) { $0 + $1.count }
        }
        let reviewed = Proportion(count(.met), of: count(.met) + count(.missed))
        return [
            AnswerTable(
                name: "success", title: "What customers wanted to be better",
                columns: [
                    AnswerColumn("factors", title: "Agreed", kind: .integer),
                    AnswerColumn("met", title: "Met", kind: .integer),
                    AnswerColumn("missed", title: "Missed", kind: .integer),
                    AnswerColumn("overdue", title: "Overdue", kind: .integer),
                    AnswerColumn("open", title: "Open", kind: .integer),
                ] + EvidenceColumns.rate("met_rate", "Met of measured") + [
                    AnswerColumn("followed", title: "Led to a further win", kind: .integer)
                ],
                rows: [
                    AnswerTable.Row(
                        [
                            .integer(success.reduce(0) { $0 + $1.count }), .integer(count(.met)),
                            .integer(count(.missed)), .integer(count(.overdue)), .integer(count(.open)),
                        ] + EvidenceColumns.values(reviewed, minimum: ResourceGate.minimum) + [
                            .integer(success.reduce(0) { $0 + $1.followed })
                        ])
                ], notes: ["Overdue: nobody has measured it a week after its day"])
        ]
    }

    // MARK: - Cadence

    private var cadence: [AnswerTable] {
        guard !meetings.isEmpty else { return [] }
        let rows = meetings.map { ($0, name(of: $0.node)) }.sorted { ($0.0.kind, $0.1) < ($1.0.kind, $1.1) }
        return [
            AnswerTable(
                name: "cadence", title: "Whether meetings were held",
                columns: [
                    AnswerColumn("kind", title: "Meeting", kind: .text),
                    AnswerColumn("node", title: "Of", kind: .text),
                    AnswerColumn("planned", title: "Planned", kind: .integer),
                    AnswerColumn("held", title: "Held", kind: .integer),
                    AnswerColumn("on_day", title: "On their day", kind: .integer),
                ] + EvidenceColumns.rate("on_day_rate", "Rate"),
                rows: rows.map { meeting, name in
                    AnswerTable.Row(
                        [
                            .text(meeting.kind.isEmpty ? "not stated" : meeting.kind), .text(name),
                            .integer(meeting.planned), .integer(meeting.held), .integer(meeting.onDay),
                        ]
                            + EvidenceColumns.values(
                                Proportion(meeting.onDay, of: meeting.planned), minimum: ResourceGate.minimum)
                    )
                })
        ]
    }

    private func name(of node: CallNode) -> String {
        switch node {
        case .company: context.company.name
        case .team(let team): context.organisation.teams.first { $0.id == team }?.name ?? team.id
        case .person(let person): context.name(of: person)
        }
    }

    // MARK: - Ramp

    private var ramp: [AnswerTable] {
        guard !starts.isEmpty else { return [] }
        let day = context.point.asOf
        let lives = starts.compactMap { start in
            let end = start.firstWin ?? min(start.lastDay ?? day, day)
            return Lifetime(days: end - start.start, hasEnded: start.firstWin != nil)
        }
        let curve = SurvivalCurve(lives)
        let isEnough = starts.count >= RampStart.minimum
        return [
            AnswerTable(
                name: "ramp", title: "People who started in the last \(months) months",
                columns: [
                    AnswerColumn("person", title: "Person", kind: .text),
                    AnswerColumn("team", title: "Team", kind: .text),
                    AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                    AnswerColumn("start", title: "Since", kind: .day),
                    AnswerColumn("first_win", title: "First win", kind: .day),
                    AnswerColumn("days", title: "Days to it", kind: .integer, unit: "days"),
                    AnswerColumn("n", title: "of", kind: .integer),
                    AnswerColumn("ramped", title: "Ramped from", kind: .day),
                ],
                rows: starts.sorted { ($0.start, $0.person) < ($1.start, $1.person) }.map { start in
                    AnswerTable.Row([
                        .text(context.name(of: start.person)),
                        context.team(of: start.person).map { .text($0) } ?? .null, .text("person"),
                        .day(start.start), start.firstWin.map { .day($0) } ?? .null,
                        .maybe(start.firstWin.map { $0 - start.start }), .null,
                        start.ramped.map { .day($0) } ?? .null,
                    ])
                } + [
                    AnswerTable.Row(
                        [
                            .text("Median"), .null, .text("all"), .null, .null,
                            .maybe(isEnough ? curve.median : nil), .integer(starts.count), .null,
                        ], style: .total)
                ],
                notes: [
                    """
                    Median: who has won nothing yet counts as still waiting; told of \(RampStart.minimum) people or more
                    """
                ])
        ]
    }
}

extension RampStart {
    /// Of fewer people no median is told.
    fileprivate static let minimum = 5
}
