import Analytics
import Model
import Testing

@Suite("The plan of a period")
struct PlanSelectionTests {
    @Test func `is the line of the very period, whatever its parts say`() {
        #expect(planned([("FY2026Q1", nil, 300), ("FY2026M01", nil, 50), ("FY2026M02", nil, 60)]) == [300])
    }

    @Test func `is else the sum of its months`() {
        #expect(planned([("FY2026M01", nil, 50), ("FY2026M02", nil, 60), ("FY2026M03", nil, 70)]) == [180])
        #expect(planned([("FY2026M03", nil, 70)]) == [70])
    }

    @Test func `takes lines of other periods for nothing`() {
        #expect(planned([("FY2025", nil, 1_000), ("FY2026Q2", nil, 300), ("FY2026M04", nil, 100)]) == [])
    }

    @Test func `adds the parts of the business only where there is no whole`() {
        #expect(planned([("FY2026Q1", "new", 100), ("FY2026Q1", "renewal", 50)]) == [150])
        #expect(
            planned([("FY2026Q1", nil, 120), ("FY2026Q1", "new", 100), ("FY2026Q1", "renewal", 50)]) == [120])
        // Each month is whole or in parts by itself.
        #expect(planned([("FY2026M01", nil, 10), ("FY2026M01", "new", 7), ("FY2026M02", "new", 20)]) == [30])
    }

    @Test func `of a year is its line, else its quarters, else its months`() throws {
        let year = try #require(calendar.period(labelled: "FY2026"))
        let quarters = (1...4).map { ("FY2026Q\($0)", String?.none, $0 * 100) }
        let months = [("FY2026M01", String?.none, 5), ("FY2026M12", String?.none, 6)]
        #expect(planned(quarters + months + [("FY2026", nil, 900)], for: year) == [900])
        #expect(planned(quarters + months, for: year) == [1_000])
        #expect(planned(months, for: year) == [11])
    }

    @Test func `is told apart by kind and node`() throws {
        let lines = [
            line("FY2026Q1", nil, 1, .quota, .company), line("FY2026Q1", nil, 2, .budget, .company),
            line("FY2026Q1", nil, 4, .quota, .team(key("t"))),
            line("FY2026M01", nil, 8, .quota, .person(key("t"))),
        ]
        let plan = try selection(lines).amounts
        let expected = [
            PlanAmount(kind: .quota, node: .company, amount: Amount(1)),
            PlanAmount(kind: .budget, node: .company, amount: Amount(2)),
            PlanAmount(kind: .quota, node: .team(key("t")), amount: Amount(4)),
            PlanAmount(kind: .quota, node: .person(key("t")), amount: Amount(8)),
        ]
        #expect(Set(plan) == Set(expected) && plan.count == 4)
    }

    @Test func `is never a part of a longer period's, which is named`() throws {
        let year = line("FY2026", nil, 400, .budget, .company)
        let plan = try selection([year, line("FY2026", "new", 300, .budget, .company)])
        #expect(plan.amounts.isEmpty && plan.byLine.isEmpty)
        #expect(plan.longer.map(\.period.label) == ["FY2026"])
        #expect(plan.longer.map(\.amount) == [PlanAmount(kind: .budget, node: .company, amount: Amount(400))])
        // The quarter's own line counts beside it, and a month has two longer periods: the nearest is named.
        let both = try selection([year, line("FY2026Q1", nil, 90, .budget, .company)])
        #expect(both.amounts.map(\.amount) == [Amount(90)] && both.longer.isEmpty)
        let month = try selection(
            [year, line("FY2026Q1", nil, 90, .budget, .company)], for: "FY2026M02")
        #expect(month.amounts.isEmpty && month.longer.map(\.period.label) == ["FY2026Q1"])
    }

    @Test func `that has lines for some parts alone says so`() throws {
        let two = [line("FY2026M01", nil, 50), line("FY2026M02", nil, 60)]
        #expect(try selection(two).partial.map(\.amount) == [Amount(110)])
        #expect(try selection(two + [line("FY2026M03", nil, 1)]).partial.isEmpty)
        #expect(try selection([line("FY2026Q1", nil, 1)] + two).partial.isEmpty)
    }

    @Test func `counts a line that is said twice once, that of the first id`() throws {
        let lines = [
            line("FY2026Q1", "new", 7, id: "b"), line("FY2026Q1", "new", 5, id: "a"),
            line("FY2026Q1", "renewal", 1, id: "c"), line("FY2026Q1", "new", 5, id: "a", source: "other"),
            line("FY2026Q1", "new", 5, measure: "arr", id: "d"),
        ]
        let plan = try selection(lines)
        #expect(plan.amounts.map(\.amount) == [Amount(11)])
        #expect(
            plan.uncounted == [
                UncountedPlanLine(id: RecordID(source: "s", id: "b"), fault: .twice, amount: Amount(7))
            ])
    }

    @Test func `is of one measure, and names the others`() throws {
        let lines = [line("FY2026Q1", nil, 3), line("FY2026Q1", nil, 5, measure: "arr")]
        #expect(try selection(lines).amounts.map(\.amount) == [Amount(3)])
        let arr = try selection(lines, measure: "arr")
        #expect(arr.amounts.map(\.amount) == [Amount(5)] && arr.measures == ["arr", "bookings"])
    }

    @Test func `is given for each part of the business too`() throws {
        let plan = try selection([
            line("FY2026Q1", "new", 3), line("FY2026M01", "renewal", 5), line("FY2026Q1", nil, 10),
        ])
        #expect(plan.amounts.map(\.amount) == [Amount(10)])
        #expect(plan.byLine.mapValues { $0.map(\.amount) } == ["new": [Amount(3)], "renewal": [Amount(5)]])
    }

    @Test func `has the confidence of its lines where they agree`() throws {
        func confidence(_ shares: [String?]) throws -> Amount? {
            try selection(
                shares.enumerated().map { index, share in
                    line("FY2026Q1", "l\(index)", 1, confidence: share.flatMap { Amount($0) })
                }
            ).amounts.first?.confidence
        }
        #expect(try confidence(["0.8"]) == Amount("0.8"))
        #expect(try confidence(["0.8", "0.8"]) == Amount("0.8"))
        #expect(try confidence(["0.8", "0.9"]) == nil)
        #expect(try confidence(["0.8", nil]) == nil)
    }

    @Test func `knows of what a period is made`() throws {
        let year = try #require(calendar.period(labelled: "FY2026"))
        let parts = calendar.parts(of: year).map { $0.map(\.label) }
        #expect(parts[0] == ["FY2026Q1", "FY2026Q2", "FY2026Q3", "FY2026Q4"])
        #expect(parts[1].count == 12 && parts[1].first == "FY2026M01" && parts[1].last == "FY2026M12")
        let quarter = try #require(calendar.period(labelled: "FY2026Q2"))
        #expect(
            calendar.parts(of: quarter).map { $0.map(\.label) } == [["FY2026M04", "FY2026M05", "FY2026M06"]])
        let month = try #require(calendar.period(labelled: "FY2026M05"))
        #expect(calendar.parts(of: month).isEmpty)
    }

    private func planned(_ lines: [(String, String?, Int)], for period: Period? = nil) -> [Int] {
        let lines = lines.enumerated().map { line($1.0, $1.1, $1.2, id: "l\($0)") }
        guard let plan = try? selection(lines, for: period?.label ?? "FY2026Q1") else { return [] }
        return plan.amounts.map { Int($0.amount.millionths / 1_000_000) }
    }
}

private let calendar = FiscalCalendar(startMonth: 2)

private func selection(
    _ lines: [PlanLine], for label: String = "FY2026Q1", measure: String = PlanLine.bookings
) throws -> PlanSelection {
    PlanSelection(
        PlanReading(lines: lines), for: try #require(calendar.period(labelled: label)), in: calendar,
        measure: measure)
}

private func line(
    _ period: String, _ business: String?, _ amount: Int, _ kind: PlanAmount.Kind = .quota,
    _ node: PlanAmount.Node = .company, measure: String = PlanLine.bookings, confidence: Amount? = nil,
    id: String? = nil, source: String = "s"
) -> PlanLine {
    PlanLine(
        id: RecordID(source: source, id: id ?? "\(period) \(business ?? "") \(kind) \(node) \(measure)"),
        kind: kind, node: node, period: calendar.period(labelled: period) ?? .all, businessLine: business,
        measure: measure, amount: Amount(amount), confidence: confidence)
}
