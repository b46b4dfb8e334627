import Analytics
import Model
import Testing

/// How good calls were, worked by hand.
@Suite("Forecast accuracy")
struct ForecastAccuracyTests {
    private func calls(_ pairs: [(Int, Int)]) -> [LandedCall] {
        pairs.map {
            LandedCall(
                period: span("Q", "2026-01-01", "2026-03-31"), day: date("2026-03-01"), call: Amount($0.0),
                landed: Amount($0.1))
        }
    }

    @Test func `is the sum of misses over the sum landed`() {
        let accuracy = ForecastAccuracy(calls([(110, 100), (95, 100), (210, 200), (0, 0)]))
        #expect(accuracy.count == 4 && accuracy.tooHigh == 2)
        #expect(accuracy.missed == Amount(25) && accuracy.wape == 25.0 / 400)
        #expect(accuracy.bias == 15.0 / 400)
        // Of nothing landed there is no error: three are too few for a share.
        #expect(accuracy.medianError == nil && accuracy.withinFive == nil)
    }

    @Test func `a call of exactly five per cent off lies within`() throws {
        let accuracy = ForecastAccuracy(calls([(105, 100), (95, 100), (106, 100), (111, 100), (90, 100)]))
        #expect(accuracy.withinFive == Proportion(2, of: 5) && accuracy.withinTen == Proportion(4, of: 5))
        #expect(isNear(accuracy.medianError, 0.05))
    }

    @Test func `of too few, or of nothing landed, is none`() {
        let few = ForecastAccuracy(calls([(110, 100), (95, 100), (210, 200)]))
        #expect(few.count == 3 && few.wape == nil && few.bias == nil && few.tooHigh == 2)
        let nothing = ForecastAccuracy(calls([(1, 0), (1, 0), (1, 0), (1, 0)]))
        #expect(nothing.wape == nil && nothing.bias == nil && nothing.withinTen == nil)
        #expect(ForecastAccuracy([]).count == 0)
    }

    @Test func `value is added by coming nearer`() {
        let better = Replacement(before: Amount(80), after: Amount(95), landed: Amount(100))
        let worse = Replacement(before: Amount(100), after: Amount(130), landed: Amount(100))
        let same = Replacement(before: Amount(90), after: Amount(110), landed: Amount(100))
        let added = ValueAdded([better, better, better, worse, same, same])
        #expect(added.count == 6 && added.better == 3 && added.worse == 1)
        // 80 before; 15 + 30 + 20 after.
        #expect(added.money == Amount(15) && isNear(added.wapeBefore, 80.0 / 600))
        #expect(isNear(added.added, 15.0 / 600))
        // 1, 4, 6, 4, 1 of sixteen splits: 3 to 1 or as uneven is all but the middle one.
        #expect(isNear(added.pValue, 10.0 / 16))
    }

    @Test func `of too few or even replacements no chance is told`() {
        let same = Replacement(before: Amount(90), after: Amount(110), landed: Amount(100))
        #expect(ValueAdded(Array(repeating: same, count: 6)).pValue == nil)
        let better = Replacement(before: Amount(80), after: Amount(95), landed: Amount(100))
        let few = ValueAdded([better])
        #expect(few.added == nil && few.pValue == nil && few.money == Amount(15) && few.better == 1)
    }

    @Test func `a category's record is what came of it, and where what came had been`() {
        var standing = StandingSums()
        standing[.commit] = DealSum(count: 6, amount: Amount(100))
        standing[.landedCommit] = DealSum(count: 3, amount: Amount(60))
        standing[.landedClosed] = DealSum(count: 2, amount: Amount(40))
        standing[.landedCreated] = DealSum(count: 1, amount: Amount(20))
        let record = CategoryRecord(.commit, of: [standing, standing])
        #expect(record.precision == Proportion(6, of: 12) && isNear(record.amountPrecision, 0.6))
        #expect(record.recall == Proportion(6, of: 12) && isNear(record.amountRecall, 0.5))
        let few = CategoryRecord(.commit, of: [standing])
        #expect(few.precision == nil && few.recall == nil && few.then.count == 6)
    }

    // MARK: - Evidence

