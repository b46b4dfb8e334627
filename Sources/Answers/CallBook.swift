import Analytics
import Model
import Warehouse

/// The calls of a question's period, carried up its organisation, and what the reader should know of them.
struct CallBook {
    /// The lines of the whole company with their numbers.
    let lines: [ForecastLine]
    /// Whether anybody has called at all.
    let hasCalls: Bool
    /// The day up to which calls count.
    let day: Day
    private let context: QuestionContext
    private let tree: CallTree
    private let weekday: String?
    /// Calls of parts of the business and of other measures, which are in no number here.
    private let others: [Call]

    /// Reads the calls of a category and carries them up the lines of a rollup.
    ///
    /// - Parameter isDayGiven: Whether somebody asked for the day; else calls newer than the newest deals count too,
    ///   since they are said during the day of which an export tells the end.
    init(
        _ lines: [ForecastLine], _ category: CallCategory, _ context: QuestionContext, isDayGiven: Bool,
        businessLine: String? = nil, measure: String = "bookings", _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let day = try context.callDay(isDayGiven: isDayGiven, warehouse)
        let calls = try warehouse.standingCalls(
            of: context.period, categories: [category], on: day, at: context.point)
        try self.init(
            lines, category, context, calls: calls, on: day, businessLine: businessLine, measure: measure,
            warehouse)
    }

    /// Carries calls that are read already, those up to `day`, up the lines of a rollup.
    init(
        _ lines: [ForecastLine], _ category: CallCategory, _ context: QuestionContext, calls: [Call],
        on day: Day,
        businessLine: String? = nil, measure: String = "bookings", _ warehouse: Warehouse
    ) throws(BellwetherError) {
        self.context = context
        self.day = day
        tree = CallTree(
            lines, calls: calls, category: category, businessLine: businessLine, measure: measure,
            organisation: context.organisation)
        others = isWhole(businessLine, measure) ? calls.filter { !isWhole($0.businessLine, $0.measure) } : []
        self.lines = tree.lines
        hasCalls = tree.hasCalls
        weekday = hasCalls ? try warehouse.callWeekday() : nil
    }

