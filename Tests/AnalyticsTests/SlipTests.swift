import Analytics
import Model
import Testing

/// What became of the deals of FY2026Q4, 2026-10-01 to 2026-12-31, frozen on 2027-01-06: worked by hand.
@Suite("Slips")
struct SlipTests {
    private let period = span("FY2026Q4", "2026-10-01", "2026-12-31")
    private let freeze = date("2027-01-06")

    private func judge(
        _ pasts: [DealPast], until end: String = "2027-01-06", isFinal: Bool = true,
        lateDays: Int = 15, recreations: Recreations? = nil
    ) -> SlipJudge {
        SlipJudge(
            period: period, end: date(end), isFinal: isFinal, lateDays: lateDays,
            pasts: Dictionary(uniqueKeysWithValues: pasts.map { ($0.id, $0) }),
            recreations: recreations ?? Recreations(of: [], among: [], until: date(end)))
    }

    private func fate(_ spans: [DealSpan], until end: String = "2027-01-06", isFinal: Bool = true) -> Slip {
        judge([past("x", spans)], until: end, isFinal: isFinal).fate(of: key("x"))
    }

    @Test func `a deal that is won or lost in the period has not slipped`() {
        #expect(
            fate([
                stay("2026-09-01", "2026-11-10", "2026-12-01"), stay("2026-11-10", nil, "2026-11-09", .won),
            ])
                == Slip(outcome: .won, closeDate: date("2026-11-09")))
        #expect(
            fate([
                stay("2026-09-01", "2026-11-10", "2026-12-01"), stay("2026-11-10", nil, "2026-11-09", .lost),
            ])
            .outcome == .lost)
        #expect(fate([stay("2026-09-01", nil, nil, .noDecision)]).outcome == .lost)
        // Lost with a date before the period: closed all the same.
        #expect(fate([stay("2026-09-01", nil, "2026-09-30", .lost)]).outcome == .lost)
    }

    @Test func `a deal that left slipped late or was pushed out by the day on which it left`() {
        func left(_ day: String) -> Slip {
            fate([stay("2026-09-01", day, "2026-12-20"), stay(day, nil, "2027-02-01")])
        }
        // 14 days before the end: among the last 15. 15 days before it: not.
        #expect(left("2026-12-17").outcome == .late)
        #expect(left("2026-12-16").outcome == .pushed)
        #expect(left("2026-12-16").leftOn == date("2026-12-16"))
        #expect(left("2027-01-04").outcome == .late)
        // Undated is later than any date.
        #expect(
            fate([stay("2026-09-01", "2026-11-01", "2026-12-20"), stay("2026-11-01", nil, nil)]).outcome
                == .pushed)
        // Left, came back and left again: the last time counts.
        let back = [
            stay("2026-09-01", "2026-10-10", "2026-12-20"), stay("2026-10-10", "2026-11-10", "2027-02-01"),
            stay("2026-11-10", "2026-12-30", "2026-12-28"), stay("2026-12-30", nil, "2027-03-01"),
        ]
        #expect(fate(back).leftOn == date("2026-12-30") && fate(back).outcome == .late)
    }

    @Test func `a deal that left slipped even where it closed afterwards`() {
        let left = stay("2026-09-01", "2026-12-20", "2026-12-20")
        #expect(fate([left, stay("2026-12-20", nil, "2027-01-05", .won)]).outcome == .late)
        #expect(fate([left, stay("2026-12-20", nil, "2027-01-05", .lost)]).outcome == .late)
    }

    @Test func `a deal that nobody moved slipped when the period was frozen and not before`() {
        let still = [stay("2026-09-01", nil, "2026-12-20")]
        #expect(fate(still).outcome == .unmoved)
        #expect(fate(still, until: "2026-12-07", isFinal: false).outcome == .open)
        #expect(fate([stay("2026-09-01", "2026-12-01", "2026-12-20")]).outcome == .vanished)
        #expect(judge([]).fate(of: key("never heard of")).outcome == .vanished)
    }

    // MARK: - Sums

    @Test func `slip rates are of what was open, by amount and count, and none of nothing`() {
        var sums = SlipSums()
        #expect(sums.rate == nil && sums.countRate == nil)
        sums.add(.won, Amount(60), wonFor: Amount(50))
        sums.add(.late, Amount(20), wonFor: .zero)
        sums.add(.pushed, Amount(10), wonFor: .zero)
        sums.add(.unmoved, Amount(5), wonFor: .zero)
        sums.add(.lost, Amount(5), wonFor: .zero)
        #expect(sums.rate == 0.35 && sums.countRate == 0.6)
        #expect(sums.slipped == DealSum(count: 3, amount: Amount(35)))
        #expect(sums.wonFor == Amount(50) && sums.all == DealSum(count: 5, amount: Amount(100)))
        var free = SlipSums()
        free.add(.late, .zero, wonFor: .zero)
        #expect(free.rate == nil && free.countRate == 1)
    }

    // MARK: - Made anew

    private func lost(_ id: String, on day: String, product: String? = "p") -> DealPast {
        past(
            id, [stay("2026-09-01", day, "2026-12-20"), stay(day, nil, day, .lost)], account: "acme",
            product: product)
    }

    private func new(
        _ id: String, from day: String, account: String? = "acme", product: String? = "p",
        closing: String? = "2027-02-15", _ kind: DealKind = .open
    ) -> DealPast {
        past(id, [stay(day, nil, closing, kind)], account: account, product: product)
    }

    private func successors(_ lost: [DealPast], _ others: [DealPast]) -> [String: String] {
        let found = Recreations(of: lost, among: lost + others, until: freeze).successors
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $1.id) })
    }

    @Test func `a lost deal is linked with a new one of its account and product within 30 days`() {
        let gone = lost("gone", on: "2026-12-01")
        #expect(successors([gone], [new("n", from: "2026-12-01")]) == ["gone": "n"])
        #expect(successors([gone], [new("n", from: "2026-12-31")]) == ["gone": "n"])
        #expect(successors([gone], [new("n", from: "2027-01-01")]).isEmpty)
        #expect(successors([gone], [new("n", from: "2026-11-30")]).isEmpty)
        #expect(successors([gone], [new("n", from: "2026-12-05", account: "other")]).isEmpty)
        #expect(successors([gone], [new("n", from: "2026-12-05", product: "q")]).isEmpty)
        #expect(successors([gone], [new("n", from: "2026-12-05", product: nil)]).isEmpty)
        // Nothing is the same as nothing.
        let plain = lost("gone", on: "2026-12-01", product: nil)
        #expect(successors([plain], [new("n", from: "2026-12-05", product: nil)]).isEmpty)
    }

    @Test func `each deal is linked once, the earliest loss with the earliest deal`() {
        let lost = [lost("b", on: "2026-12-03"), lost("a", on: "2026-12-01"), lost("c", on: "2026-12-04")]
        let new = [new("y", from: "2026-12-20"), new("x", from: "2026-12-10")]
        #expect(successors(lost, new) == ["a": "x", "b": "y"])
    }

    @Test func `a deal that is not lost any more is linked with nothing`() {
        let reopened = past(
            "r",
            [
                stay("2026-09-01", "2026-12-01", "2026-12-20"), stay("2026-12-01", "2026-12-05", nil, .lost),
                stay("2026-12-05", nil, "2026-12-20"),
            ], account: "acme", product: "p")
        #expect(successors([reopened], [new("n", from: "2026-12-02")]).isEmpty)
    }

    @Test func `a deal that was lost and made anew has slipped, or is what the new one is`() {
        let gone = lost("gone", on: "2026-12-01")
        func fate(_ successor: DealPast, isFinal: Bool = true) -> Slip {
            judge(
                [gone, successor], isFinal: isFinal,
                recreations: Recreations(of: [gone], among: [successor], until: freeze)
            ).fate(of: key("gone"))
        }
        let slip = fate(new("n", from: "2026-12-05"))
        #expect(slip.outcome == .pushed && slip.successor == key("n"))
        // It was never to close in the period itself: the loss is where it left.
        #expect(slip.leftOn == date("2026-12-01") && slip.closeDate == date("2027-02-15"))
        #expect(fate(new("n", from: "2026-12-05", closing: "2026-12-30", .won)).outcome == .won)
        #expect(fate(new("n", from: "2026-12-05", closing: "2026-12-30")).outcome == .unmoved)
        #expect(fate(new("n", from: "2026-12-05", closing: "2026-12-30"), isFinal: false).outcome == .open)
        let lostAgain = fate(new("n", from: "2026-12-05", closing: "2026-12-30", .lost))
        #expect(lostAgain == Slip(outcome: .lost, closeDate: date("2026-12-01")))
    }

    // MARK: - Pushes

    @Test func `pushes count what went later while it was open`() {
        let moves = [
            move("a", "2026-10-05", "2026-11-01", "2026-12-01"),
            move("a", "2026-12-05", "2026-12-01", "2027-01-20", isPeriod: true),
            move("a", "2026-12-06", "2027-01-20", "2026-12-30"),
            move("b", "2026-12-06", "2026-12-30", nil, isPeriod: true),
        ]
        let pushes = Pushes(moves)
        #expect(pushes.count == 3 && pushes.periodCount == 2 && pushes.deals.count == 2)
        // 30 + 50; from a date to none are no days.
        #expect(pushes.days == 80)
        #expect(Pushes.leaving(period, among: moves).map(\.day) == [date("2026-12-05"), date("2026-12-06")])
        #expect(Pushes([]).count == 0)
    }

    private func move(
        _ id: String, _ day: String, _ from: String, _ to: String?, isPeriod: Bool = false
    ) -> CloseMove {
        let isLater = to.map { $0 > from } ?? true
        return CloseMove(
            deal: key(id), day: date(day), from: date(from), to: to.map(date), isPush: isLater,
            isPull: !isLater, fromPeriod: nil, toPeriod: nil, isPeriodPush: isPeriod)
    }

    // MARK: - Hairballs

    @Test func `a deal is in the pipeline of a period when it was open in it while it ran`() {
        let quarters = [
            span("Q3", "2026-07-01", "2026-09-30"), span("Q2", "2026-04-01", "2026-06-30"),
            span("Q1", "2026-01-01", "2026-03-31"),
        ]
        let hairy = past(
            "h",
            [
                // Pushed out of Q1 before that began, out of Q2 on its last day, through Q3.
                stay("2025-12-01", "2025-12-31", "2026-02-01"),
                stay("2025-12-31", "2026-06-30", "2026-06-15"),
                stay("2026-06-30", "2026-10-02", "2026-09-20"), stay("2026-10-02", nil, "2026-12-15"),
            ])
        #expect(Hairballs.periods(of: hairy, among: quarters).map(\.label) == ["Q3", "Q2"])
        let lost = past("l", [stay("2026-04-01", nil, "2026-05-01", .lost)])
        #expect(Hairballs.periods(of: lost, among: quarters).isEmpty)
        // The last day of a span is the one before it ends.
        let brief = past("b", [stay("2026-06-20", "2026-07-01", "2026-08-01"), stay("2026-07-01", nil, nil)])
        #expect(Hairballs.periods(of: brief, among: quarters).isEmpty)
    }
}

/// A span of days of a deal: from a day, up to and without another.
func stay(_ from: String, _ to: String?, _ closing: String?, _ kind: DealKind = .open) -> DealSpan {
    DealSpan(
        from: date(from), to: to.map(date), kind: kind,
        category: kind == .open ? .commit : kind == .won ? .closed : .omitted, closeDate: closing.map(date))
}

func past(_ id: String, _ spans: [DealSpan], account: String? = nil, product: String? = nil) -> DealPast {
    DealPast(id: key(id), name: id, account: account.map(key), product: product, spans: spans)
}
