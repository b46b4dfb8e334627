import Analytics
import Model
import Testing

/// How evenly bookings came, worked by hand.
@Suite("Linearity")
struct LinearityTests {
    private let calendar = FiscalCalendar()

    @Test(arguments: [
        // A quarter of 92, 90 and 91 days, one of 14 weeks, a month of 31 days, a year.
        ("2026-10-01", "2026-12-31", 13), ("2026-01-01", "2026-03-31", 13), ("2026-04-01", "2026-06-30", 13),
        ("2026-09-25", "2026-12-31", 14), ("2026-12-01", "2026-12-31", 4), ("2026-01-01", "2026-12-31", 52),
        ("2026-01-01", "2026-01-03", 1),
    ])
    func `counts the weeks that fit best`(first: String, last: String, count: Int) {
        let weeks = PeriodWeeks(span("P", first, last))
        #expect(weeks.count == count)
        #expect(weeks.week(of: date(first)) == 0 && weeks.week(of: date(last)) == count - 1)
        #expect(weeks.week(of: date(first) - 1) == nil && weeks.week(of: date(last) + 1) == nil)
    }

    @Test func `sums weeks and months`() throws {
        let quarter = try #require(calendar.period(labelled: "FY2026Q4"))
        let months = calendar.parts(of: quarter, by: .month)
        let bookings = [
            date("2026-10-01"): Amount(10), date("2026-10-07"): Amount(20), date("2026-10-08"): Amount(30),
            date("2026-12-31"): Amount(140), date("2027-01-01"): Amount(999),
        ]
        let linearity = Linearity(bookings, in: quarter, parts: months)
        #expect(linearity.total == Amount(200))
        #expect(linearity.weeks.prefix(2) == [Amount(30), Amount(30)])
        #expect(linearity.weeks.last == Amount(140) && linearity.weeks.count == 13)
        #expect(linearity.parts == [Amount(60), .zero, Amount(140)])
        #expect(linearity.lastPartShare == 0.7 && linearity.partShares == [0.3, 0, 0.7])
        #expect(linearity.weekShares[0] == 0.15)
        // Sorted: ten zeros, 30, 30, 140. Σ (2i − 14) x = 8·30 + 10·30 + 12·140 = 2,220; / (13 · 200).
        #expect(isNear(linearity.gini, 2220.0 / 2600))
    }

    @Test func `is zero where each week books the same`() throws {
        let month = try #require(calendar.period(labelled: "FY2026M02"))
        let bookings = Dictionary(uniqueKeysWithValues: (0..<4).map { (month.start + $0 * 7, Amount(5)) })
        #expect(Linearity(bookings, in: month, parts: []).gini == 0)
        #expect(Linearity(bookings, in: month, parts: []).lastPartShare == nil)
    }

    @Test func `has no share of nothing, and no Gini of less`() {
        let week = span("P", "2026-01-01", "2026-01-14")
        let none = Linearity([:], in: week, parts: [week])
        #expect(none.gini == nil && none.lastPartShare == nil && none.weekShares == [nil, nil])
        let less = Linearity(
            [date("2026-01-01"): Amount(-1), date("2026-01-08"): Amount(9)], in: week, parts: [week])
        #expect(less.gini == nil && less.lastPartShare == 1)
    }
}