    /// What the reader of some lines, the first of them above the others, should know.
    ///
    /// - Parameter isBrief: Whether the few overrides that matter most are looked at, since each day of the past takes as
    ///   long to read as a forecast of that day.
    func warnings(
        for lines: [ForecastLine], isBrief: Bool, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [AnswerWarning] {
        guard hasCalls || !leftOutWarnings.isEmpty else { return [] }
        let rot = try rotWarnings(lines.decidingOverrides, isBrief, warehouse)
        return newerWarning + missingWarning(lines) + rot + leftOutWarnings
    }

    // MARK: - Who has not called

    private func missingWarning(_ lines: [ForecastLine]) -> [AnswerWarning] {
        guard context.period.contains(day) else { return [] }
        let deadline = CallDeadline(weekday: weekday)
        let missing = deadline.missing(among: lines, at: day, in: context.organisation)
        guard !missing.isEmpty else { return [] }
        let names = missing.prefix(Self.namesShown).map { node in
            let last = node.last.map { "last on \($0)" } ?? "never"
            return "\(node.name) (\(last)\(node.isVacant ? ", no lead" : ""))"
        }
        let more = missing.count > Self.namesShown ? " and \(missing.count - Self.namesShown) more" : ""
        return [
            AnswerWarning(
                "calls_missing",
                "no call since \(deadline.start(at: day)) from \(names.joined(separator: ", "))\(more)")
        ]
    }

    private static let namesShown = 5
    /// Of the deals that left, changed or closed, so many are named.
    private static let dealsNamed = 2
    /// In brief, overrides of so many days are looked at, and so many are told of one by one.
    private static let brief = (days: 3, told: 3)

    // MARK: - Overrides whose ground has moved

    private func rotWarnings(
        _ overrides: [ForecastLine], _ isBrief: Bool, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [AnswerWarning] {
        let largestFirst = overrides.sorted { left, right in
            (left.calls?.judgement.magnitude ?? .zero) > (right.calls?.judgement.magnitude ?? .zero)
        }
        var days: Set<Day> = []
        var looked: [(name: String, node: CallNode, standing: StandingCall)] = []
        for line in largestFirst {
            guard let standing = line.calls?.override, let node = line.callNode else { continue }
            let day = standing.call.day
            guard days.contains(day) || days.count < (isBrief ? Self.brief.days : .max) else { continue }
            days.insert(day)
            looked.append((line.name, node, standing))
        }
        let unchecked = overrides.count - looked.count
        var reader = CallBasisReader(
            of: Set(looked.map(\.node)), context: context, warehouse: warehouse)
        var warnings: [AnswerWarning] = []
        for (name, node, standing) in looked {
            guard let rot = try reader.rot(of: standing, at: node) else { continue }
            warnings.append(try warning(rot, name, warehouse))
        }
        let untold = isBrief ? warnings.count - Self.brief.told : 0
        if untold > 0 {
            warnings =
                warnings.prefix(Self.brief.told) + [
                    AnswerWarning(
                        "override_stale",
                        "\(untold) more \(untold == 1 ? "override stands" : "overrides stand") on deals that have changed since: `bellwether call list` names them"
                    )
                ]
        }
        if unchecked > 0 {
            warnings.append(
                AnswerWarning(
                    "overrides_unchecked",
                    "\(unchecked) more \(unchecked == 1 ? "override was" : "overrides were") not looked at for what has moved below: `bellwether call list` does"
                ))
        }
        return warnings
    }

    private func warning(
        _ rot: OverrideRot, _ name: String, _ warehouse: Warehouse
    ) throws(BellwetherError) -> AnswerWarning {
        let currency = context.company.currency
        let amount = rot.standing.call.companyAmount ?? .zero
        var text: Phrase = """
            \(name)'s override of \(amount, currency) stands since \(rot.standing.call.day) on deals of \
            \(rot.calculatedThen, currency), which say \(rot.calculatedNow, currency) now
            """
        let parts: [(deals: [BasisDeal], what: String)] = [
            (rot.left, "left"), (rot.recategorised, "changed category"), (rot.closed, "closed"),
        ]
        let names = try warehouse.dealNames(
            of: parts.flatMap { $0.deals.prefix(Self.dealsNamed).map(\.id) }, on: rot.standing.call.day)
        for (deals, what) in parts where !deals.isEmpty {
            let sum = deals.reduce(Amount.zero) { $0 + ($1.amount ?? .zero) }
            let named = deals.prefix(Self.dealsNamed).map { names[$0.id] ?? $0.id.id }.joined(separator: ", ")
            let more = deals.count > Self.dealsNamed ? ", …" : ""
            text =
                "\(text); \(deals.count) \(what), \(sum, currency) (\(named)\(more))"
        }
        return AnswerWarning("override_stale", text)
    }

    // MARK: - What is in no number

    private var newerWarning: [AnswerWarning] {
        guard day > context.point.asOf else { return [] }
        return [
            AnswerWarning("calls_newer", "calls up to \(day) count, deals are of \(context.point.asOf)")
        ]
    }

    private var leftOutWarnings: [AnswerWarning] {
        var warnings: [AnswerWarning] = []
        if !others.isEmpty {
            let names = Set(others.map { $0.businessLine ?? $0.measure }).sorted()
            warnings.append(
                AnswerWarning(
                    "calls_of_parts",
                    "\(others.count) \(others.count == 1 ? "call" : "calls") of parts of the business or other measures (\(names.joined(separator: ", "))) in no number here"
                ))
        }
        if !tree.unplaced.isEmpty {
            let words = tree.unplaced.prefix(3).map { "\($0.target.kind) \($0.target.id?.id ?? "")" }
            warnings.append(
                AnswerWarning(
                    "calls_without_node",
                    "\(tree.unplaced.count) \(tree.unplaced.count == 1 ? "call" : "calls") for nobody in this organisation: \(words.joined(separator: ", "))"
                ))
        }
        if !tree.withoutRate.isEmpty {
            let currencies = Set(tree.withoutRate.compactMap(\.currency)).sorted()
            warnings.append(
                AnswerWarning(
                    "call_rate_missing",
                    "\(tree.withoutRate.count) \(tree.withoutRate.count == 1 ? "call" : "calls") without a plan rate for \(currencies.joined(separator: ", ")): in no number"
                ))
        }
        return warnings
    }
}

extension QuestionContext {
    /// The day up to which calls count, see `CallBook`.
    func callDay(isDayGiven: Bool, _ warehouse: Warehouse) throws(BellwetherError) -> Day {
        isDayGiven ? point.asOf : try warehouse.callDay(notBefore: point.asOf)
    }
}

private func isWhole(_ businessLine: String?, _ measure: String) -> Bool {
    businessLine == nil && measure == "bookings"
}

extension ForecastLine {
    /// The node, as calls speak of it; nil for lines of which nobody can call.
    var callNode: CallNode? {
        switch node {
        case .company: .company
        case .team(let id): .team(id)
        case .person(let id): .person(id)
        case .others, .withoutTeam, .withoutOwner: nil
        }
    }
}
