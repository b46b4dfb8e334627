import Model
import Testing

@Suite struct `A calendar by rule` {
    @Test func `has the periods that counting months gives`() throws {
        let rows = try Fixture.rows("periods")
        #expect(rows.count > 400)
        for row in rows {
            let calendar = RuledCalendar(
                startMonth: try #require(Int(row[0])), yearName: try #require(.init(rawValue: row[1])))
            let day = try #require(Day(row[2]))
            let grain = try #require(Period.Grain(rawValue: row[3]))
            let period = calendar.period(grain, containing: day)
            #expect(
                [period.label, period.start.description, period.end.description] == Array(row[4...6]),
                "\(row)")
            #expect(period.grain == grain)
            #expect(period.contains(day))
            #expect(calendar.period(labelled: row[4]) == period)
        }
    }

    @Test(arguments: 1...12, [RuledCalendar.YearName.end, .start])
    func `leaves no day between a period and the next`(month: Int, name: RuledCalendar.YearName) {
        let calendar = RuledCalendar(startMonth: month, yearName: name)
        for grain in [Period.Grain.year, .quarter, .month] {
            var period = calendar.period(grain, containing: Day.first(ofMonth: 6, year: 2020))
            for _ in 0..<30 {
                let next = calendar.period(after: period)
                #expect(next.start == period.end)
                #expect(next.grain == grain)
                #expect(calendar.period(before: next) == period)
                #expect(period.contains(period.start))
                #expect(period.contains(period.end - 1))
                #expect(!period.contains(period.end))
                #expect(!period.contains(period.start - 1))
                period = next
            }
        }
    }

    @Test func `reads short and lower-case labels`() {
        let calendar = RuledCalendar(startMonth: 2)
        #expect(calendar.period(labelled: "FY26Q4") == calendar.period(labelled: "FY2026Q4"))
        #expect(calendar.period(labelled: "fy2026q4")?.label == "FY2026Q4")
        #expect(calendar.period(labelled: "FY2026M1")?.label == "FY2026M01")
        #expect(calendar.period(labelled: "FY26p11") == calendar.period(labelled: "FY2026M11"))
        #expect(calendar.period(labelled: "FY2026Q4")?.start.description == "2025-11-01")
        #expect(calendar.period(labelled: "FY2026")?.end.description == "2026-02-01")
    }

    @Test(arguments: [
        "", "FY", "FY2", "FY202", "FY20266", "FY2026Q0", "FY2026Q5", "FY2026M0", "FY2026M13", "FY2026Q",
        "FY2026W1", "FY2026P0", "FY2026P13", "FY2026W54", "FY2026Q４",
        "2026Q4", "FY 2026", "FY2026Q4 ", "FY0001", "FY9999", "FY２０２６", "FY2026-Q4",
    ])
    func `does not read what is no label`(text: String) {
        #expect(RuledCalendar().period(labelled: text) == nil)
    }

    @Test func `brings its first month into the year`() {
        #expect(RuledCalendar(startMonth: 0).startMonth == 1)
        #expect(RuledCalendar(startMonth: 13).startMonth == 12)
    }
}
