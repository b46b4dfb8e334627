import Model
import Testing

@testable import SampleCompany

/// The parts that the exports are made of, against numbers worked by hand.
@Suite struct PartTests {
    @Test func `cells are quoted where RFC 4180 says so`() {
        var text = CSVText()
        text.line(["plain", "a,b", "say \"x\"", "two\nlines", "", "Łukasz"])
        #expect(
            String(decoding: text.bytes, as: UTF8.self)
                == "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,Łukasz\n")
    }

    @Test func `numbers and days are written without a locale`() {
        var text = CSVText()
        text.cell(0)
        text.cell(1_234_567)
        text.cell(cents: 5)
        text.cell(cents: 38_181_818)
        text.cell(cents: nil)
        text.cell(Frame.day(2027, 1, 4))
        text.cell(nil as Day?)
        text.cell(true)
        text.endLine()
        #expect(String(decoding: text.bytes, as: UTF8.self) == "0,1234567,0.05,381818.18,,2027-01-04,,true\n")
    }

    @Test func `euros convert at 1.10, rounded half away from zero`() {
        #expect(PlanRate.dollars(38_181_818, of: .emea) == 42_000_000)
        #expect(PlanRate.dollars(16_363_636, of: .emea) == 18_000_000)
        // 0.05 × 1.10 = 0.055, and 0.04 × 1.10 = 0.044.
        #expect(PlanRate.dollars(5, of: .emea) == 6)
        #expect(PlanRate.dollars(-5, of: .emea) == -6)
        #expect(PlanRate.dollars(4, of: .emea) == 4)
        #expect(PlanRate.dollars(5, of: .west) == 5)
    }

    @Test func `ten of eleven dollar amounts are worth an amount of euros`() {
        for cents in 0..<2200 {
            let euros = PlanRate.amount(worth: cents, for: .emea)
            #expect((euros == nil) == (cents % 11 == 5), "\(cents)")
            if let euros { #expect(PlanRate.dollars(euros, of: .emea) == cents) }
        }
    }

    @Test(arguments: SalesTeam.allCases) func `amounts that fill a sum add up to it`(team: SalesTeam) {
        for seed in 0..<300 {
            var random = RandomStream(seed: UInt64(seed), .planted, index: 1)
            // Any sum of whole cents from 0.2 to 40 million; odd ones on purpose.
            let sum = 20_000_000 + random.below(4_000_000_000)
            let amounts = SumFill.amounts(worth: sum, for: team, &random)
            let total = amounts.reduce(0) { $0 + PlanRate.dollars($1, of: team) }
            #expect(total == sum, "seed \(seed)")
            #expect(amounts.allSatisfy { $0 > 0 }, "seed \(seed)")
        }
    }

    @Test func `numbers stay in their range and reach its ends`() {
        var random = RandomStream(seed: 9, .deal, index: 0)
        let drawn = Set((0..<2000).map { _ in random.within(-3...4) })
        #expect(drawn == Set(-3...4))
        #expect(random.below(0) == 0)
        let around = (0..<4000).map { _ in random.around(1000, .cycles) }.sorted()
        // The quantiles of a log-normal distribution with σ = 0.45: 1000·exp(∓0.45·0.6745).
        #expect(abs(around[1000] - 738) < 40)
        #expect(abs(around[2000] - 1000) < 40)
        #expect(abs(around[3000] - 1354) < 60)
    }

    @Test func `streams of neighbours have nothing in common`() {
        var seen: Set<UInt64> = []
        for seed in 0..<4 {
            for index in 0..<50 {
                for attempt in -1..<3 {
                    var random = RandomStream(seed: UInt64(seed), .deal, index: index, attempt: attempt)
                    seen.insert(random.next())
                }
            }
        }
        #expect(seen.count == 4 * 50 * 4)
    }

    @Test func `nobody works on weekends and holidays`() {
        #expect(!WorkDays.contains(Frame.day(2026, 11, 26)))
        #expect(!WorkDays.contains(Frame.day(2025, 11, 27)))
        #expect(!WorkDays.contains(Frame.day(2026, 12, 5)))
        #expect(!WorkDays.contains(Frame.day(2026, 12, 25)))
        #expect(WorkDays.contains(Frame.present))
        #expect(WorkDays.onOrAfter(Frame.day(2026, 11, 26)) == Frame.day(2026, 11, 27))
        #expect(WorkDays.onOrBefore(Frame.day(2026, 11, 29)) == Frame.day(2026, 11, 27))
    }

    @Test func `a year of weeks ends on December's last Thursday, and 2026 has 53`() {
        let calendar = SampleCalendar.weeks445
        let fourth = calendar.quarter(4, of: 2026)
        #expect(fourth.start == Frame.day(2026, 9, 25))
        #expect(fourth.end == Frame.day(2027, 1, 1))
        #expect(fourth.end - calendar.quarter(1, of: 2026).start == 53 * 7)
        #expect(calendar.quarter(1, of: 2026).start == Frame.day(2025, 12, 26))
        for year in [2024, 2025, 2027] {
            #expect(calendar.quarter(4, of: year).end - calendar.quarter(1, of: year).start == 52 * 7)
        }
        for (day, label) in [
            (Frame.present, "FY2026Q4"), (Frame.day(2025, 12, 25), "FY2025Q4"),
            (Frame.day(2025, 12, 26), "FY2026Q1"), (Frame.day(2026, 9, 24), "FY2026Q3"),
            (Frame.day(2026, 12, 31), "FY2026Q4"), (Frame.day(2027, 1, 1), "FY2027Q1"),
        ] {
            let quarter = calendar.quarter(containing: day)
            #expect(quarter.label == label)
            #expect(quarter.contains(day))
            #expect(calendar.quarter(labelled: label) == quarter)
        }
        #expect(calendar.quarter(labelled: "FY2026") == nil)
    }

    @Test func `a night tells of the days since the night before`() {
        let nights = [Frame.day(2026, 11, 25), Frame.day(2026, 11, 27), Frame.day(2026, 11, 28)]
        let first = EventDays.of(nights, before: nil)
        #expect(EventDays.place(of: Frame.day(2024, 1, 1), in: first) == 0)
        #expect(EventDays.place(of: Frame.day(2026, 11, 26), in: first) == 1)
        #expect(EventDays.place(of: Frame.day(2026, 11, 28), in: first) == 2)
        #expect(EventDays.place(of: Frame.day(2026, 11, 29), in: first) == nil)
        let later = EventDays.of(nights, before: Frame.day(2026, 11, 24))
        #expect(EventDays.place(of: Frame.day(2026, 11, 24), in: later) == nil)
        #expect(EventDays.place(of: Frame.day(2026, 11, 25), in: later) == 0)
    }

    @Test func `shares of a deal's credit are rounded once and the owner takes what is left`() {
        let day = Frame.day(2026, 5, 4)
        var deal = DealLife(
            number: 1, name: "A", account: 1, team: .emea, productID: "HX-100", type: "new",
            leadSource: "Website", created: day,
            changes: [
                DealChange(day: day, minute: 600, field: .owner(4)),
                DealChange(day: day, minute: 600, field: .amount(91)),
            ])
        deal.splits = [
            DealSplit(person: 4, percent: 50, isOverlay: false),
            DealSplit(person: 7, percent: 50, isOverlay: false),
            DealSplit(person: 9, percent: 80, isOverlay: true),
        ]
        // 0.91 euros are 1.001 dollars, rounded 1.00; then with 0.92 euros 1.01, of which half is 0.505.
        #expect(deal.credits(deal.state(on: day) ?? DealState()).map(\.cents) == [50, 50])
        deal.rewrite(from: day, to: day, with: [DealChange(day: day, minute: 600, field: .amount(92))])
        let credits = deal.credits(deal.state(on: day) ?? DealState())
        #expect(credits.map(\.person) == [7, 4])
        #expect(credits.map(\.cents) == [51, 50])
    }

    @Test func `a date that is expected for some days gives way to what it would have been`() {
        let day = Frame.day(2026, 5, 4)
        var deal = DealLife(
            number: 1, name: "A", account: 1, team: .east, productID: "HX-100", type: "new",
            leadSource: "Website", created: day,
            changes: [
                DealChange(day: day, minute: 600, field: .closeDate(day + 30)),
                DealChange(day: day + 10, minute: 600, field: .closeDate(day + 40)),
                DealChange(day: day + 21, minute: 600, field: .closeDate(day + 50)),
            ])
        deal.expectClose(on: day + 90, from: day + 7, to: day + 18)
        #expect(deal.state(on: day + 6)?.closeDate == day + 30)
        #expect(deal.state(on: day + 7)?.closeDate == day + 90)
        #expect(deal.state(on: day + 18)?.closeDate == day + 90)
        // 2026-05-23 is a Saturday, the 25th the next working day.
        #expect(deal.state(on: day + 20)?.closeDate == day + 90)
        #expect(deal.state(on: day + 21)?.closeDate == day + 50)
        // A change to the same date some time later is one still.
        deal.expectClose(on: day + 50, from: day + 1, to: day + 3)
        #expect(deal.state(on: day + 4)?.closeDate == day + 30)
        #expect(deal.state(on: day + 7)?.closeDate == day + 90)
        #expect(deal.state(on: day + 21)?.closeDate == day + 50)
    }

    @Test func `a value on a timeline holds from its day on`() {
        var timeline = Timeline("a")
        timeline.set("b", from: Frame.day(2026, 11, 2))
        timeline.set("c", from: Frame.day(2026, 11, 9))
        #expect(timeline[Frame.day(2026, 11, 1)] == "a")
        #expect(timeline[Frame.day(2026, 11, 2)] == "b")
        #expect(timeline[Frame.day(2026, 12, 1)] == "c")
    }
}
