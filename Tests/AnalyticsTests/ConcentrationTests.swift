import Analytics
import Model
import Testing

/// How much hangs on how few, worked by hand.
@Suite("Concentration")
struct ConcentrationTests {
    private func amounts(_ numbers: [Int]) -> [Amount] { numbers.map { Amount($0) } }

    @Test func `is the share of the largest`() {
        let parts = Concentration(amounts([10, 40, 20, 5, 15, 10, 0, -3]))
        #expect(parts.count == 6 && parts.total == Amount(100))
        #expect(parts.top1 == 0.4 && parts.top5 == 0.95)
        // 0.16 + 0.04 + 0.0225 + 0.01 + 0.01 + 0.0025.
        #expect(isNear(parts.hhi, 0.245))
    }

    @Test func `of nothing is none`() {
        let parts = Concentration(amounts([0, -5]))
        #expect(parts.count == 0 && parts.top1 == nil && parts.top5 == nil && parts.hhi == nil)
        #expect(Concentration(amounts([7])).hhi == 1)
    }

    @Test(arguments: [
        // 100 closed, 10 + 20 + 30 in commit.
        (161, Concentration.MustClose.missed), (160, .deals(1)), (131, .deals(1)), (130, .deals(2)),
        (110, .deals(3)), (101, .deals(3)), (100, .safe), (1, .safe),
    ])
    func `counts the deals whose loss misses the goal`(goal: Int, must: Concentration.MustClose) {
        #expect(
            Concentration.mustClose(
                closed: Amount(100), commit: amounts([10, 30, 20]), goal: Amount(goal)) == must)
    }

    @Test(arguments: [nil, 0, -1]) func `has nothing to miss without a goal`(goal: Int?) {
        #expect(
            Concentration.mustClose(
                closed: Amount(100), commit: amounts([1]), goal: goal.map { Amount($0) }) == nil)
    }
}

/// Who carries the number.
@Suite("Attainment")
struct AttainmentTests {
    private func person(_ closed: Int, of quota: Int = 100, prorated: Int? = nil, isRamping: Bool = false)
        -> PersonAttainment
    {
        PersonAttainment(
            closed: Amount(closed), quota: Amount(quota), prorated: Amount(prorated ?? quota),
            isRamping: isRamping)
    }

    @Test func `parts people at 70 and at 100 %`() {
        let all = Attainment([
            person(100), person(99), person(70), person(69), person(0), person(50, of: 100, prorated: 50),
        ])
        #expect(all.people == 6 && all.atFull == 2 && all.atSeventy == 2 && all.below == 2)
        // 0, 0.69, 0.7, 0.99, 1, 1: quartiles as spreadsheets have them.
        #expect(isNear(all.quartiles?.lower, 0.6925) && isNear(all.quartiles?.median, 0.845))
        #expect(isNear(all.quartiles?.upper, 0.9975))
    }

    @Test func `leaves out who has no quota, or was not there`() {
        let all = Attainment([person(5, of: 0), person(5, of: 10, prorated: 0), person(5, of: 10)])
        #expect(all.people == 1 && all.below == 1)
        #expect(Attainment([]).quartiles == nil && Attainment([]).people == 0)
        #expect(person(5, of: 10, prorated: 0).share == nil)
    }

    @Test func `prorates the quota of who came in the middle`() throws {
        let quarter = try #require(FiscalCalendar().period(labelled: "FY2026Q4"))
        let proration = Proration(
            period: quarter, day: date("2026-12-07"),
            employments: [
                key("ann"): Employment(start: date("2026-11-16")),
                key("bob"): Employment(roleStart: date("2026-10-01"), ramped: date("2027-01-01")),
            ], places: 2)
        let ann = proration.attainment(of: key("ann"), closed: Amount(40), quota: Amount(100))
        #expect(ann.prorated == Amount(50) && ann.share == 0.8 && !ann.isRamping)
        #expect(proration.attainment(of: key("bob"), closed: .zero, quota: Amount(100)).isRamping)
    }
}