    private func endings(
        _ owner: String, late: Int = 0, early: Int = 0, never: Int = 0, lost: Int = 0
    ) -> [EndedDeal] {
        func ending(_ isWon: Bool, _ days: Int?) -> EndedDeal {
            EndedDeal(
                id: key("d"), owner: key(owner), isWon: isWon, knownDays: 90, isFirstKnownUnknown: false,
                wasInCommit: days != nil, commitDays: days)
        }
        return Array(repeating: ending(true, 6), count: late)
            + Array(repeating: ending(true, 7), count: early)
            + Array(repeating: ending(true, nil), count: never)
            + Array(repeating: ending(false, 20), count: lost)
    }

    @Test func `a win enters commit late in its last six days, and one never in commit does not`() throws {
        let evidence = CommitEvidence.of(
            endings("ann", late: 8, early: 2, never: 2) + endings("bob", late: 1, early: 39, lost: 10))
        let ann = try #require(evidence.first { $0.person == key("ann") })
        #expect(ann.late.own == Proportion(8, of: 12) && ann.late.others == Proportion(1, of: 40))
        #expect(ann.never == Proportion(2, of: 12) && ann.landed.own == Proportion(10, of: 10))
        #expect(ann.late.standsOut && !ann.landed.standsOut)
        let bob = try #require(evidence.first { $0.person == key("bob") })
        #expect(bob.landed.own == Proportion(40, of: 50) && bob.landed.others == Proportion(10, of: 10))
    }

    @Test func `of fewer than ten nothing is compared`() throws {
        let evidence = CommitEvidence.of(endings("ann", late: 9) + endings("bob", early: 50))
        let ann = try #require(evidence.first { $0.person == key("ann") })
        #expect(ann.late.adjustedChance == nil && ann.late.rate == nil && !ann.late.standsOut)
    }

    @Test func `the more are compared, the rarer must be what stands out`() throws {
        func chance(beside count: Int) throws -> Double {
            let others = (0..<count).flatMap { endings("p\($0)", late: 1, early: 19) }
            let evidence = CommitEvidence.of(endings("ann", late: 6, early: 14) + others)
            return try #require(evidence.first { $0.person == key("ann") }?.late.adjustedChance)
        }
        // Fisher's chance times the number compared, when it is the least of them.
        #expect(try chance(beside: 3) < 0.05)
        let plain = FisherExact.twoSided(
            try #require(Proportion(6, of: 20)), try #require(Proportion(3, of: 60)))
        #expect(isNear(try chance(beside: 3), 4 * (plain ?? 0)))
    }

    private func stay(_ left: String?, flagged: String? = nil, landed: Bool = false, over: Bool = true)
        -> CommitStay
    {
        CommitStay(
            id: key("d"), period: "Q", periodEnd: date("2026-03-31"), owner: key("ann"),
            leftOn: left.map(date), isOver: over, isLanded: landed, flaggedOn: flagged.map(date),
            loweredOn: nil)
    }

    @Test func `a risk is told of before a deal leaves commit, or its period ends`() {
        #expect(stay("2026-03-20", flagged: "2026-03-10").disclosedDaysBefore == 10)
        #expect(stay("2026-03-20", flagged: "2026-03-20").disclosedDaysBefore == nil)
        #expect(stay(nil, flagged: "2026-03-31").disclosedDaysBefore == 1)
        #expect(stay("2026-04-20", flagged: "2026-04-10").disclosedDaysBefore == nil)
        #expect(stay("2026-03-20", flagged: "2026-03-10", landed: true).disclosedDaysBefore == nil)
        #expect(stay("2026-03-20", flagged: "2026-03-10", over: false).disclosedDaysBefore == nil)
        let told = Disclosure([
            stay("2026-03-20", flagged: "2026-03-10"), stay("2026-03-20"), stay("2026-03-20"),
            stay("2026-03-20"), stay(nil), stay("2026-03-20", landed: true),
        ])
        #expect(told.slipped == 5 && told.told == 1 && told.share == 0.2 && told.medianDays == nil)
        #expect(Disclosure([stay(nil)]).share == nil)
    }
}
