import Analytics
import Model

extension QuestionContext {
    /// Whether what a holder has counts for the node that is asked about.
    func isAbout(_ holder: DealHolder) -> Bool {
        filter.contains(
            ForecastCell(
                owner: holder.owner, isOwnerKnown: holder.isOwnerKnown, team: holder.team,
                category: .pipeline,
                timing: .inPeriod, isPastDue: false, sum: .none))
    }

    /// The name of the node that is asked about.
    var nodeName: String { filter.name ?? company.name }

    /// The name of a person, else the id.
    func name(of person: RecordID?) -> String {
        guard let person else { return "Unassigned" }
        return organisation.people.first { $0.id == person }?.name ?? person.id
    }

    /// The name of a person's team; nil without one.
    func team(of person: RecordID?) -> String? {
        let team = organisation.people.first { $0.id == person }?.team
        return organisation.teams.first { $0.id == team }?.name
    }
}

/// Columns and values that the tables of evidence share: a rate never stands without its n.
enum EvidenceColumns {
    /// A rate with its interval.
    static func rate(_ name: String, _ title: String, isDetail: Bool = false) -> [AnswerColumn] {
        [
            AnswerColumn(name, title: title, kind: .rate, unit: "%", isDetail: isDetail),
            AnswerColumn(name + "_low", title: "From", kind: .rate, unit: "%", isDetail: isDetail),
            AnswerColumn(name + "_high", title: "To", kind: .rate, unit: "%", isDetail: isDetail),
        ]
    }

    /// Its values; absent of fewer than the minimum.
    static func values(_ rate: Proportion?, minimum: Int) -> [AnswerValue] {
        guard let rate, rate.trials >= minimum, let interval = rate.interval() else {
            return [.null, .null, .null]
        }
        return [.maybe(rate.rate), .rate(interval.low), .rate(interval.high)]
    }

    /// How a rate differs from another, and how sure that is.
    static let change = [
        AnswerColumn("others", title: "Others", kind: .rate, unit: "%"),
        AnswerColumn("others_n", title: "Others, of", kind: .integer, isDetail: true),
        AnswerColumn("difference", title: "Difference", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("difference_low", title: "Difference from", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("difference_high", title: "Difference to", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("p", title: "Chance alone", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("p_adjusted", title: "Allowing for all", kind: .rate, unit: "%", isDetail: true),
    ]

    /// The values of `change`.
    static func values(_ change: RateChange?, adjusted: Double?) -> [AnswerValue] {
        let interval = change?.interval()
        return [
            .maybe(change?.before.rate), .maybe(change?.before.trials), .maybe(change?.difference),
            .maybe(interval?.low), .maybe(interval?.high), .maybe(change?.pValue), .maybe(adjusted),
        ]
    }
}

/// The nodes of a table of evidence, from the one that is asked about downwards, and which of them a holder's deals count
/// for.
struct EvidenceNodes {
    let lines: [ForecastLine]
    private let places: DealPlaces
    private var lineOfPlace: [NodePlace: Int] = [:]

    init(
        _ holders: [DealHolder], _ context: QuestionContext, level: ForecastQuestion.Level
    ) throws(BellwetherError) {
        places = try DealPlaces(context.organisation)
        let cells = Set(holders).map { holder in
            ForecastCell(
                owner: holder.owner, isOwnerKnown: holder.isOwnerKnown, team: holder.team,
                category: .pipeline,
                timing: .inPeriod, isPastDue: false, sum: .none)
        }
        let rollup = try ForecastRollup(cells: cells, plan: [], organisation: context.organisation)
        let compared = ComparedLines(rollup.lines, context, level: level)
        lines = compared.lines
        for (index, place) in compared.places.enumerated() { lineOfPlace[place] = index }
    }

    /// The sums of each line, in their order.
    func sums<Cell, Sum>(
        of cells: [Cell], holder: (Cell) -> DealHolder, none: Sum, add: (inout Sum, Cell) -> Void
    ) -> [Sum] {
        var sums = Array(repeating: none, count: lines.count)
        for cell in cells {
            for place in places.nodes(of: holder(cell)) {
                if let line = lineOfPlace[place] { add(&sums[line], cell) }
            }
        }
        return sums
    }
}
