import Analytics
import Model
import Testing

/// What people are asked for against what is planned, at every node.
@Suite("The plan of an organisation")
struct PlanRollupTests {
    /// East below North; Ann and Bob in the East, Cleo in the North, Dan in no team.
    private let company = organisation(
        [team("n", "North"), team("e", "East", below: "n"), team("w", "West")],
        [
            person("a", in: "e", "Ann"), person("b", in: "e", "Bob"), person("c", in: "n", "Cleo"),
            person("d", "Dan"),
        ])
    private let quotas: [PlanAmount] = [
        amount(.quota, .person(key("a")), 100), amount(.quota, .person(key("b")), 60),
        amount(.quota, .person(key("c")), 40), amount(.quota, .person(key("d")), 10),
    ]

    @Test func `sums the quotas of people at every node`() throws {
        let plan = try rollup(
            quotas + [amount(.quota, .team(key("n")), 160), amount(.budget, .company, 120)])
        #expect(try figures(plan, .team(key("e"))).quotas?.sum == Amount(160))
        let north = try figures(plan, .team(key("n")))
        #expect(north.quotas?.sum == Amount(200) && north.quotas?.people == 3)
        // The team's own quota counts above it; its people are asked for a quarter more.
        #expect(north.plan[.quota]?.amount == Amount(160) && north.overQuota == 1.25)
        let whole = try figures(plan, .company)
        #expect(whole.quotas?.sum == Amount(210) && whole.quotas?.people == 4)
        #expect(whole.plan[.quota]?.amount == Amount(170) && whole.plan[.quota]?.isSumOfBelow == true)
        #expect(whole.overQuota == nil && whole.overBudget == 170.0 / 120)
        #expect(try figures(plan, .withoutTeam).quotas?.sum == Amount(10))
        #expect(try figures(plan, .team(key("w"))).quotas == nil)
        let ann = try figures(plan, .person(key("a")))
        #expect(ann.quotas?.sum == Amount(100) && ann.overQuota == nil && ann.isPerson)
    }

    @Test func `has no ratio to nothing`() throws {
        let plan = try rollup(quotas + [amount(.quota, .company, 0), amount(.budget, .company, 0)])
        let whole = try figures(plan, .company)
        #expect(whole.overQuota == nil && whole.overBudget == nil)
    }

    @Test func `counts a quota by the days on which the person is there`() throws {
        // FY2026Q4 has 92 days. Ann begins on 16 November, 46 days before its end; Bob leaves on 23 October, his 23rd day.
        let plan = try rollup(
            quotas,
            [
                "a": Employment(start: Day("2026-11-16")), "b": Employment(lastDay: Day("2026-10-23")),
                "c": Employment(start: Day("2020-01-01"), lastDay: Day("2026-12-31")),
                "d": Employment(lastDay: Day("2026-09-30")),
            ])
        #expect(try figures(plan, .person(key("a"))).quotas?.prorated == Amount(50))
        #expect(try figures(plan, .person(key("b"))).quotas?.prorated == Amount(15))
        #expect(try figures(plan, .person(key("c"))).quotas?.prorated == Amount(40))
        #expect(try figures(plan, .person(key("d"))).quotas?.prorated == Amount.zero)
        let whole = try figures(plan, .company)
        #expect(whole.quotas?.sum == Amount(210) && whole.quotas?.prorated == Amount(105))
    }

    @Test func `counts the days of a ramp by the share that is asked for, and in full without one`() throws {
        // 46 of Ann's 92 days come before she is ramped; Bob took his role on 16 November and is ramped next year.
        let employments = [
            "a": Employment(roleStart: Day("2026-01-01"), ramped: Day("2026-11-16")),
            "b": Employment(roleStart: Day("2026-11-16"), ramped: Day("2027-05-16")),
            "c": Employment(start: Day("2026-11-16"), ramped: Day("2027-01-01")),
        ]
        let full = try figures(try rollup(quotas, employments), .company)
        // 100 + 60 + 40 × 46/92 + 10.
        #expect(full.quotas?.prorated == Amount(190))
        // On 7 December Bob and Cleo are ramping, Ann is not any more.
        #expect(full.quotas?.ramping == Amount(100))
        let half = try rollup(quotas, employments, ramp: "0.5")
        #expect(try figures(half, .person(key("a"))).quotas?.prorated == Amount(75))
        #expect(try figures(half, .person(key("b"))).quotas?.prorated == Amount(45))
        #expect(try figures(half, .person(key("c"))).quotas?.prorated == Amount(10))
        let none = try rollup(quotas, employments, ramp: "0")
        #expect(try figures(none, .person(key("a"))).quotas?.prorated == Amount(50))
    }

