import Analytics
import Model
import TestSupport
import Testing

/// The load that first covered the day on which a period is frozen, worked by hand and against a slow search.
@Suite("Where a period is frozen")
struct FreezeSearchTests {
    private static let quarter = span("FY2026Q1", "2026-01-01", "2026-03-31")
    private static let rule = [CoverageRecords.Rule(load: 1, freezeDay: date("2026-04-03"))]

    private func snapshot(
        _ day: String, in load: Int, of source: String = "s", undoneIn: Int? = nil
    ) -> CoverageRecords.Snapshot {
        CoverageRecords.Snapshot(source: source, day: date(day), load: load, undoneIn: undoneIn)
    }

    private func point(
        _ snapshots: [CoverageRecords.Snapshot], pasts: [CoverageRecords.Past] = [],
        rules: [CoverageRecords.Rule] = rule, knownAt load: Int = 99
    ) -> FreezePoint? {
        FreezeSearch(CoverageRecords(snapshots: snapshots, pasts: pasts, rules: rules))
            .point(of: Self.quarter, knownAt: load)
    }

    private func frozen(_ day: String, _ load: Int, on freezeDay: String = "2026-04-03") -> FreezePoint {
        FreezePoint(freezeDay: date(freezeDay), day: date(day), load: load)
    }

    private let nights = ["2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03", "2026-04-04"]

    @Test func `is the load of the freeze day itself, and not before it`() {
        let loads = nights.enumerated().map { snapshot($0.element, in: $0.offset + 1) }
        #expect(point(loads) == frozen("2026-04-03", 4))
        #expect(point(loads, knownAt: 4) == frozen("2026-04-03", 4))
        #expect(point(loads, knownAt: 3) == nil)
    }

    @Test func `in a gap is the next snapshot, which a late one does not move`() {
        let loads = [
            snapshot("2026-04-01", in: 1), snapshot("2026-04-06", in: 2), snapshot("2026-04-03", in: 3),
        ]
        #expect(point(loads) == frozen("2026-04-06", 2))
    }

    @Test func `is moved neither by a replaced snapshot nor by one that is taken back later`() {
        let loads = [
            snapshot("2026-04-01", in: 1), snapshot("2026-04-03", in: 2, undoneIn: 4),
            snapshot("2026-04-03", in: 3), snapshot("2026-04-07", in: 5),
        ]
        #expect(point(loads) == frozen("2026-04-03", 2))
    }

    @Test func `does not count what was taken back before the others came`() {
        let loads = [
            // A second source holds the freeze up until the first has lost the day again.
            snapshot("2026-04-01", in: 1), snapshot("2026-03-30", in: 2, of: "t"),
            snapshot("2026-04-03", in: 3, undoneIn: 4), snapshot("2026-04-03", in: 5, of: "t"),
            snapshot("2026-04-08", in: 6),
        ]
        #expect(point(loads) == frozen("2026-04-08", 6))
    }

    @Test func `waits for every source that tells of the period, and for no other`() {
        let both = [
            snapshot("2026-03-31", in: 1), snapshot("2026-03-31", in: 2, of: "t"),
            snapshot("2026-04-03", in: 3), snapshot("2026-04-05", in: 4, of: "t"),
        ]
        #expect(point(both) == frozen("2026-04-05", 4))
        let silent = [snapshot("2025-12-31", in: 1, of: "t"), snapshot("2026-03-31", in: 2)]
        #expect(point(silent + [snapshot("2026-04-03", in: 3)]) == frozen("2026-04-03", 3))
        // One that is new after the freeze has nothing to say of it.
        let new = [snapshot("2026-03-31", in: 1), snapshot("2026-04-08", in: 2, of: "t")]
        #expect(point(new) == nil)
        #expect(point(new + [snapshot("2026-04-09", in: 3)]) == frozen("2026-04-09", 3))
    }

    @Test func `is never a day before the first that is known`() {
        #expect(point([snapshot("2026-05-01", in: 1), snapshot("2026-05-02", in: 2)]) == nil)
        // An earlier day that comes later makes the day known, read where the next snapshot is.
        #expect(
            point([snapshot("2026-05-01", in: 1), snapshot("2026-03-01", in: 2)]) == frozen("2026-05-01", 2))
    }

    @Test func `may be known from a CRM's own history, at the load that made it`() {
        let past = CoverageRecords.Past(source: "s", days: date("2025-01-01")..<date("2026-05-01"), load: 2)
        #expect(
            point([snapshot("2026-05-01", in: 1), snapshot("2026-05-02", in: 3)], pasts: [past])
                == frozen("2026-04-03", 2))
        let shorter = CoverageRecords.Past(source: "s", days: nil, load: 3)
        #expect(point([snapshot("2026-05-01", in: 1)], pasts: [past, shorter]) == frozen("2026-04-03", 2))
    }

    @Test func `goes by the rule that was known at the load`() {
        let loads = nights.enumerated().map { snapshot($0.element, in: $0.offset + 1) }
        func rules(_ later: String?) -> [CoverageRecords.Rule] {
            Self.rule + [CoverageRecords.Rule(load: 3, freezeDay: later.map(date))]
        }
        #expect(point(loads, rules: rules("2026-04-04")) == frozen("2026-04-04", 5, on: "2026-04-04"))
        // What is said of it when it is frozen already changes nothing.
        #expect(
            point(loads, rules: Self.rule + [CoverageRecords.Rule(load: 5, freezeDay: nil)])
                == frozen("2026-04-03", 4))
        #expect(point(loads, rules: rules(nil)) == nil)
        #expect(point(loads, rules: rules("2026-04-01")) == frozen("2026-04-01", 3, on: "2026-04-01"))
    }

    @Test func `once found never moves, whatever is loaded after it`() {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var snapshots: [CoverageRecords.Snapshot] = []
            var found: FreezePoint?
            for load in 1...14 {
                if let index = snapshots.indices.randomElement(using: &random),
                    snapshots[index].undoneIn == nil,
                    Int.random(in: 0..<4, using: &random) == 0
                {
                    let taken = snapshots[index]
                    snapshots[index] = CoverageRecords.Snapshot(
                        source: taken.source, day: taken.day, load: taken.load, undoneIn: load)
                } else {
                    snapshots.append(
                        CoverageRecords.Snapshot(
                            source: ["s", "s", "t"].randomElement(using: &random) ?? "s",
                            day: date("2026-03-28") + Int.random(in: 0..<12, using: &random), load: load))
                }
                let now = point(snapshots, knownAt: load)
                if let found { #expect(now == found, "seed \(seed)") }
                found = now
                // As known earlier it is what it was earlier, too.
                for earlier in 1..<load {
                    let then = point(snapshots, knownAt: earlier)
                    #expect(then == nil || then == found, "seed \(seed)")
                }
            }
        }
    }
}
