import Model
import SampleCompany
import Testing

/// A planted fact that is left out takes its own effect away and no other.
@Suite struct FactTests {
    /// 2026-10-29 to 2026-12-07: every planted change lies in it.
    private static func company(_ change: (inout SampleOptions) -> Void = { _ in }) -> SampleOptions {
        var company = options {
            $0.nights = 40
            $0.deals = 900
        }
        change(&company)
        return company
    }

    private func figures(without facts: String...) throws -> [String: String] {
        try withExport(Self.company { $0.without = facts }) { try Oracle.figures("figures.py", $0) }
    }

    /// The lines of differences.py between the whole company and the one without a fact.
    private func differences(without fact: String) throws -> [String] {
        try withExport(Self.company()) { whole in
            try withExport(Self.company { $0.without = [fact] }) {
                try Oracle.run("differences.py", whole, $0)
            }
        }
    }

    /// Those of the deals alone: what is said and done about a deal, and called for its owner, differs with it.
    private func dealDifferences(without fact: String) throws -> [String] {
        try differences(without: fact).filter { line in
            !["activity ", "booking ", "call ", "deal_call ", "lead "].contains { line.hasPrefix($0) }
        }
    }

    @Test func `without slip nothing moves in the week and the table stands`() throws {
        let figures = try figures(without: "slip")
        expect(figures, has: StoryTests.table)
        expect(
            figures,
            has: [
                "firm.2026-11-30": "6400000.00", "firm.2026-12-07": "6400000.00", "movement.sum": "0",
                "Brightwater.2026-11-30": "commit 2027-01-22 381818.18",
                "Orbis.2026-12-01": "best_case 2026-12-18 112600.00", "next.open": "12600000.00",
            ])
        let touched = try dealDifferences(without: "slip").map { String($0.prefix(20)) }
        let movers = [1, 2, 4, 5, 6, 7, 8, 9].map { "opportunity D000000\($0)" }
        #expect(touched == movers + ["opportunity D0000010"])
    }

    @Test func `without orbis only two nights of one deal differ`() throws {
        let lines = try dealDifferences(without: "orbis")
        #expect(lines == ["opportunity D0000003 2026-12-01 2026-12-02"])
    }

    @Test func `without the reorganisation only Tom Iversen's team before the move differs`() throws {
        let lines = try dealDifferences(without: "reorganisation")
        #expect(lines == ["person P001 2026-10-29 2026-11-01"])
    }

    @Test func `without the vacancy West keeps its lead`() throws {
        let lines = try dealDifferences(without: "vacant-lead")
        #expect(lines.first == "person P010 2026-11-16 2026-12-07")
        #expect(lines.last == "team T-WEST 2026-11-16 2026-12-07")
        // The nine who report to the lead, and the lead.
        #expect(lines.count == 11)
    }

    @Test func `without the missing night there is one more night and no other difference`() throws {
        let lines = try dealDifferences(without: "missing-night")
        #expect(lines == ["night 2026-11-26"])
    }

    @Test func `without the next quarter's figure the rest of the story stands`() throws {
        let figures = try figures(without: "next-quarter")
        #expect(figures["next.open"] != "12600000.00")
        expect(figures, has: StoryTests.table)
        expect(figures, has: StoryTests.movement)
    }

    @Test func `without the quarter's table the week's movement stands`() throws {
        let figures = try figures(without: "quarter-table")
        for (name, value) in StoryTests.table { #expect(figures[name] != value, "\(name)") }
        expect(figures, has: StoryTests.movement)
        expect(figures, has: ["next.open": "12600000.00", "tom.2026-11-02": "East 350000.00 350000.00"])
    }

    @Test func `a plain company has none of it`() throws {
        let figures = try withExport(Self.company { $0.isPlain = true }) {
            try Oracle.figures("figures.py", $0)
        }
        for (name, value) in StoryTests.table { #expect(figures[name] != value, "\(name)") }
        for name in ["Brightwater", "Kestrel", "Orbis"] {
            #expect(figures.keys.filter { $0.hasPrefix("\(name).") }.count == 1, "\(name)")
        }
        #expect(figures["next.open"] != "12600000.00")
        let moved = figures.filter { $0.key.hasPrefix("movement.") }.map(\.value).joined()
        for name in ["Brightwater", "Kestrel", "Fairholt", "Calder", "Sandrin", "Tarnbrook"] {
            #expect(!moved.contains(name))
        }
        expect(
            figures,
            has: [
                "nights.count": "40", "nights.missing": "none", "lead.West": "Priya Raman",
                "tom.2026-11-01": "East 350000.00 350000.00",
                // The frame is the same.
                "quota.company": "8100000.00", "budget.FY2026Q4": "7200000.00",
                "budget.FY2027Q1": "6000000.00", "rate.daily": "1.0500",
            ])
    }

    @Test func `each fact has a name of its own and a sentence`() {
        let names = PlantedFact.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(PlantedFact.all.allSatisfy { !$0.sentence.isEmpty && !$0.sentence.hasSuffix(".") })
    }
}
