import Model
import Testing

@Suite struct `A day` {
    @Test func `has the number, the date and the weekday that Python's datetime gives`() throws {
        let rows = try Fixture.rows("days")
        #expect(rows.count > 400)
        for row in rows {
            let day = try #require(Day(row[0]), "\(row[0])")
            let facts = [Int(day.number), day.civil.year, day.civil.month, day.civil.day, day.weekday]
            #expect(facts.map(String.init) == Array(row[1...5]), "\(row[0])")
            #expect(day.description == row[0])
            #expect(Day(year: facts[1], month: facts[2], day: facts[3]) == day)
            #expect(Day(number: day.number).description == row[0])
        }
    }

    @Test(arguments: [
        "", "2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
        "2026-1-01", "20260101", "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-0x", "２０２６-01-01",
        "2026-01-01T00:00:00", "-026-01-01", "+026-01-01", "10000-01-01",
    ])
    func `is not read from anything but a date of the calendar`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test func `follows the day before it, through ten thousand years`() throws {
        var (year, month, day) = (1, 1, 1)
        // Every day of a few years around each turn of a century, by counting alone.
        let first = try #require(Day(year: 1, month: 1, day: 1))
        var number = Int(first.number)
        while year < 9999 {
            let isTurn = year % 100 < 2 || year % 100 == 99
            if isTurn || day == 1 {
                let civil = Day(number: Int32(number)).civil
                #expect(civil == (year, month, day))
            }
            let length = Day.length(ofMonth: month, year: year)
            let step = isTurn ? 1 : length
            number += step
            day += step
            if day > length { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
    }

    @Test func `counts on and back`() throws {
        let day = try #require(Day("2024-02-28"))
        #expect((day + 1).description == "2024-02-29")
        #expect((day + 2).description == "2024-03-01")
        #expect((day - 59).description == "2023-12-31")
        #expect((day + 366) - day == 366)
        #expect(day < day + 1)
    }

    @Test func `begins a month, also one counted on into other years`() {
        #expect(Day.first(ofMonth: 1, year: 2026).description == "2026-01-01")
        #expect(Day.first(ofMonth: 13, year: 2026).description == "2027-01-01")
        #expect(Day.first(ofMonth: 25, year: 2026).description == "2028-01-01")
        #expect(Day.first(ofMonth: 0, year: 2026).description == "2025-12-01")
        #expect(Day.first(ofMonth: -11, year: 2026).description == "2025-01-01")
    }
}
