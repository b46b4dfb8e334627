import Analytics
import Model

/// What slipped in each node below the one asked for.
struct SlipNodes {
    let compared: ComparedLines
    /// By node: what was in commit on the reference day, and all that was open.
    private let sums: [NodePlace: (commit: SlipSums, open: SlipSums)]
    private let currency: String
    private let label: String

    init(
        _ book: SlipBook, _ fates: SlipFates, _ context: QuestionContext, level: ForecastQuestion.Level
    ) throws(BellwetherError) {
        currency = context.company.currency
        label = book.period.label
        let rollup = try ForecastRollup(
            cells: book.thenParts.map(\.cell), plan: [], organisation: context.organisation)
        compared = ComparedLines(rollup.lines, context, level: level)
        let places = try DealPlaces(context.organisation)
        var deals: [NodePlace: [RecordID: (category: ForecastCategory, amount: Amount)]] = [:]
        for part in book.thenParts {
            for place in places.nodes(of: part.holder) {
                deals[place, default: [:]][part.id, default: (part.category, .zero)].amount +=
                    part.amount ?? .zero
            }
        }
        sums = deals.mapValues { deals in
            var commit = SlipSums()
            var open = SlipSums()
            for (id, deal) in deals {
                let outcome = fates.judge.fate(of: id).outcome
                open.add(outcome, deal.amount, wonFor: .zero)
                if deal.category == .commit { commit.add(outcome, deal.amount, wonFor: .zero) }
            }
            return (commit, open)
        }
    }

    /// A line a node; none where no level below is asked for.
    var table: [AnswerTable] {
        guard compared.lines.count > 1 else { return [] }
        func part(_ name: String, _ title: String) -> [AnswerColumn] {
            [
                AnswerColumn(name + "_n", title: "\(title), deals", kind: .integer, isDetail: true),
                AnswerColumn(name + "_then", title: "\(title) then", kind: .amount, unit: currency),
                AnswerColumn(name + "_slipped", title: "Slipped", kind: .amount, unit: currency),
                AnswerColumn(
                    name + "_slipped_count", title: "\(title) slipped, deals", kind: .integer, isDetail: true),
                AnswerColumn(name + "_slip_rate", title: "Slip rate", kind: .rate, unit: "%"),
            ]
        }
        return [
            AnswerTable(
                name: "nodes", title: "What slipped of \(label), by node",
                columns: ComparedLines.identityColumns + part("commit", "Commit") + part("open", "Open"),
                rows: zip(compared.lines, compared.places).map { line, place in
                    let sums = sums[place] ?? (SlipSums(), SlipSums())
                    return AnswerTable.Row(
                        line.identity + values(sums.0) + values(sums.1), style: line.rowStyle)
                })
        ]
    }

    private func values(_ sums: SlipSums) -> [AnswerValue] {
        [
            .integer(sums.all.count), .amount(sums.all.amount), .amount(sums.slipped.amount),
            .integer(sums.slipped.count), .maybe(sums.rate),
        ]
    }
}

extension BasisDeal {
    /// The cell that it makes for whoever has it.
    var cell: ForecastCell {
        ForecastCell(
            owner: owner, isOwnerKnown: isOwnerKnown, team: team, category: category, timing: .inPeriod,
            isPastDue: false, sum: DealSum(count: 1, amount: amount ?? .zero))
    }
}
