import Foundation
import Model
import TestSupport
import Testing
import Warehouse

/// Which days are missing, and which rest on a delta without its base.
@Suite("Gaps and bases")
struct GapTests {
    private static func deals(_ content: String) -> String {
        "id,name\nd1,\(content)\n"
    }

    /// Day 0 is a Friday, 2024-10-04.
    private func gaps(_ rule: String, _ days: [Int]) throws -> [String] {
        let bench = try GuardBench()
        for day in days {
            try bench.load(
                Self.deals("\(day)"), day: day, mapping: GuardBench.mapping(keys: "expected: \(rule)"),
                accept: [.older])
        }
        return try bench.values(
            "select concat_ws(' ', day, shown_day, expected) as value from bellwether.gap order by day"
        ).compactMap { $0 }
    }

    @Test func `are the days on which a snapshot was due and none counts`() throws {
        #expect(
            try gaps("daily", [0, 3, 4]) == ["2024-10-05 2024-10-04 daily", "2024-10-06 2024-10-04 daily"])
        // Saturday and Sunday are none; Tuesday is.
        #expect(try gaps("weekdays", [0, 3, 5]) == ["2024-10-08 2024-10-07 weekdays"])
        // Friday, then Monday: two weeks. Then Thursday two weeks later: one is missing, up to Sunday the 20th.
        #expect(try gaps("weekly", [0, 3, 20]) == ["2024-10-20 2024-10-07 weekly"])
        // October, then December.
        #expect(try gaps("monthly", [0, 58]) == ["2024-11-30 2024-10-04 monthly"])
        #expect(try gaps("irregular", [0, 58]).isEmpty)
    }

    @Test func `are told by the rule that was in force, and end when the day is loaded`() throws {
        let bench = try GuardBench()
        let daily = GuardBench.mapping(keys: "expected: daily")
        try bench.load(Self.deals("a"), day: 0, mapping: daily)
        try bench.load(Self.deals("b"), day: 3, mapping: GuardBench.mapping(keys: "expected: weekdays"))
        try bench.load(Self.deals("c"), day: 10, mapping: daily)
        let days = { () throws -> [String?] in
            try bench.values("select day::text as value from bellwether.gap order by day")
        }
        #expect(
            try days() == [
                "2024-10-05", "2024-10-06", "2024-10-08", "2024-10-09", "2024-10-10", "2024-10-11",
            ])
        try bench.load(Self.deals("d"), day: 1, mapping: daily)
        #expect(try days().first == "2024-10-06")
        _ = try bench.warehouse.undo(load: 4, waits: true, command: "", loadedBy: "", programVersion: "")
        #expect(try days().first == "2024-10-05")
        #expect(try bench.warehouse.gapCount() == 6)
        #expect(try bench.warehouse.gaps(limit: 1).map(\.day.description) == ["2024-10-11"])
    }

    /// Python's calendar says the same of any two days.
    @Test func `are the days that another calendar counts`() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        let bench = try GuardBench()
        let rules = ["daily", "weekdays", "weekly", "monthly", "irregular"]
        let cases = (0..<100).map { number in
            let earlier = Day(number: Int32.random(in: 15_000..<25_000, using: &random))
            let later = earlier + Int.random(in: 1..<120, using: &random)
            return (rule: rules[number % rules.count], earlier: earlier, later: later)
        }
        let truth = try Oracle.run(
            "expected_days.py", cases.flatMap { [$0.rule, $0.earlier.description, $0.later.description] })
        let lists = try #require(truth["days"] as? [String])
        #expect(lists.count == cases.count)
        for (due, list) in zip(cases, lists) {
            let found = try bench.value(
                """
                select coalesce(string_agg(day::text, ' ' order by day), '') as value
                from bellwether.expected_days_between('\(due.rule)', '\(due.earlier)', '\(due.later)') as due (day)
                """)
            #expect(found == list, "seed \(seed): \(due)")
        }
    }

    // MARK: - Bases

    private static let delta = GuardBench.mapping(input: "kind: delta")

    private func unproven(_ bench: GuardBench, asKnown: Int? = nil) throws -> [String?] {
        try bench.values(
            """
            select concat_ws(' ', from_day, to_day, builds_on) as value
            from bellwether.unproven_span
            order by from_day
            """, asKnown: asKnown)
    }

    @Test func `a delta is held until its base is loaded`() throws {
        let bench = try GuardBench()
        // The first needs none.
        try bench.load(Self.deals("a"), day: 0, mapping: Self.delta)
        let held = bench.error { () throws(BellwetherError) in
            try bench.load(Self.deals("c"), day: 2, mapping: Self.delta)
        }
        #expect(held?.code == .guardBase)
        try bench.load(Self.deals("b"), day: 1, mapping: Self.delta)
        try bench.load(Self.deals("c"), day: 2, mapping: Self.delta)
        #expect(try unproven(bench).isEmpty)
        #expect(
            try bench.values("select builds_on::text as value from bellwether_store.snapshot order by load")
                == [nil, "2024-10-04", "2024-10-05"])
    }

    @Test func `an accepted delta without its base is unproven until the next full snapshot`() throws {
        let bench = try GuardBench()
        try bench.load(Self.deals("a"), day: 0, mapping: Self.delta)
        try bench.load(Self.deals("c"), day: 2, mapping: Self.delta, accept: [.base])
        #expect(try unproven(bench) == ["2024-10-06 infinity 2024-10-05"])
        try bench.load(Self.deals("d"), day: 3, mapping: Self.delta)
        try bench.load(Self.deals("e"), day: 5)
        #expect(try unproven(bench) == ["2024-10-06 2024-10-09 2024-10-05"])
        let point = try bench.warehouse.readPoint(asOf: GuardBench.first + 4, asKnown: nil)
        #expect(
            point.unproven == [
                UnprovenState(
                    source: "guards", entity: "opportunity", since: GuardBench.first + 2,
                    buildsOn: GuardBench.first + 1)
            ])
        #expect(point.isGap)
        #expect(try bench.warehouse.readPoint(asOf: GuardBench.first + 5, asKnown: nil).unproven.isEmpty)
        // Loaded late, the base proves what stands on it, from then on.
        try bench.load(Self.deals("b"), day: 1, mapping: Self.delta)
        #expect(try unproven(bench).isEmpty)
        #expect(try unproven(bench, asKnown: 4) == ["2024-10-06 2024-10-09 2024-10-05"])
    }

    @Test func `what stands on a base that is undone is unproven as known from then on`() throws {
        let bench = try GuardBench()
        for day in 0...2 { try bench.load(Self.deals("\(day)"), day: day, mapping: Self.delta) }
        _ = try bench.warehouse.undo(load: 2, waits: true, command: "", loadedBy: "", programVersion: "")
        #expect(try unproven(bench) == ["2024-10-06 infinity 2024-10-05"])
        #expect(try unproven(bench, asKnown: 3).isEmpty)
        _ = try bench.warehouse.undo(load: 4, waits: true, command: "", loadedBy: "", programVersion: "")
        #expect(try unproven(bench).isEmpty)
        #expect(try unproven(bench, asKnown: 4) == ["2024-10-06 infinity 2024-10-05"])
        // Replaced, it is still there.
        try bench.load(Self.deals("x"), day: 1, mapping: Self.delta, replace: true)
        #expect(try unproven(bench).isEmpty)
    }

    @Test func `what a delta builds on is said by mapping or command`() throws {
        func base(_ keys: String, _ input: String, day: Int, buildsOn: Int? = nil) throws -> String? {
            let bench = try GuardBench()
            let mapping = GuardBench.mapping(keys: keys, input: "kind: delta\n    " + input)
            try bench.load(Self.deals("a"), day: 0, mapping: mapping)
            try bench.load(Self.deals("b"), day: day, mapping: mapping, accept: [.base], buildsOn: buildsOn)
            return try bench.value(
                "select coalesce(builds_on::text, 'none') as value from bellwether_store.snapshot where load = 2"
            )
        }
        #expect(try base("", "builds_on: expected", day: 5) == "2024-10-08")
        #expect(try base("", "builds_on: newest", day: 5) == "2024-10-04")
        #expect(try base("", "builds_on: none", day: 5) == "none")
        #expect(try base("builds_on: none", "builds_on: newest", day: 5) == "2024-10-04")
        // Friday and Monday.
        #expect(try base("expected: weekdays", "", day: 3) == "2024-10-04")
        #expect(try base("expected: weekdays", "", day: 4) == "2024-10-07")
        #expect(try base("expected: irregular", "", day: 50) == "2024-10-04")
        #expect(try base("", "builds_on: none", day: 5, buildsOn: 2) == "2024-10-06")
        let bench = try GuardBench()
        let wrong = bench.error { () throws(BellwetherError) in
            try bench.load(Self.deals("a"), day: 0, mapping: Self.delta, buildsOn: 0)
        }
        #expect(wrong?.code == .badOption)
    }
}
