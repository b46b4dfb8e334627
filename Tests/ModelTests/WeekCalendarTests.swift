import Model
import TestSupport
import Testing

/// Years of whole weeks, held against a layout of days by Python's own dates.
@Suite struct `A calendar of weeks` {
    @Test(arguments: [20_261_122, 4, 77])
    func `has the periods that laying out days gives`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let specs = (0..<8).map { _ in Spec(&random) }
        let answer = try Oracle.run("fiscal_calendar.py", specs.map(\.text))
        let expected = try #require(answer["calendars"] as? [String])
        for (spec, expected) in zip(specs, expected) {
            let found = spec.years.flatMap { spec.lines(ofYear: $0) }
            let wanted = expected.split(separator: "\n").map(String.init)
            let difference = zip(wanted, found).first { $0 != $1 }
            #expect(
                found == wanted,
                "seed \(seed), \(spec.text): \(difference.map { "\($0)" } ?? "\(found.count) lines")")
            #expect(found.count > 300)
        }
    }

    @Test(arguments: [20_261_122, 9])
    func `holds every day in one period of each grain`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let spec = Spec(&random)
            let calendar = FiscalCalendar(spec.calendar)
            var day = Day.first(ofMonth: 1, year: 1990) + Int.random(in: 0..<20_000, using: &random)
            for _ in 0..<40 {
                for grain in calendar.grains {
                    guard let period = calendar.period(grain, containing: day) else {
                        Issue.record("no \(grain) holds \(day), seed \(seed), \(spec.text)")
                        continue
                    }
                    #expect(period.contains(day), "seed \(seed), \(spec.text), \(day)")
                    #expect(calendar.period(labelled: period.label) == period)
                    #expect(calendar.period(after: period)?.start == period.end)
                    #expect(calendar.period(before: period)?.end == period.start)
                    #expect(calendar.containers(of: period).allSatisfy { $0.contains(period) })
                }
                day = day + Int.random(in: 1...200, using: &random)
            }
        }
    }

    /// The National Retail Federation's calendar: 4-5-4, the Saturday nearest to the end of January, named by the year
    /// in which it begins.
    @Test func `of American retail is long in the years that the trade knows`() throws {
        let weeks = WeekCalendar(.fourFiveFour, anchor: .init(weekday: 6, .nearest))
        let calendar = FiscalCalendar(RuledCalendar(startMonth: 2, yearName: .start, weeks: weeks))
        let long = (2000...2027).filter { calendar.period(labelled: "FY\($0)W53") != nil }
        #expect(long == [2000, 2006, 2012, 2017, 2023])
        #expect(days(calendar, "FY2023") == "2023-01-29 2024-02-03")
        #expect(days(calendar, "FY2023Q4") == "2023-10-29 2024-02-03")
        #expect(days(calendar, "FY2023M12") == "2023-12-31 2024-02-03")
        #expect(days(calendar, "FY2024") == "2024-02-04 2025-02-01")
        #expect(days(calendar, "FY2024M02") == "2024-03-03 2024-04-06")
        #expect(days(calendar, "FY2025") == "2025-02-02 2026-01-31")
    }

    /// Apple's: the last Saturday of September, the extra week in the first quarter, as its annual reports say.
    @Test func `that takes its extra week first is long in front`() throws {
        let weeks = WeekCalendar(.fourFourFive, anchor: .init(weekday: 6, .last), extraWeek: .first)
        let calendar = FiscalCalendar(RuledCalendar(startMonth: 10, weeks: weeks))
        let long = (1999...2026).filter { calendar.period(labelled: "FY\($0)")?.dayCount == 371 }
        #expect(long == [2000, 2006, 2012, 2017, 2023])
        #expect(days(calendar, "FY2023") == "2022-09-25 2023-09-30")
        #expect(days(calendar, "FY2023Q1") == "2022-09-25 2022-12-31")
        #expect(days(calendar, "FY2023Q2") == "2023-01-01 2023-04-01")
        #expect(days(calendar, "FY2024Q1") == "2023-10-01 2023-12-30")
    }

    private func days(_ calendar: FiscalCalendar, _ label: String) -> String? {
        calendar.period(labelled: label).map { "\($0.start) \($0.lastDay)" }
    }

    /// A calendar drawn at random, and the years to look at.
    private struct Spec {
        let calendar: RuledCalendar
        let text: String
        let years: ClosedRange<Int>

        init(_ random: inout SeededGenerator) {
            let month = Int.random(in: 1...12, using: &random)
            let name: RuledCalendar.YearName = Bool.random(using: &random) ? .end : .start
            let weekday = Int.random(in: 1...7, using: &random)
            let choice: WeekCalendar.Anchor.Choice = Bool.random(using: &random) ? .last : .nearest
            let extra: WeekCalendar.ExtraWeek = Bool.random(using: &random) ? .last : .first
            let pattern =
                [nil, .fourFourFive, .fourFiveFour, .fiveFourFour][Int.random(in: 0...3, using: &random)]
                as WeekCalendar.Pattern?
            let first = Int.random(in: 1960...2080, using: &random)
            years = first...(first + 28)
            calendar = RuledCalendar(
                startMonth: month, yearName: name,
                weeks: pattern.map {
                    WeekCalendar($0, anchor: .init(weekday: weekday, choice), extraWeek: extra)
                })
            text = [
                pattern?.rawValue ?? "months", "\(month)", name.rawValue, "\(weekday)", choice.rawValue,
                extra.rawValue, "\(years.lowerBound)", "\(years.upperBound)",
            ].joined(separator: ",")
        }

        func lines(ofYear number: Int) -> [String] {
            let calendar = FiscalCalendar(calendar)
            guard let year = calendar.period(labelled: "FY\(number)") else { return [] }
            return ([year] + calendar.parts(of: year).joined()).map {
                "\($0.label) \($0.start) \($0.lastDay)"
            }
        }
    }
}
