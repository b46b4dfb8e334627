import Analytics
import Model
import Testing

/// Velocity, durations, ages and paces, worked by hand.
@Suite("Velocity")
struct VelocityTests {
    private func resolved(
        won: Int, amount: Int, lost: Int, noDecision: Int, days: Int = 50, wonDays: Int = 40
    )
        -> ResolvedSums
    {
        var sums = ResolvedSums()
        sums.add(
            ResolvedCell(
                kind: .won, count: won, timed: won, days: won * wonDays,
                valued: DealSum(count: won, amount: Amount(won * amount))))
        let rest = lost + noDecision
        let total = days * (won + rest) - won * wonDays
        sums.add(ResolvedCell(kind: .lost, count: lost, timed: rest, days: total, valued: .none))
        sums.add(ResolvedCell(kind: .noDecision, count: noDecision, timed: 0, days: 0, valued: .none))
        return sums
    }

    @Test func `is the product of its four factors, with the classic formula beside it`() {
        let velocity = Velocity(
            qualified: 10, open: 15, resolved: resolved(won: 4, amount: 100, lost: 4, noDecision: 2))
        // 10 × 100 × 0.4 / 50; classic 15 × 100 × 0.5 / 40.
        #expect(velocity.perDay == Amount(8))
        #expect(velocity.classic == Amount("18.75"))
        #expect(velocity.meanDays == 50 && velocity.meanWonDays == 40)
        #expect(velocity.resolved.meanWon == Amount(100))
    }

    @Test func `does not rise with junk, nor with losses that never close`() {
        let sums = resolved(won: 4, amount: 100, lost: 4, noDecision: 2)
        let lean = Velocity(qualified: 10, open: 15, resolved: sums)
        let junk = Velocity(qualified: 10, open: 500, resolved: sums)
        #expect(junk.perDay == lean.perDay)
        #expect(junk.classic ?? .zero > lean.classic ?? .zero)
    }

    @Test func `of nothing ended, nothing won and no day is none`() {
        let none = Velocity(qualified: 10, open: 10, resolved: ResolvedSums())
        #expect(none.perDay == nil && none.classic == nil && none.meanDays == nil)
        let lost = Velocity(
            qualified: 10, open: 10, resolved: resolved(won: 0, amount: 0, lost: 4, noDecision: 0))
        #expect(lost.perDay == nil && lost.meanDays == 50)
        let atOnce = Velocity(
            qualified: 10, open: 10,
            resolved: resolved(won: 4, amount: 100, lost: 0, noDecision: 0, days: 0, wonDays: 0))
        #expect(atOnce.perDay == nil && atOnce.meanDays == 0)
        #expect(VelocityChange(from: none, to: lost) == nil)
        let worthless = Velocity(
            qualified: 10, open: 10, resolved: resolved(won: 4, amount: 0, lost: 4, noDecision: 2))
        #expect(worthless.perDay == Amount.zero)
        #expect(VelocityChange(from: worthless, to: worthless) == nil)
    }

    @Test func `its change is the sum of what each factor did`() throws {
        let before = Velocity(
            qualified: 10, open: 15, resolved: resolved(won: 4, amount: 100, lost: 4, noDecision: 2))
        let now = Velocity(
            qualified: 20, open: 30,
            resolved: resolved(won: 2, amount: 100, lost: 6, noDecision: 2, days: 100))
        let change = try #require(VelocityChange(from: before, to: now))
        // Twice the deals, half the win rate, twice the days: half the velocity.
        #expect(agree(change.ratios[.deals], 2) && agree(change.ratios[.rate], 0.5))
        #expect(agree(change.effect(of: .deals), 0.6931471805599453))
        #expect(agree(change.effect(of: .days), -0.6931471805599453))
        #expect(agree(change.effect(of: .amount), 0) && agree(change.ratio, 0.5))
        #expect(now.perDay == Amount(4))
    }

    private func visit(
        _ stage: String?, _ days: Int?, _ count: Int = 1, segment: String? = nil,
        month: String = "2026-01-01",
        reached: Bool = true, kind: DealKind = .won, vanished: Bool = false
    ) -> FateCell {
        FateCell(
            slice: segment, step: stage.map(key), month: date(month), isReached: reached, kind: kind,
            days: days,
            isInPeriod: vanished, count: count)
    }

    @Test func `visits that go on count for as long as they were seen`() {
        let window = date("2026-01-01")..<date("2026-02-01")
        let durations = StageDurations(
            [
                visit("a", 10, 2), visit("a", 30, 1), visit("a", 40, 3, reached: false, kind: .open),
                visit("a", 500, 9, month: "2025-12-01"), visit("a", nil, 4),
            ], begun: window)
        #expect(durations.completed.count == 3 && durations.completed.median == 10)
        #expect(durations.completed[0.75] == 20)
        #expect(durations.curve.count == 6 && durations.unfinished == 3)
        // After 30 days 3 of 6 are left.
        #expect(durations.curve.median == 30)
        #expect(StageDurations([], begun: window).completed.median == nil)
    }

