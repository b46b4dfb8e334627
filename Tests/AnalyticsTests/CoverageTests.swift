import Analytics
import Model
import Testing

/// Whether what is open is enough, worked by hand.
@Suite("Coverage")
struct CoverageTests {
    /// 600 planned, 100 closed, 1,000 open: 500 to go.
    private func coverage(
        plan: Int? = 600, closed: Int = 100, open: Int = 1000, past: [PastCoverage] = []
    ) -> Coverage {
        Coverage(
            plan: plan.map { Amount($0) }, closed: Amount(closed), open: Amount(open), past: past, places: 2)
    }

    private func past(_ plan: Int?, _ parts: [StandingPart: Int], isLanded: Bool = true) -> PastCoverage {
        PastCoverage(plan: plan.map { Amount($0) }, sums: sums(parts), isLanded: isLanded)
    }

    @Test func `is of what is left to go`() {
        let coverage = coverage()
        #expect(coverage.toGo == Amount(500) && coverage.isMet == false)
        #expect(coverage.ratio == 2 && coverage.total == 1000.0 / 600 && coverage.mustWin == 0.5)
        // Nothing is known of the past: nothing is usual.
        #expect(coverage.usualOpen == nil && coverage.shortBy == nil && coverage.past.usual == nil)
    }

    @Test(arguments: [600, 601]) func `is none once the plan is met`(closed: Int) {
        let past = [past(100, [.commit: 300])]
        let coverage = coverage(closed: closed, past: past)
        #expect(coverage.isMet == true && coverage.toGo == .zero)
        #expect(coverage.ratio == nil && coverage.mustWin == nil && coverage.shortBy == nil)
        // Of the whole plan there is still a ratio.
        #expect(coverage.total == 1000.0 / 600)
    }

    @Test(arguments: [nil, 0, -5]) func `is none of a plan that asks for nothing`(plan: Int?) {
        let coverage = coverage(plan: plan, past: [past(100, [.commit: 300])])
        #expect(coverage.isMet == nil && coverage.toGo == nil)
        #expect(coverage.ratio == nil && coverage.total == nil && coverage.mustWin == nil)
        #expect(coverage.shortBy == nil)
    }

    @Test func `with nothing open has no share that must be won`() {
        let coverage = coverage(open: 0)
        #expect(coverage.ratio == 0 && coverage.mustWin == nil)
    }

    @Test func `is usual by the median of the past, in money too`() {
        // 3 ×, 2 ×, 4 ×, and one that had met its plan on that day and is no ratio.
        let coverage = coverage(past: [
            past(200, [.closed: 100, .commit: 300]), past(100, [.pipeline: 150, .bestCase: 50]),
            past(50, [.commit: 200]), past(50, [.closed: 50, .commit: 100]),
        ])
        #expect(coverage.past.usual?.median == 3 && coverage.past.usual?.count == 3)
        #expect(coverage.past.usual?.low == 2 && coverage.past.usual?.high == 4)
        #expect(coverage.usualOpen == Amount(1500) && coverage.shortBy == Amount(500))
    }

    @Test func `of an even number of periods takes the mean of the two in the middle, to the cent`() {
        // 1/3 and 2/3 of 500 are 166.67 and 333.33, their mean is 250 to the cent.
        let coverage = coverage(past: [past(3, [.commit: 1]), past(3, [.commit: 2])])
        #expect(coverage.usualOpen == Amount(250) && coverage.past.usual?.median == 0.5)
        // More is open than usual.
        #expect(coverage.shortBy == Amount(-750))
    }

    @Test func `of the past asks what was won of it, and keeps what came later apart`() {
        let landed = past(
            1000,
            [
                .closed: 200, .commit: 300, .bestCase: 200, .pipeline: 500, .landed: 900, .landedClosed: 150,
                .landedCommit: 250, .landedBestCase: 100, .landedPipeline: 50, .landedMoved: 150,
                .landedCreated: 200,
            ])
        // 1,000 was open; 400 of it was won, 700 was still booked, 800 was to go.
        #expect(landed.required?.value == 2.5 && landed.wonShare == 0.4)
        #expect(landed.againstActuals?.value == 1000.0 / 700 && landed.toGo?.value == 1.25)
        let required = RequiredCoverage([landed, past(nil, [.commit: 5], isLanded: false)])
        #expect(required.required?.count == 1 && required.usual?.count == 1)
        #expect(required.created?.median == Amount(200) && required.moved?.median == Amount(150))
    }

    @Test func `has no ratio to a period that has not landed, or in which nothing was won`() {
        let open = past(100, [.commit: 300, .landed: 0], isLanded: false)
        #expect(open.required == nil && open.againstActuals == nil && open.wonShare == nil)
        #expect(open.toGo?.value == 3)
        let lost = past(100, [.commit: 300])
        #expect(lost.required == nil && lost.againstActuals == nil && lost.wonShare == 0)
        #expect(past(100, [:]).wonShare == nil)
        // What was closed was taken back: less than nothing was still booked.
        #expect(past(100, [.closed: 90, .commit: 10, .landed: 50]).againstActuals == nil)
    }

    @Test func `of the last four is told beside that of all`() {
        let required = RequiredCoverage([1, 1, 1, 1, 9, 9, 9, 9].map { past(1, [.commit: $0]) })
        #expect(required.usual?.median == 5 && required.usualOfFour?.median == 1)
        #expect(required.usual?.count == 8 && required.usualOfFour?.count == 4)
    }
}

/// The middle and the ends of what some periods say.
@Suite("A spread")
struct SpreadTests {
    @Test func `has a median between low and high`() {
        #expect(Spread([Double]()) == nil && Spread([Amount]()) == nil)
        let one = Spread([Amount(7)])
        #expect(one?.median == Amount(7) && one?.low == Amount(7) && one?.count == 1)
        let even = Spread([Amount(4), Amount(1), Amount(9), Amount(2)])
        #expect(even?.median == Amount(3) && even?.low == Amount(1) && even?.high == Amount(9))
        #expect(Spread([Amount(1), Amount(2)])?.median == Amount("1.5"))
    }

    @Test func `in random amounts parts them in halves`() {
        for seed in 1...200 as ClosedRange<UInt64> {
            var random = Numbers(state: seed)
            let amounts = (0..<Int(random.next() % 12) + 1).map { _ in Amount(Int(random.next() % 50)) }
            guard let spread = Spread(amounts) else {
                Issue.record("seed \(seed)")
                continue
            }
            let under = amounts.count { $0 < spread.median }
            let over = amounts.count { $0 > spread.median }
            #expect(under <= amounts.count / 2 && over <= amounts.count / 2, "seed \(seed)")
            #expect(amounts.contains(spread.low) && amounts.contains(spread.high), "seed \(seed)")
            #expect(amounts.allSatisfy { spread.low <= $0 && $0 <= spread.high }, "seed \(seed)")
        }
    }

    @Test func `of a ratio stays exact in money`() throws {
        let third = try #require(AmountRatio(Amount(1), to: Amount(3)))
        #expect(third.of(Amount(100), toPlaces: 2) == Amount("33.33"))
        #expect(AmountRatio(Amount(1), to: .zero) == nil && AmountRatio(Amount(1), to: Amount(-1)) == nil)
        // 2.9 × 6 million, where a double has no 2.9.
        let usual = try #require(AmountRatio(Amount("17400000.00") ?? .zero, to: Amount(6_000_000)))
        #expect(usual.of(Amount(6_000_000), toPlaces: 2) == Amount(17_400_000))
    }
}

/// A few numbers after each other (xorshift).
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
