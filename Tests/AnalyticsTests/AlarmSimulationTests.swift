import Analytics
import Foundation
import Model
import Testing

/// How often a company in which nothing has changed rings, looked at once a month for a year.
@Suite("Alarms of companies without a change")
struct AlarmSimulationTests {
    private static let seed: UInt64 = 20_261_207
    private static let slices = ["Web", "Partner"]
    private static let steps = (1...4).map { key("s\($0)") }

    /// Numbers that follow from a seed alone: SplitMix64.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }

        mutating func hits(of trials: Int, rate: Double) -> Int {
            (0..<trials).count { _ in Double.random(in: 0..<1, using: &self) < rate }
        }
    }

    /// The deals of a company by slice, step and month, each with its rate; the first slice's first rate may fall.
    private func company(_ number: Int, fallsTo later: Double? = nil) -> [FateCell] {
        var dice = Dice(state: Self.seed &+ UInt64(number))
        var cells: [FateCell] = []
        for slice in Self.slices {
            for (place, step) in Self.steps.enumerated() {
                let drawn = Double.random(in: 0.1...0.8, using: &dice)
                let rate = place == 0 ? max(drawn, 0.5) : drawn
                for month in 0..<30 {
                    let begun = Day.first(ofMonth: 7 + month, year: 2024)
                    let isLater = slice == Self.slices[0] && place == 0 && month >= 18
                    let count = Int.random(in: 4...24, using: &dice)
                    let hits = dice.hits(
                        of: count, rate: isLater ? later ?? rate : rate)
                    cells.append(cell(slice, step, begun, true, hits))
                    cells.append(cell(slice, step, begun, false, count - hits))
                }
            }
        }
        return cells
    }

    private func cell(_ slice: String, _ step: RecordID, _ begun: Day, _ isReached: Bool, _ count: Int)
        -> FateCell
    {
        FateCell(
            slice: slice, step: step, month: begun, isReached: isReached, kind: isReached ? .won : .lost,
            days: 20,
            count: count)
    }

    /// Whether a look rings: the rates of the company and of each slice are one family.
    private func rings(_ cells: [FateCell], on day: Day) -> Bool {
        let windows = CohortWindows(asOf: day, horizon: 30)
        var sums: [String: [RecordID: CohortSums]] = [:]
        for cell in cells {
            guard let step = cell.step, let slice = cell.slice else { continue }
            for line in ["", slice] {
                sums[line, default: [:]][step, default: CohortSums()].add(cell, windows)
            }
        }
        return RateWatch.judge(sums.values.flatMap { $0.values.map(\.change) }).contains {
            $0?.isAlarm ?? false
        }
    }

    private static let looks = (1...12).map { Day.first(ofMonth: $0, year: 2026) + 9 }

    @Test func `stay within the promised rate of a look and of a year`() {
        var ofLook = 0
        var ofYear = 0
        for number in 0..<100 {
            let cells = company(number)
            let found = Self.looks.map { rings(cells, on: $0) }
            ofLook += found.last == true ? 1 : 0
            ofYear += found.contains(true) ? 1 : 0
        }
        let look = BinomialTest.bound(trials: 100, rate: RateWatch.level, confidence: 0.99)
        let year = BinomialTest.bound(trials: 100, rate: RateWatch.yearlyRate, confidence: 0.99)
        #expect(look == 4 && year == 20)
        #expect(ofLook <= look ?? 0, "\(ofLook) of 100 companies, seed \(Self.seed)")
        #expect(ofYear <= year ?? 0, "\(ofYear) of 100 companies, seed \(Self.seed)")
        // A watch that never rings would keep any promise.
        #expect(ofYear > 0, "seed \(Self.seed)")
    }

    @Test func `a rate that has halved is found in nearly every company within the year`() {
        let found = (0..<20).count { number in
            let cells = company(number, fallsTo: 0.1)
            return Self.looks.contains { rings(cells, on: $0) }
        }
        #expect(found >= 18, "\(found) of 20, seed \(Self.seed)")
    }

    /// Visits of three stages whose days have not changed.
    private func visits(_ number: Int) -> [FateCell] {
        var dice = Dice(state: Self.seed &+ 7_000_000 &+ UInt64(number))
        return (1...3).flatMap { stage in
            let mean = Double.random(in: 8...40, using: &dice)
            return (0..<36).flatMap { month in
                (0..<Int.random(in: 4...8, using: &dice)).map { _ in
                    // As many short stays as stages have, and a long tail.
                    let chance = Double.random(in: 0.0001..<1, using: &dice)
                    let days = 1 + Int(-mean * log(chance))
                    return FateCell(
                        step: key("s\(stage)"), month: .first(ofMonth: 1 + month, year: 2024),
                        isReached: true, kind: .won,
                        days: days, count: 1)
                }
            }
        }
    }

    @Test func `stages that are no slower stay within it too`() {
        var ofYear = 0
        for number in 0..<100 {
            let byStage = Dictionary(grouping: visits(number), by: \.step)
            let isFound = Self.looks.contains { day in
                let changes = byStage.values.flatMap { cells -> [RateChange?] in
                    guard let limits = StagePace.limits(cells, asOf: day),
                        let pace = StagePace(cells, asOf: day, limit: limits.limit, bound: limits.bound)
                    else { return [] }
                    return (0..<StagePace.judged).map { pace.slowness($0) }
                }
                return RateWatch.judge(changes).contains { $0?.isAlarm ?? false }
            }
            ofYear += isFound ? 1 : 0
        }
        let bound = BinomialTest.bound(trials: 100, rate: RateWatch.yearlyRate, confidence: 0.99) ?? 0
        #expect(ofYear <= bound, "\(ofYear) of 100 companies, seed \(Self.seed)")
    }
}
