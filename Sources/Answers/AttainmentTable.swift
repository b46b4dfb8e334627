import Analytics
import Model

/// The tables of `attainment`: a line a node, and how the attainment of its people is distributed.
struct AttainmentTable {
    let planned: PlanRollup
    /// The lines down to the level that is asked for.
    let shown: [ForecastLine]
    let currency: String
    /// The people with a quota of each line and of all below it.
    private var people: [NodeLine: [PersonAttainment]] = [:]

    /// - Parameters:
    ///   - company: The lines of the whole company: who has moved has closed deals in several teams, which count
    ///     together against the one quota.
    ///   - lines: Those of the node that is asked for and of all below it.
    init(
        company: [ForecastLine], lines: [ForecastLine], shown: [ForecastLine], planned: PlanRollup,
        proration: Proration, currency: String
    ) {
        self.planned = planned
        self.shown = shown
        self.currency = currency
        var closed: [RecordID: Amount] = [:]
        for line in company {
            if case .person(let person) = line.node {
                closed[person, default: .zero] += line.sums[.closed].amount
            }
        }
        var above: [ForecastLine] = []
        for line in lines {
            while let last = above.last, last.depth >= line.depth { above.removeLast() }
            above.append(line)
            guard case .person(let person) = line.node, let quota = line.plan[.quota]?.amount, quota > .zero
            else { continue }
            let attainment = proration.attainment(
                of: person, closed: closed[person] ?? .zero, quota: quota)
            for node in above { people[NodeLine(node), default: []].append(attainment) }
        }
    }

    /// The people of the node that is asked for, and of all below it, who have a quota.
    var everybody: [PersonAttainment] { shown.first.flatMap { people[NodeLine($0)] } ?? [] }

    // MARK: - By node

    var main: AnswerTable {
        AnswerTable(
            name: AttainmentQuestion.id, columns: columns, rows: shown.map(row),
            notes: shown.contains { line in
                people[NodeLine(line)]?.contains { $0.prorated != $0.quota } ?? false
            } ? ["People are counted by their quota of the days on which they are there"] : [])
    }

    private var columns: [AnswerColumn] {
        var list = ColumnList(currency)
        list.amount("closed", "Closed")
        list.amount("quota", "Quota")
        list.share("attainment", "Attained")
        list.amount("budget", "Budget", isDetail: !shown.contains { $0.plan[.budget] != nil })
        list.count("people", "People")
        list.count("at_100", "100 %")
        list.count("at_70", "70–100 %")
        list.count("below_70", "below")
        list.count("ramping", "Ramping", isDetail: !everybody.contains(where: \.isRamping))
        list.amount("people_quota", "Quotas of people", isDetail: true)
        list.share("over_quota", "Quotas of own quota", isDetail: !has { $0.overQuota })
        list.share("over_budget", "Quota of budget", isDetail: !has { $0.overBudget })
        list.amount("prorated", "Prorated", isDetail: true)
        list.share("prorated_attainment", "Attained, prorated", isDetail: true)
        list.share("median", "Median of people", isDetail: true)
        return list.columns
    }

    private func has(_ ratio: (PlanFigures) -> Double?) -> Bool {
        shown.contains { planned[$0.node].flatMap { ratio($0.whole) } != nil }
    }

    private func row(_ line: ForecastLine) -> AnswerTable.Row {
        let people = people[NodeLine(line)] ?? []
        let all = Attainment(people)
        let figures = planned[line.node]?.whole
        let closed = line.sums[.closed].amount
        let quota = line.plan[.quota]?.amount
        let prorated = people.isEmpty ? nil : people.reduce(Amount.zero) { $0 + $1.prorated }
        let isPerson = if case .person = line.node { true } else { false }
        let counts: [AnswerValue] =
            isPerson
            ? Array(repeating: .null, count: 4)
            : [.integer(all.people), .integer(all.atFull), .integer(all.atSeventy), .integer(all.below)]
        let values: [AnswerValue] = [
            .amount(closed), .maybe(quota), .maybe(quota.flatMap { closed.ratio(to: $0) }),
            .maybe(line.plan[.budget]?.amount),
        ]
        let assigned: [AnswerValue] = [
            .integer(people.count(where: \.isRamping)), .maybe(figures?.quotas?.sum),
            .maybe(figures?.overQuota), .maybe(figures?.overBudget), .maybe(prorated),
            .maybe(prorated.flatMap { closed.ratio(to: $0) }), .maybe(all.quartiles?.median),
        ]
        return AnswerTable.Row(line.identity + values + counts + assigned, style: line.rowStyle)
    }

    // MARK: - How it is distributed

    var distribution: AnswerTable {
        let people = everybody
        let groups: [(name: String, people: [PersonAttainment])] = [
            ("all", people), ("ramped", people.filter { !$0.isRamping }),
            ("ramping", people.filter(\.isRamping)),
        ]
        func count(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer)
        }
        func share(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "%")
        }
        return AnswerTable(
            name: "people", title: "People by what they have closed of their quota",
            columns: [
                AnswerColumn("group", title: "Who", kind: .text), count("people", "People"),
                count("at_100", "100 % and more"), count("at_70", "70–100 %"),
                count("below_70", "below 70 %"),
                share("share_at_100", "at 100 %"), share("lower_quartile", "Lower quartile"),
                share("median", "Median"), share("upper_quartile", "Upper quartile"),
            ],
            rows: groups.filter { $0.name == "all" || $0.people.count < people.count && !$0.people.isEmpty }
                .map { name, people in
                    let all = Attainment(people)
                    return AnswerTable.Row([
                        .text(name), .integer(all.people), .integer(all.atFull), .integer(all.atSeventy),
                        .integer(all.below),
                        all.people > 0 ? .rate(Double(all.atFull) / Double(all.people)) : .null,
                        .maybe(all.quartiles?.lower), .maybe(all.quartiles?.median),
                        .maybe(all.quartiles?.upper),
                    ])
                })
    }
}

/// A line told from the others of its node.
private struct NodeLine: Hashable {
    let node: ForecastLine.Node
    let parent: String?

    init(_ line: ForecastLine) {
        node = line.node
        parent = line.parentName
    }
}
