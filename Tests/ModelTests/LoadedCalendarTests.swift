import Model
import Testing

/// Calendars that follow no rule, and what exports mean by the ids and labels of periods.
@Suite struct `A loaded calendar` {
    private let quarters = [
        loaded("q1", "FY2026Q1", .quarter, "2026-01-05", "2026-03-29"),
        loaded("q2", "fy26q2", .quarter, "2026-03-30", "2026-06-28"),
        loaded("q4", "Q4 FY 2026", .quarter, "2026-09-28", "2027-01-03", freeze: "2027-01-07"),
    ]

    @Test func `has the periods that are loaded, by the label that they have`() throws {
        let calendar = try made(quarters)
        #expect(calendar.grains == [.quarter] && calendar.usualGrain == .quarter)
        #expect(calendar.period(labelled: "FY2026Q2")?.start.description == "2026-03-30")
        #expect(calendar.period(labelled: "FY26Q2")?.label == "FY2026Q2")
        #expect(calendar.period(labelled: "q4 fy 2026")?.label == "Q4 FY 2026")
        #expect(calendar.period(labelled: "FY2026Q3") == nil)
        let first = try #require(calendar.period(labelled: "FY2026Q1"))
        #expect(calendar.period(after: first)?.label == "FY2026Q2")
        #expect(calendar.period(before: first) == nil)
        let last = try #require(calendar.period(labelled: "Q4 FY 2026"))
        #expect(calendar.periods(before: last, count: 8).map(\.label) == ["FY2026Q2", "FY2026Q1"])
        #expect(calendar.period(.year, containing: last.start) == nil)
    }

    @Test func `says which day no period holds`() throws {
        let calendar = try made(quarters)
        let day = try #require(Day("2026-08-01"))
        #expect(calendar.period(.quarter, containing: day) == nil)
        let error = #expect(throws: BellwetherError.self) { try calendar.current(on: day) }
        #expect(error?.code == .periodMissing)
        #expect(error?.message == "no loaded quarter holds 2026-08-01")
        let edge = try #require(Day("2026-12-01"))
        let beyond = #expect(throws: BellwetherError.self) { try calendar.period(named: "next", on: edge) }
        #expect(beyond?.code == .periodMissing && beyond?.message == "no loaded quarter follows Q4 FY 2026")
        let year = #expect(throws: BellwetherError.self) { try calendar.current(.year, on: edge) }
        #expect(year?.code == .periodMissing)
    }

    @Test func `is refused when two periods share a day or a label`() throws {
        let overlapping = quarters + [loaded("q3", "FY2026Q3", .quarter, "2026-06-28", "2026-09-27")]
        let error = #expect(throws: BellwetherError.self) { try made(overlapping) }
        #expect(error?.code == .periodsOverlap)
        #expect(error?.message == "the loaded periods FY2026Q2 and FY2026Q3 overlap")
        #expect(error?.detail?.contains("2026-03-30 to 2026-06-28") == true)
        let namesakes = quarters + [loaded("q3", "FY2026Q1", .quarter, "2026-06-29", "2026-09-27")]
        let twins = #expect(throws: BellwetherError.self) { try made(namesakes) }
        #expect(twins?.code == .periodsOverlap && twins?.message.contains("“FY2026Q1”") == true)
        // A year may hold its quarters, and two sources may say the same.
        let nested =
            quarters + [
                loaded("y", "FY2026", .year, "2026-01-05", "2027-01-03"),
                loaded("q1b", "FY26Q1", .quarter, "2026-01-05", "2026-03-29"),
            ]
        let calendar = try made(nested)
        let year = try #require(calendar.period(labelled: "FY2026"))
        #expect(calendar.parts(of: year).map { $0.map(\.label) } == [["FY2026Q1", "FY2026Q2", "Q4 FY 2026"]])
        #expect(calendar.containers(of: try #require(calendar.period(labelled: "FY2026Q2"))) == [year])
        #expect(calendar.parts(of: .all, by: .quarter).count == 3)
    }

