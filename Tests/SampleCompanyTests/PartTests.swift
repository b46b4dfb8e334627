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

    @Test func `a value on a timeline holds from its day on`() {
        var timeline = Timeline("a")
        timeline.set("b", from: Frame.day(2026, 11, 2))
        timeline.set("c", from: Frame.day(2026, 11, 9))
        #expect(timeline[Frame.day(2026, 11, 1)] == "a")
        #expect(timeline[Frame.day(2026, 11, 2)] == "b")
        #expect(timeline[Frame.day(2026, 12, 1)] == "c")
    }
}
