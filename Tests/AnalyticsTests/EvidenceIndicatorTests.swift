import Foundation
import Model
import Testing

@testable import Analytics

/// The aggregators of evidence, against numbers worked by hand and scipy's.
@Suite("Indicators of evidence")
struct EvidenceIndicatorTests {
    private struct KnownBeta: Decodable {
        let alpha, beta, low, median, high: Double
        let cumulative: [Double]
    }

    @Test func `the beta distribution and its quantiles are scipy's`() throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/beta.json")
        let fixture = try JSONDecoder().decode([KnownBeta].self, from: Data(contentsOf: url))
        #expect(fixture.count == 6)
        for known in fixture {
            let belief = try #require(BetaDistribution(alpha: known.alpha, beta: known.beta))
            let interval = try #require(belief.interval())
            #expect(
                abs(interval.low - known.low) < 1e-9 && abs(interval.high - known.high) < 1e-9, "\(known)")
            #expect(abs(belief.quantile(0.5) - known.median) < 1e-9, "\(known)")
            for (tenth, chance) in known.cumulative.enumerated() {
                #expect(abs(belief.cumulative(Double(tenth) / 10) - chance) < 1e-9, "\(known) \(tenth)")
            }
        }
        for (alpha, beta) in [(0.0, 1.0), (1, 0), (-1, 2), (.nan, 1), (.infinity, 1)] {
            #expect(BetaDistribution(alpha: alpha, beta: beta) == nil)
        }
    }

    private func rates(_ pairs: [(Int, Int)]) throws -> [(peer: Int, rate: Proportion)] {
        try pairs.enumerated().map { ($0, try #require(Proportion($1.0, of: $1.1))) }
    }

    @Test func `peers who differ by chance alone are all worth the rate of all`() throws {
        // Each exactly at the rate of all: less spread than chance makes.
        let peers = PeerRates(try rates([(10, 40), (5, 20), (20, 80)]), inOrder: <)
        #expect(peers.weight == nil && peers.overall == 0.25)
        #expect(peers.lines.allSatisfy { $0.shrunk == 0.25 && $0.interval == nil && $0.group == 1 })
        // Most deals first where nothing tells them apart.
        #expect(peers.lines.map(\.peer) == [2, 0, 1])
    }

    @Test func `peers who differ are drawn together, those with few deals most`() throws {
        // By hand: p = 1/2, S = 100·(0.3² + 0.3²) + 4·0 = 18, chance 2·¼ = ½; Σn²/N = 20016/204; room = 204 − 98.1176… − 2;
        // τ² = 17.5 / 103.882353 = 0.168460, m = 0.25 / 0.168460 − 1 = 0.484034.
        let peers = PeerRates(try rates([(80, 100), (20, 100), (2, 4)]), inOrder: <)
        let weight = try #require(peers.weight)
        #expect(abs(weight - (0.25 * (204 - 20016.0 / 204 - 2) / 17.5 - 1)) < 1e-12)
        #expect(peers.lines.map(\.peer) == [0, 2, 1])
        #expect(abs(peers.lines[0].shrunk - (80 + 0.5 * weight) / (100 + weight)) < 1e-12)
        #expect(peers.lines[1].shrunk == 0.5)
        // The first and the last are told apart; who has four deals is not told apart from the first.
        #expect(peers.lines.map(\.group) == [1, 1, 2])
    }

    @Test func `of fewer than three peers, and of none, nothing is drawn together`() throws {
        #expect(PeerRates(try rates([(80, 100), (20, 100)]), inOrder: <).weight == nil)
        let none = PeerRates(try rates([(0, 0)]), inOrder: <)
        #expect(none.lines.isEmpty && none.overall == nil)
        for hits in [0, 10] {
            let all = PeerRates(try rates([(hits, 10), (hits, 10), (hits, 10)]), inOrder: <)
            #expect(all.weight == nil && all.lines.allSatisfy { $0.shrunk == Double(hits) / 10 })
        }
    }

    private static let holder = DealHolder(
        owner: RecordID(source: "s", id: "p1"), isOwnerKnown: true, team: nil)
    private static func milestone(_ id: Int) -> RecordID { RecordID(source: "s", id: "m\(id)") }

    private func cell(_ reached: [Int], _ resolved: Int, _ won: Int) -> LandmarkCell {
        LandmarkCell(
            stage: RecordID(source: "s", id: "st"), reached: Set(reached.map(Self.milestone)),
            holder: Self.holder,
            resolved: resolved, won: won)
    }

    @Test func `more milestones never mean less once they are smoothed`() throws {
        // 30 %, 20 % and 50 %: the first two are pooled to 25 %.
        let sets = LandmarkSets([cell([], 20, 6), cell([1], 15, 4), cell([2], 5, 0), cell([1, 2], 20, 10)])
        let stage = try #require(sets.stages.first)
        #expect(stage.wins.hits == 20 && stage.wins.trials == 60)
        #expect(stage.lines.map(\.smoothed) == [0.25, 0.25, 0.25, 0.5])
        // A set of five is of too few to be told.
        #expect(stage.lines.map { stage.lift(of: $0) } == [0.9, 4.0 / 15 * 3, nil, 1.5])
        #expect(sets.tested == 3 && stage.lines[2].change == nil)
    }

    @Test func `a stage in which nothing was won has no lift`() throws {
        let stage = try #require(LandmarkSets([cell([], 12, 0), cell([1], 12, 0)]).stages.first)
        #expect(stage.lines.allSatisfy { stage.lift(of: $0) == nil && $0.smoothed == 0 })
        #expect(LandmarkSets([]).stages.isEmpty)
    }

    private func stand(_ person: String, _ came: Int, _ reached: Int) -> MilestoneCell {
        MilestoneCell(
            milestone: Self.milestone(1),
            holder: DealHolder(owner: RecordID(source: "s", id: person), isOwnerKnown: true, team: nil),
            came: came, reached: reached, bare: 0, stuck: 0)
    }

    @Test func `one against all others, and who could show it`() throws {
        let cells = [
            stand("a", 40, 2), stand("b", 40, 28), stand("c", 40, 24), stand("d", 12, 12), stand("e", 3, 3),
        ]
        let stalls = MilestoneStalls(cells, among: cells)
        #expect(stalls.tested == 4)
        let stuck = stalls.comparisons.filter(\.isStall)
        #expect(stuck.map { $0.person?.id } == ["a"])
        #expect(stuck.first?.change?.before.hits == 67 && stuck.first?.change?.before.trials == 95)
        #expect(stalls.comparisons.first { $0.person?.id == "e" }?.change == nil)
        let pairs = MentorPair.pairs(stalls, among: stalls)
        // d reached all twelve; e has too few to be a mentor.
        #expect(pairs.map(\.mentor.id) == ["d"] && pairs.first?.own.hits == 2)
        #expect(MentorPair.pairs(MilestoneStalls([], among: []), among: stalls).isEmpty)
    }

    @Test func `requests are told apart by what became of them`() {
        func request(_ met: Bool?, _ granted: Bool?, _ isException: Bool, _ kind: DealKind?) -> ResourceCell {
            ResourceCell(
                holder: Self.holder, resource: "expert", meetsCriteria: met, isGranted: granted,
                isException: isException, kind: kind, count: 1, hours: Amount(8), cost: Amount(100))
        }
        let gate = ResourceGate([
            request(true, true, false, .won), request(true, true, false, .open),
            request(false, true, true, .lost),
            request(nil, true, false, nil), request(false, false, false, .lost),
            request(true, nil, false, .open),
        ])
        let counts = ResourceGate.Standing.allCases.map { gate[$0].count }
        #expect(counts == [2, 1, 1, 1, 1] && gate.count == 6)
        #expect(gate[.qualified].winRate?.rate == 1 && gate[.exception].winRate?.rate == 0)
        #expect(gate.exceptionRate?.rate == 0.25 && gate.change == nil)
        #expect(ResourceGate([]).exceptionRate?.rate == nil)
    }
}
