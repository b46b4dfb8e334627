import Analytics
import Model
import Testing

/// The score of data quality and its parts, worked by hand.
@Suite("Score of data quality")
struct QualityScoreTests {
    private func rule(_ defect: String, _ weight: Int, teams: Bool = false, missing: String? = nil)
        -> QualityRule
    {
        QualityRule(
            source: "s", defect: defect, version: 1, title: defect, weight: Amount(weight), threshold: nil,
            unit: nil, isJudgedOfTeams: teams, missing: missing)
    }

    private func cell(
        _ owner: String?, in team: String? = "east", _ defect: String?, _ found: (Int, Int),
        of measured: (Int, Int)
    ) -> QualityCell {
        QualityCell(
            holder: holder(owner, in: team), ownerName: owner, defect: defect,
            measured: DealSum(count: measured.0, amount: Amount(measured.1)),
            found: DealSum(count: found.0, amount: Amount(found.1)))
    }

    private func rollup(_ cells: [QualityCell]) throws -> QualityRollup {
        try QualityRollup(cells, organisation([team("east"), team("west")], [person("ann", in: "east")]))
    }

    @Test func `takes off each weight's part of the points that are measured`() throws {
        let sums = try rollup([
            cell("ann", nil, (2, 50), of: (4, 200)), cell("ann", "late", (1, 50), of: (4, 200)),
            cell("ann", "quiet", (2, 20), of: (4, 200)),
        ])[NodePlace(.company)]
        let rules = [rule("late", 30), rule("quiet", 10), rule("claims", 60, missing: "no claims")]
        let score = QualityScore(of: sums, by: rules, isOfPerson: false)
        // 100 − 75 × 1/4 − 25 × 2/4, and by amount − 75 × 50/200 − 25 × 20/200.
        #expect(score.byCount == 68.75 && score.byAmount == 78.75 && score.measured == 2)
        #expect(score.losses["late"]?.byCount == 18.75 && score.losses["claims"] == nil)
    }

    @Test func `a rule that can be told of few deals weighs as they do`() {
        var sums = QualitySums()
        for (defect, found, measured) in [("late", 1, 9), ("slow", 1, 1)] {
            sums.rules[defect] = QualitySums.Part()
            sums.rules[defect]?.measured = DealSum(count: measured, amount: .zero)
            sums.rules[defect]?.found = DealSum(count: found, amount: .zero)
        }
        let score = QualityScore(of: sums, by: [rule("late", 10), rule("slow", 10)], isOfPerson: false)
        // Two of ten that could be.
        #expect(score.byCount == 80 && score.losses["slow"]?.byCount == 10)
    }

    @Test func `of nothing, or of no amount, is none`() {
        #expect(QualityScore(of: QualitySums(), by: [rule("late", 30)], isOfPerson: false).byCount == nil)
        var sums = QualitySums()
        sums.rules["late"] = QualitySums.Part()
        sums.rules["late"]?.measured = DealSum(count: 2, amount: .zero)
        let score = QualityScore(of: sums, by: [rule("late", 30)], isOfPerson: false)
        #expect(score.byCount == 100 && score.byAmount == nil)
        #expect(QualityScore(of: sums, by: [rule("late", 0)], isOfPerson: false).byCount == nil)
    }

    @Test func `stays between 0 and 100 whatever amounts are below zero`() {
        var sums = QualitySums()
        sums.rules["late"] = QualitySums.Part()
        sums.rules["late"]?.measured = DealSum(count: 2, amount: Amount(10))
        for found in [-50, 0, 10, 60] {
            sums.rules["late"]?.found = DealSum(count: 1, amount: Amount(found))
            let score = QualityScore(of: sums, by: [rule("late", 30)], isOfPerson: false)
            #expect(score.byAmount.map { (0...100).contains($0) } == true)
        }
    }

    @Test func `leaves out of a person's what is judged of teams`() {
        var sums = QualitySums()
        for defect in ["late", "heaping"] {
            sums.rules[defect] = QualitySums.Part()
            sums.rules[defect]?.measured = DealSum(count: 2, amount: Amount(10))
            sums.rules[defect]?.found = DealSum(count: 1, amount: Amount(10))
        }
        let rules = [rule("late", 30), rule("heaping", 10, teams: true)]
        #expect(QualityScore(of: sums, by: rules, isOfPerson: true).losses.keys.sorted() == ["late"])
        #expect(QualityScore(of: sums, by: rules, isOfPerson: false).losses.count == 2)
    }

    @Test func `rises by what mending a deal gives back`() {
        var sums = QualitySums()
        sums.rules["late"] = QualitySums.Part()
        sums.rules["late"]?.measured = DealSum(count: 4, amount: Amount(200))
        sums.rules["late"]?.found = DealSum(count: 1, amount: Amount(50))
        let deal = FlawedDeal(
            id: key("d"), name: "d", holder: holder("ann", in: "east"), ownerName: nil, stage: nil,
            category: .commit, closeDate: nil, amount: Amount(50), defects: ["late", "unheard"],
            measures: [nil, nil])
        let score = QualityScore(of: sums, by: [rule("late", 30)], isOfPerson: false)
        let gain = score.gain(of: deal)
        #expect(gain.byCount == 25 && gain.byAmount == 25 && score.byCount == 75 && score.byAmount == 75)
    }

    @Test func `deals count in every node above their owner, those of nobody in the company alone`() throws {
        let rollup = try rollup([
            cell("ann", nil, (1, 10), of: (2, 30)), cell(nil, in: nil, nil, (1, 5), of: (1, 5)),
        ])
        #expect(rollup[NodePlace(.company)].all.measured == DealSum(count: 3, amount: Amount(35)))
        #expect(rollup[NodePlace(.team(key("east")))].all.found == DealSum(count: 1, amount: Amount(10)))
        #expect(rollup[NodePlace(.person(key("ann")))].all.measured.count == 2)
        #expect(rollup[NodePlace(.withoutOwner)].all.measured.count == 1)
        #expect(rollup[NodePlace(.team(key("west")))].all.measured.count == 0)
    }

    @Test func `latency is told by its middle and its tail, and of ten activities on`() {
        func delays(_ counts: [(Int, Int)]) -> [EntryDelay] {
            counts.map { EntryDelay(owner: key("ann"), days: $0.0, count: $0.1) }
        }
        let latency = EntryLatency(delays([(0, 5), (1, 2), (5, 3)]))
        // 0 0 0 0 0 1 1 5 5 5.
        #expect(latency.count == 10 && latency.median == 0.5 && latency.slowest == 5)
        #expect(latency.lateShare == 0.3)
        let few = EntryLatency(delays([(7, 9)]))
        #expect(few.count == 9 && few.median == nil && few.slowest == nil && few.lateShare == nil)
    }
}
