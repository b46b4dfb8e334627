import Analytics
import Testing

/// Every statistic against scipy and statsmodels, and what none of them may say of nothing.
@Suite("Statistics")
struct StatisticsTests {
    private let fixture: StatisticsFixture

    init() throws { fixture = try .read() }

    @Test func `the normal distribution and its inverse are scipy's`() {
        for known in fixture.normal {
            #expect(agree(StandardNormal.quantile(known.p), known.x), "quantile of \(known.p)")
            #expect(agree(StandardNormal.cumulative(known.x), known.cumulative), "below \(known.x)")
            #expect(agree(StandardNormal.upperTail(known.x), known.upper), "above \(known.x)")
        }
        #expect(fixture.normal.count == 12)
        for none in [0, 1, -0.1, 1.1, Double.nan] { #expect(StandardNormal.quantile(none) == nil) }
    }

    @Test func `the interval of a rate is Wilson's`() throws {
        for known in fixture.wilson {
            let rate = try #require(Proportion(known.hits, of: known.trials))
            let interval = try #require(rate.interval(confidence: known.confidence))
            #expect(agree(interval.low, known.low) && agree(interval.high, known.high), "\(known)")
            #expect(try interval.contains(#require(rate.rate)))
        }
        #expect(fixture.wilson.count == 27)
    }

    @Test func `the change of a rate has Newcombe's interval, the tests and the detectable changes`() throws {
        for known in fixture.changes {
            let before = try #require(Proportion(known.before[0], of: known.before[1]))
            let now = try #require(Proportion(known.now[0], of: known.now[1]))
            let change = try #require(RateChange(from: before, to: now))
            let interval = try #require(change.interval())
            #expect(agree(interval.low, known.low) && agree(interval.high, known.high), "\(known)")
            #expect(agree(FisherExact.twoSided(before, now), known.fisher, 1e-7), "\(known)")
            #expect(agree(change.exactPValue, known.fisher, 1e-7), "\(known)")
            #expect(agree(change.pValue, change.isSmall ? known.fisher : known.score, 1e-7), "\(known)")
            #expect(agree(change.detectableFall(), known.fall, 1e-8), "\(known)")
            #expect(agree(change.detectableRise(), known.rise, 1e-8), "\(known)")
        }
        #expect(fixture.changes.count == 50)
    }

    @Test func `binomial tails, the sign test and the bound are scipy's`() throws {
        for known in fixture.binomials {
            let hits = try #require(Proportion(known.hits, of: known.trials))
            #expect(agree(BinomialTest.atLeast(hits, rate: known.rate), known.at_least), "\(known)")
            #expect(agree(BinomialTest.atMost(hits, rate: known.rate), known.at_most), "\(known)")
            #expect(agree(BinomialTest.twoSided(hits, rate: known.rate), known.two_sided), "\(known)")
            #expect(
                BinomialTest.bound(trials: known.trials, rate: known.rate, confidence: 0.99) == known.bound)
        }
        // Seven of eight is no proof: metric 24.
        #expect(agree(BinomialTest.signs(positive: 7, negative: 1), 18.0 / 256))
        #expect(BinomialTest.signs(positive: 4, negative: 4) == 1)
        #expect(BinomialTest.signs(positive: 0, negative: 0) == nil)
        #expect(BinomialTest.signs(positive: -1, negative: 3) == nil)
        #expect(BinomialTest.bound(trials: 0, rate: 0.5, confidence: 0.99) == nil)
        #expect(Proportion(1, of: 2).flatMap { BinomialTest.atLeast($0, rate: 1.5) } == nil)
    }

    @Test func `tests are adjusted for all that were made`() {
        for known in fixture.discoveries {
            let adjusted = FalseDiscoveries.adjusted(known.p)
            #expect(zip(adjusted, known.adjusted).allSatisfy { agree($0, $1) } && known.p.count > 0)
        }
        #expect(FalseDiscoveries.adjusted([]).isEmpty)
    }

    @Test func `quantiles lie between the two nearest values`() {
        for known in fixture.quantiles {
            let quantiles = Quantiles(known.values)
            for (share, value) in zip(known.shares, known.quantiles) {
                #expect(agree(quantiles[share], value), "\(share) of \(known.values)")
            }
        }
        #expect(Quantiles([]).median == nil && Quantiles([.nan]).median == nil)
        #expect(Quantiles([1])[1.5] == nil)
    }

    @Test func `survival curves, their medians and the intervals are those of statsmodels`() {
        for known in fixture.survivals {
            let curve = SurvivalCurve(
                zip(known.days, known.ends).compactMap { Lifetime(days: $0, hasEnded: $1 != 0) })
            #expect(curve.count == known.days.count && curve.ended == known.ends.count { $0 != 0 })
            // statsmodels lists the days on which something was only last seen too.
            for (time, share) in zip(known.times, known.shares) {
                #expect(agree(curve.share(after: time), share))
            }
            #expect(curve.median == known.median)
            let interval = curve.medianInterval()
            #expect(interval?.low == known.low && interval?.high == known.high, "\(known)")
        }
        let one = SurvivalCurve([Lifetime(days: 3, hasEnded: true, count: 2)].compactMap(\.self))
        #expect(one.count == 2 && one.ended == 2 && one.median == 3)
        let none = SurvivalCurve([])
        #expect(none.median == nil && none.share(after: 3) == nil && none.medianInterval() == nil)
        let open = SurvivalCurve([9, 12].compactMap { Lifetime(days: $0, hasEnded: false) })
        #expect(open.median == nil && open.share(after: 30) == 1 && open.medianInterval() == nil)
        #expect(Lifetime(days: -1, hasEnded: true) == nil)
    }

    @Test func `ends that rule each other out add up to all`() {
        for known in fixture.survivals {
            let curve = CumulativeIncidence(
                zip(known.days, known.ends).compactMap { EndedLifetime(days: $0, end: $1 == 0 ? nil : $1) })
            for (kind, shares) in known.incidence.enumerated() {
                for (time, share) in zip(known.incidence_times, shares) {
                    #expect(agree(curve.share(kind + 1, within: time), share))
                }
            }
            for step in curve.steps {
                #expect(agree(step.shares.values.reduce(step.lasting, +), 1))
            }
        }
        let none = CumulativeIncidence<Int>([])
        #expect(none.share(1, within: 5) == nil && none.lasting(after: 5) == nil && none.lastStep == nil)
    }

    @Test func `nothing says nothing`() throws {
        #expect(Proportion(3, of: 2) == nil && Proportion(-1, of: 2) == nil)
        let none = try #require(Proportion(0, of: 0))
        #expect(none.rate == nil && none.interval() == nil)
        let some = try #require(Proportion(1, of: 2))
        #expect(RateChange(from: none, to: some) == nil && RateChange(from: some, to: none) == nil)
        #expect(some.interval(confidence: 1) == nil && some.interval(confidence: .nan) == nil)
        let change = try #require(RateChange(from: some, to: some))
        #expect(change.detectableRise(level: 0) == nil && change.detectableRise(power: 0.01) == nil)
        #expect(ValueRange(2, 1) == nil && ValueRange(.nan, 1) == nil)
    }
}
