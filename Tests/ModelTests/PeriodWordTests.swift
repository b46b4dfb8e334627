import Model
import TestSupport
import Testing

/// The words by which people and companies name periods and calendars.
@Suite struct `A period's name` {
    private let calendar = FiscalCalendar(startMonth: 2)
    private let day = Day(number: 20_794)

    @Test func `may be a word, counted from the day`() throws {
        #expect(day.description == "2026-12-07")
        let names = ["this", "next", "following", "last", "previous", "THIS", "fy27q1", "FY2027P2", "all"]
        let labels = try names.map { try calendar.period(named: $0, on: day).label }
        #expect(
            labels == [
                "FY2027Q4", "FY2028Q1", "FY2028Q2", "FY2027Q3", "FY2027Q3", "FY2027Q4", "FY2027Q1",
                "FY2027M02", "all",
            ])
    }

    @Test(arguments: [
        ("FY2027Q5", "FY2027Q1"), ("nxt", "next"),
        ("Q2", "Did you mean FY2027Q2?"), ("m11", "Did you mean FY2027M11?"),
        ("2027-q4", "Did you mean FY2027Q4?"),
        ("folowing", "following"), ("2027Q4", "FY2027Q4"),
        ("FY2027W10", "FY2027M10"), ("FY2027M21", "FY2027M01"), ("xyzzy", "such as FY2027Q4 or FY2027"),
        ("", "this, next, following, last, all"),
    ])
    func `that is none is answered with the nearest`(name: String, near: String) {
        let error = #expect(throws: BellwetherError.self) { try calendar.period(named: name, on: day) }
        #expect(error?.code == .unknownPeriod && error?.message == "“\(name)” is not a period")
        #expect(error?.hint?.contains(near) == true, "\(error?.hint ?? "")")
    }

    @Test func `all is every day that a date can be`() throws {
        #expect(Period.all.contains(try #require(Day("0001-01-01"))))
        #expect(Period.all.contains(try #require(Day("9999-12-31"))))
        #expect(calendar.period(after: .all) == nil && calendar.period(before: .all) == nil)
        #expect(calendar.parts(of: .all).isEmpty && calendar.containers(of: .all).isEmpty)
        #expect(calendar.period(.all, containing: day) == .all)
    }

    @Test(
        arguments: [
            ("445", "saturday last", "last", "FY2026 2025-12-28 2026-12-26"),
            (" 4-4-5 ", "Friday  NEAREST", nil, "FY2026 2026-01-03 2027-01-01"),
            ("544", "sunday last", "FIRST", "FY2026 2025-12-29 2026-12-27"),
            (nil, nil, nil, "FY2026 2026-01-01 2026-12-31"),
            ("Months", "nonsense", "x", "FY2026 2026-01-01 2026-12-31"),
        ] as [(String?, String?, String?, String)])
    func `comes from the company's words`(
        calendar: String?, anchor: String?, extra: String?, year: String
    ) throws {
        let words = CalendarWords(calendar: calendar, weekAnchor: anchor, extraWeek: extra)
        let period = try words.fiscalCalendar(of: "s", periods: []).period(labelled: "FY2026")
        #expect(period.map { "\($0.label) \($0.start) \($0.lastDay)" } == year)
    }

    @Test(arguments: [
        (CalendarWords(calendar: "455"), ErrorCode.calendarUnknown),
        (CalendarWords(calendar: "lunar"), .calendarUnknown),
        (CalendarWords(calendar: "445"), .weekAnchorUnknown),
        (CalendarWords(calendar: "445", weekAnchor: "saturday"), .weekAnchorUnknown),
        (CalendarWords(calendar: "445", weekAnchor: "caturday last"), .weekAnchorUnknown),
        (CalendarWords(calendar: "445", weekAnchor: "saturday first"), .weekAnchorUnknown),
        (CalendarWords(calendar: "445", weekAnchor: "last saturday of may"), .weekAnchorUnknown),
        (CalendarWords(calendar: "445", weekAnchor: "saturday last", extraWeek: "middle"), .calendarUnknown),
        (CalendarWords(calendar: "loaded"), .periodMissing),
    ])
    func `is refused with words that are unknown`(words: CalendarWords, code: ErrorCode) {
        let error = #expect(throws: BellwetherError.self) { try words.fiscalCalendar(of: "s", periods: []) }
        #expect(error?.code == code)
        #expect(error?.hint?.isEmpty == false)
    }

    @Test func `and its days left are counted to its last day`() throws {
        let quarter = try #require(FiscalCalendar().period(labelled: "FY2026Q4"))
        func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }
        #expect(quarter.dayCount == 92)
        #expect(quarter.daysLeft(after: day("2026-12-07")) == 24 && quarter.week(of: day("2026-12-07")) == 10)
        #expect(
            quarter.daysLeft(after: day("2026-12-31")) == 0 && quarter.daysLeft(after: day("2027-05-01")) == 0
        )
        #expect(
            quarter.daysLeft(after: day("2026-09-30")) == 92
                && quarter.daysLeft(after: day("2026-01-01")) == 92)
        #expect(
            quarter.daysBeforeEnd(day("2026-09-30")) == 92 && quarter.daysBeforeEnd(day("2027-01-01")) == -1)
        #expect(quarter.week(of: day("2026-10-07")) == 1 && quarter.week(of: day("2026-10-08")) == 2)
        #expect(quarter.week(of: day("2027-01-01")) == nil)
        let before = try #require(FiscalCalendar().period(labelled: "FY2026Q1"))
        #expect(quarter.sameDay(as: day("2026-12-07"), in: before).description == "2026-03-07")
        // 91 days before the end: a day that a quarter of 90 days has not.
        #expect(quarter.sameDay(as: day("2026-10-01"), in: before).description == "2025-12-30")
    }
}

@Suite struct `A business day` {
    private static let newYear = [Day("2027-01-01"), Day("2026-12-25"), Day("2026-12-26")].compactMap { $0 }

    @Test func `is Monday to Friday and no holiday`() throws {
        let days = BusinessDays(holidays: Self.newYear)
        let quarter = try #require(FiscalCalendar().period(labelled: "FY2026Q4"))
        let today = try #require(Day("2026-12-07"))
        // 18 weekdays from the 8th on, less Christmas; the 26th is a Saturday anyway.
        #expect(days.left(in: quarter, after: today) == 17)
        #expect(days.day(3, after: quarter.lastDay)?.description == "2027-01-06")
        #expect(BusinessDays().day(3, after: quarter.lastDay)?.description == "2027-01-05")
        #expect(days.day(0, after: today) == nil && days.day(-1, after: today) == nil)
        #expect(BusinessDays(holidays: (1...5000).map { today + $0 }).day(1, after: today) == nil)
    }

    @Test(arguments: [3, 20_261_122])
    func `is counted as by looking at every day`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let first = Day(number: Int32.random(in: 10_000...30_000, using: &random))
            let length = Int.random(in: -3...400, using: &random)
            let holidays = (0..<20).map { _ in first + Int.random(in: -30...430, using: &random) }
            let days = BusinessDays(holidays: holidays)
            let range = (0..<max(0, length)).map { first + $0 }
            let plain = range.count { $0.weekday < 6 && !holidays.contains($0) }
            #expect(days.count(from: first, through: first + length - 1) == plain, "seed \(seed), \(first)")
            let number = Int.random(in: 1...30, using: &random)
            let kth = (1...200).map { first + $0 }.filter { $0.weekday < 6 && !holidays.contains($0) }[
                number - 1]
            #expect(days.day(number, after: first) == kth, "seed \(seed), \(first)")
        }
    }
}
