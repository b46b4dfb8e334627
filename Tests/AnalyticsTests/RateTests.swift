import Analytics
import Model
import Testing

/// Cohorts, curves and verdicts, worked by hand.
@Suite("Rates and whether they have changed")
struct RateTests {
    @Test func `windows are whole months that are old enough`() {
        let windows = CohortWindows(asOf: date("2026-12-07"), horizon: 30)
        #expect(windows.now == date("2026-08-01")..<date("2026-11-01"))
        #expect(windows.before == date("2025-08-01")..<date("2026-08-01"))
        #expect(windows.year == date("2025-11-01")..<date("2026-11-01"))
        // They stay all month, and move on with its last day.
        #expect(CohortWindows(asOf: date("2026-12-30"), horizon: 30) == windows)
        #expect(CohortWindows(asOf: date("2026-12-31"), horizon: 30).now.upperBound == date("2026-12-01"))
        #expect(CohortWindows(asOf: date("2026-12-07"), horizon: 31).now.upperBound == date("2026-10-01"))
        #expect(CohortWindows(asOf: date("2026-01-15"), horizon: 0).year.lowerBound == date("2025-01-01"))
    }

    @Test func `a day divides what is now from what was before`() {
        let windows = CohortWindows(asOf: date("2026-12-07"), horizon: 30, since: date("2026-09-14"))
        #expect(windows.now == date("2026-09-14")..<date("2026-11-01"))
        #expect(windows.before == date("2025-09-01")..<date("2026-09-14"))
        // A day that is not old enough leaves nothing to compare.
        #expect(CohortWindows(asOf: date("2026-12-07"), horizon: 30, since: date("2026-12-01")).now.isEmpty)
    }

    private func cell(
        _ month: String?, _ kind: DealKind, _ days: Int?, _ count: Int, reached: Bool? = nil, amount: Int = 0,
        isInPeriod: Bool = false
    ) -> FateCell {
        FateCell(
            month: month.map(date), isReached: reached ?? (kind == .won), kind: kind, days: days,
            isInPeriod: isInPeriod, count: count,
            valued: amount == 0 ? .none : DealSum(count: count, amount: Amount(amount)),
            largest: Amount(amount))
    }

    @Test func `a cohort counts who came through in time, of all who had it`() {
        let windows = CohortWindows(asOf: date("2026-12-07"), horizon: 30)
        var sums = CohortSums()
        for cell in [
            cell("2026-02-01", .won, 20, 6, amount: 60), cell("2026-02-01", .won, 31, 2, amount: 50),
            cell("2026-02-01", .lost, 30, 5, amount: 30), cell("2026-02-01", .noDecision, 10, 1),
            cell("2026-02-01", .lost, 90, 3), cell("2026-02-01", .open, 250, 3, amount: 20),
            // In the twelve months before, but not in the last year of the windows.
            cell("2025-08-01", .won, 10, 4),
            // Too young; without a day; of unknown age.
            cell("2026-11-01", .won, 5, 9), cell(nil, .won, 5, 9), cell("2026-02-01", .lost, nil, 9),
            cell("2026-09-01", .won, 30, 3), cell("2026-09-01", .lost, 3, 7),
        ] { sums.add(cell, windows) }
        #expect(sums.begun == 30 && sums.reached == 9 && sums.lost == 12 && sums.noDecision == 1)
        // Two won too late, three lost too late, three still open: none of them in time.
        #expect(sums.overdue == 8)
        #expect(sums.rate?.rate == 0.3)
        #expect(sums.valued == DealSum(count: 16, amount: Amount(160)))
        #expect(sums.amountRate == 60.0 / 160 && sums.largestShare == 60.0 / 160)
        #expect(sums.standsReached == 11 && sums.standing(.lost) == 15 && sums.standing(.open) == 3)
        #expect(sums.change?.before == Proportion(10, of: 24) && sums.change?.now == Proportion(3, of: 10))
    }

    @Test func `closed deals alone make the narrow and the broad rate`() {
        var sums = CohortSums()
        #expect(sums.narrow?.rate == nil && sums.broad?.rate == nil && sums.narrowByAmount == nil)
        for cell in [
            cell(nil, .won, nil, 3, amount: 30, isInPeriod: true),
            cell(nil, .lost, nil, 3, amount: 50, isInPeriod: true),
            cell(nil, .noDecision, nil, 6, amount: 20, isInPeriod: true), cell(nil, .won, nil, 50, amount: 9),
        ] { sums.add(cell, nil) }
        #expect(sums.narrow == Proportion(3, of: 6) && sums.broad == Proportion(3, of: 12))
        #expect(sums.narrowByAmount == 0.375 && sums.broadByAmount == 0.3)
        #expect(sums.begun == 0 && sums.change == nil)
    }

    @Test func `the horizon is that in which nine of ten came through that ever will`() {
        let days = date("2026-01-01")..<date("2026-12-08")
        func horizon(_ cells: [FateCell]) -> Int? {
            CumulativeIncidence(cells, begun: days).horizon(of: .reached)
        }
        #expect(horizon([cell("2026-01-01", .won, 14, 9), cell("2026-01-01", .won, 40, 1)]) == 14)
        #expect(horizon([cell("2026-01-01", .won, 15, 9), cell("2026-01-01", .won, 40, 1)]) == 30)
        #expect(horizon([cell("2026-01-01", .won, 14, 8), cell("2026-01-01", .won, 61, 2)]) == 90)
        #expect(horizon([cell("2026-01-01", .won, 4000, 8)]) == 1095)
        #expect(horizon([cell("2026-01-01", .lost, 14, 8)]) == nil && horizon([]) == nil)
        // What began before is left out.
        #expect(horizon([cell("2025-12-01", .won, 14, 8)]) == nil)
    }

    @Test func `too few on either side say nothing, and are no test`() throws {
        func change(_ was: Int, _ before: Int, _ isNow: Int, _ now: Int) -> RateChange? {
            Proportion(was, of: before).flatMap { was in
                Proportion(isNow, of: now).flatMap { RateChange(from: was, to: $0) }
            }
        }
        let verdicts = RateWatch.judge([
            change(50, 100, 0, 9), nil, change(60, 100, 10, 50), change(5, 9, 20, 40),
            change(50, 100, 25, 50),
        ])
        #expect(verdicts[0] == nil && verdicts[1] == nil && verdicts[3] == nil)
        let fallen = try #require(verdicts[2])
        #expect(fallen.isAlarm && verdicts[4]?.isAlarm == false)
        // Two tests were made: the smaller p value counts twice.
        #expect(abs(fallen.adjusted - 2 * fallen.change.exactPValue) < 1e-15)
        #expect(RateWatch.judge([]).isEmpty)
    }

    @Test func `the promise of a year is that of its looks together`() {
        #expect(abs(RateWatch.yearlyRate - 0.12) < 1e-15)
    }
}
