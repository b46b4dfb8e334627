import Intake
import TestSupport
import Testing

@testable import Warehouse

/// The table of hashes against a plain set, in order, out of order and with everything changed.
@Suite("Row hashes")
struct RowHashesTests {
    private func hash(_ number: Int) -> Hash128 { Hash128(of: "row \(number)") }

    private func stored(_ numbers: some Sequence<Int>) -> RowHashes {
        var hashes = RowHashes(capacity: 4)
        for number in numbers {
            hashes.insertStored(
                hash(number), at: RowPlace(block: UInt32(number / 20), offset: UInt16(number % 20)))
        }
        return hashes
    }

    private func unseen(_ hashes: RowHashes) -> Set<String> {
        var unseen: Set<String> = []
        hashes.forEachUnseen { hash, place in unseen.insert("\(hash) (\(place.block),\(place.offset))") }
        return unseen
    }

    @Test(arguments: [0, 1, 63, 64, 65, 200])
    func `tell all that was not shown, whatever the number`(count: Int) {
        let hashes = stored(0..<count)
        #expect(hashes.unseenCount == count)
        #expect(unseen(hashes) == Set((0..<count).map { "\(hash($0)) (\($0 / 20),\($0 % 20))" }))
    }

    @Test func `find rows in any order, as a set does`() {
        for seed in UInt64(1)...200 {
            var random = SeededGenerator(seed: seed)
            let held = Set((0..<300).filter { _ in Bool.random(using: &random) })
            var hashes = stored(held.sorted())
            // Runs in order, moved, with gaps and repeats, among rows that are not held.
            var shown: [Int] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let start = Int.random(in: 0..<300, using: &random)
                shown += Array(start..<min(300, start + Int.random(in: 1...60, using: &random)))
            }
            var seen: Set<Int> = []
            for number in shown {
                let expected: RowHashes.Showing =
                    !held.contains(number) ? .new : seen.insert(number).inserted ? .known : .repeated
                #expect(hashes.show(hash(number)) == expected, "seed \(seed)")
            }
            #expect(hashes.unseenCount == held.count - seen.count, "seed \(seed)")
            hashes.forgetShown()
            #expect(hashes.unseenCount == held.count, "seed \(seed)")
        }
    }
}
