import Analytics
import Model
import Testing

/// A period beside the same day of past ones, worked by hand.
@Suite("Pacing")
struct PacingTests {
    private func now(closed: Int, commit: Int = 0, bestCase: Int = 0) -> ForecastSums {
        var sums = ForecastSums()
        for (category, amount) in [
            (ForecastCategory.closed, closed), (.commit, commit), (.bestCase, bestCase),
        ] {
            sums.add(cell("ann", in: "east", category, amount), at: .team(key("east")))
        }
        return sums
    }

    @Test func `compares with the median of the last eight and the spread of the last four`() {
        let past = [50, 70, 60, 40, 90, 20, 30, 10, 1000].map {
            sums([.closed: $0, .commit: 10, .landed: 100])
        }
        let pacing = Pacing(.closed, now: now(closed: 55), past: past)
        // The ninth is too long ago. Sorted: 10 20 30 40 50 60 70 90.
        #expect(pacing.ofEight?.count == 8 && pacing.ofEight?.median == Amount(45))
        #expect(pacing.ahead == Amount(10))
        #expect(pacing.ofFour?.low == Amount(40) && pacing.ofFour?.high == Amount(70))
        #expect(pacing.shareOfLanded?.median == 0.45 && pacing.landedOfEight?.high == Amount(100))
        let firm = Pacing(.commitCumulative, now: now(closed: 55, commit: 5), past: past)
        #expect(firm.now == Amount(60) && firm.ofEight?.median == Amount(55) && firm.ahead == Amount(5))
    }

    @Test func `has nothing to compare with without a past`() {
        let pacing = Pacing(.open, now: now(closed: 9, commit: 3, bestCase: 4), past: [])
        #expect(pacing.now == Amount(7) && pacing.ofEight == nil && pacing.ahead == nil)
        #expect(pacing.shareOfLanded == nil)
    }

    @Test func `has no share of a period that landed at nothing`() {
        let pacing = Pacing(
            .closed, now: now(closed: 1), past: [sums([.closed: 5]), sums([.closed: 5, .landed: 10])])
        #expect(pacing.shareOfLanded?.count == 1 && pacing.shareOfLanded?.median == 0.5)
        #expect(pacing.ofEight?.count == 2)
    }

    @Test func `counts the calls that were too high`() {
        func call(_ called: Int, _ landed: Int) -> LandedCall {
            LandedCall(
                period: span("FY2026Q1", "2026-01-01", "2026-03-31"), day: date("2026-03-01"),
                call: Amount(called), landed: Amount(landed))
        }
        let bias = CallBias([call(106, 100), call(90, 100), call(108, 100), call(100, 100), call(5, 0)])
        // 6 %, −10 %, 8 %, 0 %; nothing was landed in the last, which has no error.
        #expect(bias.count == 4 && bias.tooHigh == 2)
        #expect(isNear(bias.error?.median, 0.03))
        #expect(CallBias([]).error == nil && CallBias([]).count == 0)
    }
}

/// Whether they are the same but for the last bits.
func isNear(_ left: Double?, _ right: Double) -> Bool {
    left.map { ($0 - right).magnitude < 1e-12 } ?? false
}