    @Test func `is that of the company's own source, others give ids alone`() throws {
        let others = [loaded("p9", "FY2026Q9", .quarter, "2026-01-05", "2026-02-28", source: "other")]
        let calendar = try made(quarters + others)
        #expect(calendar.period(labelled: "FY2026Q9") == nil)
        #expect(calendar.period(written: "p9", source: "other") == nil)
        #expect(calendar.period(written: "q1", source: "crm")?.label == "FY2026Q1")
        #expect(calendar.period(written: "q1", source: "other") == nil)
        let elsewhere = FiscalCalendar(
            loaded: try LoadedPeriods(calendarOf: "company", quarters))
        #expect(elsewhere.period(labelled: "FY2026Q1") != nil)
    }

    @Test func `freezes a period on the day that is loaded for it`() throws {
        let calendar = try made(quarters)
        let last = try #require(calendar.period(labelled: "Q4 FY 2026"))
        #expect(calendar.freezeDay(of: last, businessDay: 3, BusinessDays())?.description == "2027-01-07")
        let first = try #require(calendar.period(labelled: "FY2026Q1"))
        #expect(calendar.freezeDay(of: first, businessDay: 3, BusinessDays())?.description == "2026-04-01")
        #expect(calendar.freezeDay(of: first, businessDay: nil, BusinessDays()) == nil)
        #expect(calendar.freezeDay(of: .all, businessDay: 3, BusinessDays()) == nil)
    }

    @Test func `gives a calendar by rule the meaning of ids and days`() throws {
        let periods = [
            loaded("0261", "whatever", .quarter, "2026-10-01", "2026-12-31"),
            loaded("0262", "FY2026Q1", .month, "2026-10-01", "2026-10-31"),
            loaded("0263", "odd", .quarter, "2026-10-02", "2026-12-31"),
        ]
        let calendar = FiscalCalendar(RuledCalendar(), loaded: LoadedPeriods(idsOf: periods))
        #expect(calendar.period(written: "0261", source: "crm")?.label == "FY2026Q4")
        #expect(calendar.period(written: "0262", source: "crm")?.label == "FY2026M10")
        #expect(calendar.period(written: "0263", source: "crm") == nil)
        #expect(calendar.period(written: "fy26p10", source: "crm")?.label == "FY2026M10")
        let first = try #require(Day("2026-01-01"))
        #expect(
            calendar.period(written: nil, source: "crm", start: first, lastDay: Day("2026-12-31"))?.label
                == "FY2026")
        #expect(calendar.period(written: nil, source: "crm", start: first, lastDay: Day("2026-11-30")) == nil)
        #expect(calendar.period(written: nil, source: "crm", start: first) == nil)
        let quarter = try #require(calendar.period(labelled: "FY2026Q4"))
        #expect(calendar.spellings(of: quarter) == ["0261", "FY2026Q04", "FY2026Q4", "FY26Q04", "FY26Q4"])
    }

    @Test func `reads every spelling of a label as that label`() {
        for grain in [Period.Grain.year, .quarter, .month, .week] {
            for number in grain == .year ? 1...1 : 1...4 {
                for year in [2026, 1999, 2000, 2099, 45] {
                    let label = PeriodLabel(year: year, grain, number)
                    let spellings = label.spellings
                    #expect(spellings.contains(label.description))
                    #expect(spellings.allSatisfy { PeriodLabel($0) == label }, "\(label)")
                }
            }
        }
    }

    private func made(_ periods: [LoadedPeriod]) throws(BellwetherError) -> FiscalCalendar {
        FiscalCalendar(loaded: try LoadedPeriods(calendarOf: "crm", periods))
    }
}

private func loaded(
    _ id: String, _ label: String, _ grain: Period.Grain, _ first: String, _ last: String,
    source: String = "crm", freeze: String? = nil
) -> LoadedPeriod {
    LoadedPeriod(
        id: RecordID(source: source, id: id), label: label, grain: grain,
        start: Day(first) ?? Day(number: 0), end: (Day(last) ?? Day(number: 0)) + 1,
        freezeDay: freeze.flatMap { Day($0) })
}