    private func open(
        _ stage: String?, stageDays: Int?, days: Int?, segment: String? = "S", isQualified: Bool = true
    ) -> OpenDealAge {
        OpenDealAge(
            id: key("d"), name: "d", holder: DealHolder(owner: nil, isOwnerKnown: false, team: nil),
            segment: segment, stage: stage.map(key), stageName: stage, isQualified: isQualified,
            isPastDue: false, days: days, stageDays: stageDays, amount: nil)
    }

    @Test func `over-age is what is older than three of four won deals of the segment were`() {
        let bounds = AgeBounds(
            visits: [
                visit("a", 10, 8, segment: "S"), visit("a", 20, 4, segment: "S"),
                // Too few of this segment: all of them set its bound.
                visit("a", 100, 4, segment: "T"),
                // Lost ones set none.
                visit("a", 900, 50, segment: "S", kind: .lost),
            ], deals: [visit(nil, 60, 10, segment: "S")])
        #expect(bounds.bound(stage: key("a"), segment: "S") == 20)
        #expect(bounds.bound(stage: key("a"), segment: "T") == 40)
        #expect(bounds.isOverAge(open("a", stageDays: 21, days: 21)) == true)
        #expect(bounds.isOverAge(open("a", stageDays: 20, days: 500)) == false)
        // Where the days in the stage or its bound are not known, the deal's own count.
        #expect(bounds.isOverAge(open("a", stageDays: nil, days: 61)) == true)
        #expect(bounds.isOverAge(open("b", stageDays: 500, days: 60)) == false)
        #expect(bounds.isOverAge(open("b", stageDays: 500, days: nil)) == nil)
        #expect(AgeBounds(visits: [], deals: []).isOverAge(open("a", stageDays: 13, days: 13)) == nil)
    }

    @Test func `a stage is measured against its own four quarters before, each visit followed equally long`()
        throws
    {
        let day = date("2026-12-07")
        var cells: [FateCell] = []
        // Thirty days to follow: quarters begin on 2026-08-01, 05-01, 02-01, 2025-11-01 …
        for month in ["2025-08-01", "2025-11-01", "2026-02-01", "2026-05-01"] {
            cells += [visit("a", 10, 15, month: month), visit("a", 25, 5, month: month)]
        }
        cells += [
            visit("a", 25, 15, month: "2026-08-01"),
            visit("a", 300, 5, month: "2026-10-01", reached: false, kind: .open),
            // Vanished before its time was over; begun too late.
            visit("a", 3, 50, month: "2026-08-01", reached: false, vanished: true),
            visit("a", 3, 50, month: "2026-11-01"),
        ]
        let pace = try #require(StagePace(cells, asOf: day, limit: 30, bound: 14))
        #expect(pace.quarters[0].days == date("2026-08-01")..<date("2026-11-01"))
        #expect(pace.quarters[0].visits == 20 && pace.quarters[0].spent == 15 * 25 + 5 * 30)
        #expect(pace.meanBefore(0) == 13.75)
        // (26.25 − 13.75) × 20.
        #expect(pace.excess(0) == 250)
        #expect(pace.slowness(0)?.before == Proportion(20, of: 80))
        #expect(pace.slowness(0)?.now == Proportion(20, of: 20))
        #expect(pace.excess(1) == 0)
        #expect(StagePace(cells, asOf: day, limit: 0, bound: 14) == nil)
        #expect(StagePace([], asOf: day, limit: 30, bound: 14)?.excess(0) == nil)
        let limits = StagePace.limits(cells, asOf: day)
        #expect(limits?.bound == 13.75 && limits?.limit == 14)
        #expect(StagePace.limits([visit("a", 10, 9)], asOf: day) == nil)
    }

    @Test func `required leads are the gap over what a lead is worth`() throws {
        let expected = RequiredLeads.Expected(
            fromOpen: Amount(300), fromMoved: Amount(50), fromOthers: Amount(100), fromWaiting: Amount(50))
        let rates = try [#require(Proportion(20, of: 100)), #require(Proportion(25, of: 100))]
        let required = RequiredLeads(
            toGo: Amount(1000), expected: expected, rates: rates,
            won: DealSum(count: 16, amount: Amount(1600)), deviation: 40)
        #expect(required.gap == Amount(500) && required.leadValue == 5 && required.leads == 100)
        let interval = try #require(required.interval())
        // Variances of the logarithm: 40² / (16 × 100²), 80 / (100 × 20), 75 / (100 × 25).
        #expect(
            agree(interval.low, 57.443890629591586, 1e-9) && agree(interval.high, 174.08291622309807, 1e-9),
            "\(interval)")
        let met = RequiredLeads(
            toGo: Amount(400), expected: expected, rates: rates,
            won: DealSum(count: 16, amount: Amount(1600)), deviation: 40)
        #expect(met.gap == .zero && met.leads == 0)
        let few = try RequiredLeads(
            toGo: Amount(1000), expected: expected, rates: [#require(Proportion(2, of: 9))],
            won: DealSum(count: 1, amount: Amount(1)), deviation: nil)
        #expect(few.leads == nil && few.interval() == nil)
    }
}
