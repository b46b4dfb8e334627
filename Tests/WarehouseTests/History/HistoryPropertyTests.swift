import Foundation
import Testing

/// Random sequences of loads, late loads, replacements, deltas, undos and crashes end in the history that a plain
/// oracle rebuilds from the live snapshots, in the same forecast of every day, and nothing that was known earlier
/// changes.
@Suite("History")
struct HistoryPropertyTests {
    /// Several databases side by side: loads of one wait for each other.
    static let lanes = 4

    @Test(arguments: 0..<lanes)
    func `is a pure function of the live snapshots, in any order of loads, undos and crashes`(lane: Int)
        throws
    {
        let environment = ProcessInfo.processInfo.environment
        let seed = UInt64(environment["BELLWETHER_TEST_SEED"] ?? "") ?? UInt64.random(in: 1...1_000_000)
        let sequences = Int(environment["BELLWETHER_TEST_SEQUENCES"] ?? "") ?? 1_000
        let bench = try HistoryBench()
        for number in stride(from: lane, to: sequences, by: Self.lanes) {
            var run = try HistoryRun(seed: seed &+ UInt64(number), bench: bench)
            // The proof costs as much as a sequence.
            try run.play(isProved: number / Self.lanes % 20 == 0)
        }
    }
}
