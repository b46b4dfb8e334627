import Analytics
import Model
import Testing

@Suite("The plan of a period")
struct PlanSelectionTests {
    private let calendar = FiscalCalendar(startMonth: 2)

    @Test func `is the line of the very period, whatever its parts say`() {
        #expect(planned([("FY2026Q1", nil, 300), ("FY2026M01", nil, 50), ("FY2026M02", nil, 60)]) == [300])
    }

    @Test func `is else the sum of its months`() {
        #expect(planned([("FY2026M01", nil, 50), ("FY2026M02", nil, 60), ("FY2026M03", nil, 70)]) == [180])
        #expect(planned([("FY2026M03", nil, 70)]) == [70])
    }

    @Test func `takes lines of other periods for nothing`() {
        #expect(planned([("FY2026", nil, 1_000), ("FY2026Q2", nil, 300), ("FY2026M04", nil, 100)]) == [])
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
        let quarter = try #require(calendar.period(labelled: "FY2026Q1"))
        let lines = [
            line("FY2026Q1", nil, 1, .quota, .company), line("FY2026Q1", nil, 2, .budget, .company),
            line("FY2026Q1", nil, 4, .quota, .team(key("t"))),
            line("FY2026M01", nil, 8, .quota, .person(key("t"))),
        ]
        let plan = planAmounts(lines, for: quarter, parts: calendar.parts(of: quarter))
        let expected = [
            PlanAmount(kind: .quota, node: .company, amount: Amount(1)),
            PlanAmount(kind: .budget, node: .company, amount: Amount(2)),
            PlanAmount(kind: .quota, node: .team(key("t")), amount: Amount(4)),
            PlanAmount(kind: .quota, node: .person(key("t")), amount: Amount(8)),
        ]
        #expect(Set(plan) == Set(expected) && plan.count == 4)
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
        guard let period = period ?? calendar.period(labelled: "FY2026Q1") else { return [] }
        let plan = planAmounts(
            lines.map { line($0.0, $0.1, $0.2, .quota, .company) }, for: period,
            parts: calendar.parts(of: period))
        return plan.map { Int($0.amount.millionths / 1_000_000) }
    }

    private func line(
        _ period: String, _ business: String?, _ amount: Int, _ kind: PlanAmount.Kind, _ node: PlanAmount.Node
    ) -> PlanLine {
        PlanLine(kind: kind, node: node, period: period, businessLine: business, amount: Amount(amount))
    }
}
