import Analytics
import Model
import Warehouse

/// The tables of the question about peers, and what they come to.
struct PeerTables {
    let cells: [EndingCount]
    let pairs: [MentorPair]
    let terms: [MilestoneTerm]
    let level: ForecastQuestion.Level
    let window: Period
    let context: QuestionContext
    private let rates: PeerRates<RecordID>
    /// Those who are asked about.
    private let asked: Set<RecordID>

    init(
        cells: [EndingCount], pairs: [MentorPair], terms: [MilestoneTerm], level: ForecastQuestion.Level,
        window: Period, context: QuestionContext
    ) {
        self.cells = cells
        self.pairs = pairs
        self.terms = terms
        self.level = level
        self.window = window
        self.context = context
        var sums: [RecordID: (won: Int, decided: Int)] = [:]
        var asked: Set<RecordID> = []
        for cell in cells {
            guard let peer = level == .team ? cell.holder.team : cell.holder.owner else { continue }
            sums[peer, default: (0, 0)].won += cell.won
            sums[peer, default: (0, 0)].decided += cell.decided
            if context.isAbout(cell.holder) { asked.insert(peer) }
        }
        self.asked = asked
        rates = PeerRates(
            sums.compactMap { peer, sum in
                Proportion(sum.won, of: sum.decided).map { (peer: peer, rate: $0) }
            }, inOrder: <)
    }

    var all: [AnswerTable] { [peers] + mentors }

    private var words: String { level == .team ? "teams" : "people" }

    var headline: Phrase {
        guard let overall = rates.overall else {
            return "\(context.nodeName): no deal has ended since \(window.start)"
        }
        guard rates.weight != nil, let last = rates.lines.last else {
            return """
                \(rates.lines.count) \(words) won \(percent: overall) of their deals: they cannot be told apart from chance
                """
        }
        let verdict: Phrase =
            last.group == 1
            ? "they differ by more than chance, yet none can be told apart from the first"
            : "they make \(last.group) groups that can be told apart"
        return "\(rates.lines.count) \(words) won \(percent: overall) of their deals: \(verdict)"
    }

    private var peers: AnswerTable {
        AnswerTable(
            name: "peers", title: "Won of won, lost and no decision since \(window.start)",
            columns: [
                AnswerColumn("peer", title: level == .team ? "Team" : "Person", kind: .text),
                AnswerColumn("team", title: "Of team", kind: .text, isDetail: level == .team),
                AnswerColumn("group", title: "Group", kind: .integer),
                AnswerColumn("decided", title: "Deals", kind: .integer),
                AnswerColumn("won", title: "Won", kind: .integer),
                AnswerColumn("win_rate", title: "Own rate", kind: .rate, unit: "%"),
                AnswerColumn("shrunk", title: "Among peers", kind: .rate, unit: "%"),
                AnswerColumn("shrunk_low", title: "From", kind: .rate, unit: "%"),
                AnswerColumn("shrunk_high", title: "To", kind: .rate, unit: "%"),
            ],
            rows: rates.lines.filter { asked.contains($0.peer) }.map { line in
                AnswerTable.Row([
                    .text(name(of: line.peer)),
                    level == .team ? .null : context.team(of: line.peer).map { .text($0) } ?? .null,
                    .integer(line.group), .integer(line.own.trials), .integer(line.own.hits),
                    .maybe(line.own.trials >= Losses.minimum ? line.own.rate : nil), .rate(line.shrunk),
                    .maybe(line.interval?.low), .maybe(line.interval?.high),
                ])
            }, notes: notes)
    }

    private var notes: [Phrase] {
        guard let overall = rates.overall else { return [] }
        guard let weight = rates.weight else {
            return [
                "They differ no more than chance makes them: the best guess for each is \(percent: overall)"
            ]
        }
        return [
            """
            Among peers: the own deals and \(Int(weight.rounded())) more at the \(percent: overall) of all. Groups and no \
            places: within a group nobody can be told apart from its first
            """
        ]
    }

    private func name(of peer: RecordID) -> String {
        guard level == .team else { return context.name(of: peer) }
        return context.organisation.teams.first { $0.id == peer }?.name ?? peer.id
    }

    private var mentors: [AnswerTable] {
        guard !pairs.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "mentors", title: "Who could show whom",
                columns: [
                    AnswerColumn("person", title: "Person", kind: .text),
                    AnswerColumn("milestone", title: "Stuck at", kind: .text),
                    AnswerColumn("rate", title: "Rate", kind: .rate, unit: "%"),
                    AnswerColumn("n", title: "of", kind: .integer),
                    AnswerColumn("mentor", title: "Mentor", kind: .text),
                    AnswerColumn("mentor_rate", title: "Rate there", kind: .rate, unit: "%"),
                    AnswerColumn("mentor_shrunk", title: "Among peers", kind: .rate, unit: "%"),
                    AnswerColumn("mentor_n", title: "of deals", kind: .integer),
                ],
                rows: pairs.map { pair in
                    AnswerTable.Row([
                        .text(context.name(of: pair.person)),
                        .text(terms.first { $0.id == pair.milestone }?.name ?? pair.milestone.id),
                        .maybe(pair.own.rate), .integer(pair.own.trials),
                        .text(context.name(of: pair.mentor)),
                        .maybe(pair.mentorRate.rate), .rate(pair.mentorShrunk),
                        .integer(pair.mentorRate.trials),
                    ])
                })
        ]
    }
}
