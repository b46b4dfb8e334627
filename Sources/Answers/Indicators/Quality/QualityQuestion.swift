import Analytics
import Model
import Warehouse

/// How far can the data of open deals be trusted: which defects are there, whose, and which matter most?
public struct QualityQuestion: Sendable {
    /// The question's id.
    public static let id = "quality"
    /// The contracts of its numbers.
    public static let metrics = ["quality_score/1", "quality_defect/1", "entry_latency/1"]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let isOfPeriod: Bool
    private let defect: String?
    private let limit: Int

    /// The question for a scope and down to a level.
    ///
    /// - Parameters:
    ///   - isOfPeriod: Whether the deals to close in the scope's period alone are looked at; else all open ones.
    ///   - defect: The id of a rule, whose deals and nodes are listed in the place of all defects; nil for those.
    ///   - limit: How many deals each list shows.
    public init(
        scope: QuestionScope, level: ForecastQuestion.Level = .team, isOfPeriod: Bool = false,
        defect: String? = nil, limit: Int = 10
    ) {
        self.scope = scope
        self.level = level
        self.isOfPeriod = isOfPeriod
        self.defect = defect
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW506` for a defect that there is no rule of, other `BW5xx` for a period, team or person that is not
    ///   there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let period = isOfPeriod && context.period.grain != .all ? context.period : nil
        let rules = try warehouse.qualityRules()
        let wanted = try defect.map { defect throws(BellwetherError) in try Self.rule(defect, among: rules) }
        let rollup = try QualityRollup(try warehouse.qualityCells(in: period), context.organisation)
        let deals = try warehouse.flawedDeals(in: period, with: wanted?.defect).filter {
            context.filter.contains($0.cell)
        }
        let latency =
            wanted == nil
            ? try LatencyRollup(try warehouse.entryDelays(), context.organisation) : nil
        let compared = ComparedLines(rollup.lines, context, level: level)
        let book = QualityBook(
            rules: rules, rollup: rollup, deals: deals, latency: latency, compared: compared,
            context: context,
            period: period)
        let tables = QualityTables(book: book, limit: limit)
        return Answer(
            question: Self.id, headline: tables.headline(of: wanted),
            tables: wanted.map { [tables.deals(with: $0)] + tables.nodes(with: $0) } ?? tables.all,
            warnings: context.ageWarnings + book.warnings,
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load, filters: filters(context),
                rowCount: book.top.all.measured.count,
                sql: [Warehouse.qualityRulesSQL, Warehouse.qualityCellsSQL, Warehouse.flawedDealsSQL]
                    + (latency == nil ? [] : [Warehouse.entryDelaysSQL]),
                programVersion: programVersion))
    }

    private static func rule(
        _ defect: String, among rules: [QualityRule]
    ) throws(BellwetherError) -> QualityRule {
        if let rule = rules.first(where: { $0.defect == defect }) { return rule }
        let known = rules.map(\.defect)
        let near = nearestNames(to: defect, among: known)
        var all: [String] = []
        for name in known where !all.contains(name) { all.append(name) }
        throw BellwetherError(
            .badOption, "there is no defect “\(defect)”",
            hint: near.isEmpty
                ? "There are: \(all.joined(separator: ", "))"
                : "Did you mean: \(near.joined(separator: ", "))")
    }

    private func filters(_ context: QuestionContext) -> [Passport.Filter] {
        var filters = isOfPeriod ? context.filters : context.filters.filter { $0.name != "period" }
        filters.append(.init("by", level.rawValue))
        if let defect { filters.append(.init("defect", defect)) }
        return filters
    }
}

/// What a question about data quality has read.
struct QualityBook {
    /// One a source and rule.
    let rules: [QualityRule]
    let rollup: QualityRollup
    /// Those of the node that is asked for, the largest first.
    let deals: [FlawedDeal]
    /// Nil where nobody asked.
    let latency: LatencyRollup?
    let compared: ComparedLines
    let context: QuestionContext
    /// Nil for all open deals.
    let period: Period?

    /// The node that is asked for.
    var topPlace: NodePlace { compared.places.first ?? context.filter.place }
    var top: QualitySums { rollup[topPlace] }

    func score(of place: NodePlace) -> QualityScore {
        QualityScore(of: rollup[place], by: rules, isOfPerson: place.isPerson)
    }

    /// Each rule once, in their order.
    var distinctRules: [QualityRule] {
        var seen: Set<String> = []
        return rules.filter { seen.insert($0.defect).inserted }
    }

    /// Why a rule is not measured: what its sources lack; nil where any of them has it.
    func missing(_ defect: String) -> String? {
        let ofRule = rules.filter { $0.defect == defect }
        guard ofRule.allSatisfy({ $0.missing != nil }) else { return nil }
        return ofRule.compactMap(\.missing).first
    }

    /// What the reader should know before relying on the score.
    var warnings: [AnswerWarning] {
        let unmeasured = distinctRules.filter { missing($0.defect) != nil }
        guard !unmeasured.isEmpty else { return [] }
        var names: [String: [String]] = [:]
        for rule in unmeasured { names[missing(rule.defect) ?? "", default: []].append(rule.title) }
        let reasons = names.sorted { $0.key < $1.key }.map { reason, titles in
            "\(reason) (\(titles.joined(separator: ", ")))"
        }
        return [
            AnswerWarning(
                "rules_not_measured",
                "\(unmeasured.count) of \(distinctRules.count) rules not measured, in no score: \(reasons.joined(separator: "; "))"
            )
        ]
    }
}

extension NodePlace {
    /// Whether it is one person.
    var isPerson: Bool { if case .person = node { true } else { false } }
}