    @Test func `rounds each person's part once, to the smallest unit`() throws {
        // A third of 92 days is none: 31/92 of 100 is 33.695652…
        let plan = try rollup(quotas, ["a": Employment(lastDay: Day("2026-10-31"))])
        #expect(try figures(plan, .person(key("a"))).quotas?.prorated == Amount("33.7"))
        #expect(Amount("-0.015")?.share(1, of: 1, toPlaces: 2) == Amount("-0.02"))
        #expect(Amount(1).share(1, of: 0, toPlaces: 2) == .zero)
    }

    @Test func `divides each node into the parts of its business`() throws {
        let selection = selection(
            [amount(.budget, .company, 100), amount(.quota, .person(key("a")), 50)],
            byLine: [
                "renewal": [amount(.budget, .company, 30), amount(.quota, .person(key("a")), 20)],
                "new": [amount(.budget, .company, 60), amount(.quota, .person(key("a")), 30)],
            ])
        let plan = try PlanRollup(selection, organisation: company, proration: proration([:]))
        let parts = try #require(plan[.company]).parts
        #expect(parts.map(\.name) == ["new", "renewal", nil])
        #expect(parts.map { $0.figures.plan[.budget]?.amount } == [Amount(60), Amount(30), Amount(10)])
        #expect(parts.map { $0.figures.plan[.quota]?.amount } == [Amount(30), Amount(20), nil])
        #expect(parts.map { $0.figures.quotas?.sum } == [Amount(30), Amount(20), nil])
        #expect(try #require(plan[.team(key("e"))]).parts.map(\.name) == ["new", "renewal"])
        #expect(try #require(plan[.team(key("w"))]).parts.isEmpty)
    }

    // MARK: - Short words

    private func rollup(
        _ amounts: [PlanAmount], _ employments: [String: Employment] = [:], ramp: String = "1"
    ) throws -> PlanRollup {
        try PlanRollup(
            selection(amounts), organisation: company, proration: proration(employments, ramp: ramp))
    }

    private func proration(_ employments: [String: Employment], ramp: String = "1") throws -> Proration {
        let days = Dictionary(uniqueKeysWithValues: employments.map { (key($0.key), $0.value) })
        return Proration(
            period: quarter, day: try #require(Day("2026-12-07")), employments: days,
            ramp: try #require(Amount(ramp)), places: 2)
    }

    private func figures(_ plan: PlanRollup, _ node: ForecastLine.Node) throws -> PlanFigures {
        try #require(plan[node]).whole
    }
}

private let calendar = FiscalCalendar()
private let quarter = calendar.period(labelled: "FY2026Q4") ?? .all

private func amount(_ kind: PlanAmount.Kind, _ node: PlanAmount.Node, _ amount: Int) -> PlanAmount {
    PlanAmount(kind: kind, node: node, amount: Amount(amount))
}

/// A selection of lines that say just that.
private func selection(_ amounts: [PlanAmount], byLine: [String: [PlanAmount]] = [:]) -> PlanSelection {
    func line(_ amount: PlanAmount, _ business: String?) -> PlanLine {
        PlanLine(
            id: key("\(amount.kind) \(amount.node) \(business ?? "")"), kind: amount.kind, node: amount.node,
            period: quarter, businessLine: business, amount: amount.amount)
    }
    let lines =
        amounts.map { line($0, nil) } + byLine.flatMap { name, amounts in amounts.map { line($0, name) } }
    return PlanSelection(PlanReading(lines: lines), for: quarter, in: calendar)
}
