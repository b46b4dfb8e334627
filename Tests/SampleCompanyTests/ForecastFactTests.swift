import Foundation
import Model
import SampleCompany
import Testing

/// The facts that a forecast must tell, as an oracle reckons them from the exports alone; and that each of them is
/// gone where it is not planted.
@Suite struct ForecastFactTests {
    /// Facts 1, 4, 5, 7, 9 and 11, typed in from the story.
    static let facts = [
        "table.East": "1650000.00 700000.00 450000.00 600000.00 2550000.00",
        "table.West": "1500000.00 600000.00 550000.00 800000.00 none",
        "table.EMEA": "950000.00 1000000.00 600000.00 800000.00 2450000.00",
        "table.company": "4100000.00 2300000.00 1600000.00 2200000.00 7100000.00",
        "rolled.East": "2350000.00", "rolled.West": "2100000.00", "rolled.EMEA": "1950000.00",
        "judgement.East": "200000.00", "judgement.West": "0.00", "judgement.EMEA": "500000.00",
        "judgement.company": "700000.00", "gap": "100000.00", "company.calls": "0",
        "stale.call": "override 2026-11-16 2450000.00 2550000.00",
        "stale.deals": "2550000.00 1950000.00", "stale.gone": "Brightwater Kestrel",
        // 1.95 ÷ 1.10 × 0.05 is 0.0886.
        "currency": "1950000.00 -88636.36",
        "week10.above": "6", "week10.median": "0.06", "week10.median.above": "0.06",
        "week10.quarters": "11",
        "next": "12600000.00 6000000.00 2.10", "next.usual": "2.9 2.9", "next.short": "4.8",
        "books": "4100000.00 4020000.00",
        "books.differences": """
        FY2025Q2 Corrigan Freight order -1200.00; FY2025Q4 SO-2025-9001 without deal 4500.00; \
        FY2026Q4 Vantry Logistics without order 80000.00
        """,
        "splits": "4 100", "splits.overlay": "Tarnbrook Steel Hannah Vogt 50",
        "activity.Brightwater.since": "0", "activity.Kestrel.since": "0", "activity.quiet_commit": "",
        "calls.proved": "True", "calls.wrong": "0",
        "deal_calls.other_category": "", "deal_calls.reasons": "True",
    ]

    /// From the night of Keller's override on, with the CRM's history of the time before.
    private static func company(_ change: (inout SampleOptions) -> Void = { _ in }) -> SampleOptions {
        options {
            $0.nights = 22
            $0.hasHistory = true
            change(&$0)
        }
    }

    private func figures(_ options: SampleOptions) throws -> [String: String] {
        try withExport(options) { try Oracle.forecast($0) }
    }

    /// The figures of the story that differ when facts are left out.
    private func changed(without facts: String..., withHistory: Bool = true) throws -> [String: String] {
        let figures = try figures(
            Self.company {
                $0.without = facts
                $0.hasHistory = withHistory
            })
        return figures.filter { name, value in Self.facts[name].map { $0 != value } ?? false }
    }

    @Test func `the exports say what the story says of calls, coverage, currency and orders`() throws {
        let figures = try figures(Self.company { $0.nights = 50 })
        expect(figures, has: Self.facts)
        expect(
            figures,
            has: [
                "reorganisation.T-EAST": "350000.00", "reorganisation.T-WEST": "-350000.00",
                "reorganisation.T-EMEA": "0.00", "reorganisation.company": "0.00",
            ])
    }

    @Test(arguments: [UInt64.max]) func `they say so for every seed`(seed: UInt64) throws {
        expect(try figures(Self.company { $0.seed = seed }), has: Self.facts)
    }

    @Test func `facts of the past that are left out take nothing else with them`() throws {
        let changed = try changed(
            without: "call-bias", "missing-order", "old-orders", "split-credit", "usual-coverage",
            "vacant-lead")
        // Of each its own figures: the calls of week 10, the books, the splits, what was open, and West's call.
        #expect(
            Set(changed.keys).subtracting(["next.short", "week10.median.above"]) == [
                "week10.above", "week10.median", "books", "books.differences", "splits", "splits.overlay",
                "next.usual", "table.West",
            ])
        expect(
            changed,
            has: [
                "week10.above": "4", "books": "4100000.00 4100000.00", "books.differences": "",
                "splits": "0", "splits.overlay": "",
                "table.West": "1500000.00 600000.00 550000.00 800000.00 2100000.00",
            ])
        #expect(changed["week10.median"]?.hasSuffix("0.00") == true)
    }

    @Test func `without judgement leads call what the deals say, and without the slip nothing is silent`()
        throws
    {
        let changed = try changed(without: "judgement", "stale-override", withHistory: false)
        #expect(
            changed == [
                "table.East": "1650000.00 700000.00 450000.00 600000.00 2350000.00", "judgement.East": "0.00",
                "table.EMEA": "950000.00 1000000.00 600000.00 800000.00 1950000.00", "judgement.EMEA": "0.00",
                "table.company": "4100000.00 2300000.00 1600000.00 2200000.00 6400000.00",
                "judgement.company": "0.00", "gap": "800000.00",
                // Of the week of the present, as East's.
                "stale.call": "own 2026-12-07 1950000.00 1950000.00",
                "stale.deals": "1950000.00 1950000.00", "stale.gone": "",
            ])
        let withoutSlip = try self.changed(without: "slip", withHistory: false)
        #expect(withoutSlip["activity.Brightwater.since"] != nil)
        #expect(withoutSlip["activity.Kestrel.since"] != nil)
        #expect(withoutSlip["books"] == nil && withoutSlip["table.East"] == nil)
    }

    @Test func `in a plain company nobody's call is a matter of judgement`() throws {
        let figures = try figures(Self.company { $0.isPlain = true })
        let books = (figures["books"] ?? "").split(separator: " ")
        #expect(books.count == 2 && books.first == books.last)
        expect(
            figures,
            has: [
                "judgement.East": "0.00", "judgement.West": "0.00", "judgement.EMEA": "0.00",
                "judgement.company": "0.00", "week10.above": "4", "books.differences": "", "splits": "0",
                "calls.proved": "True", "calls.wrong": "0",
            ])
        #expect(figures["activity.Brightwater.since"] != "0")
    }

    @Test func `with a calendar of weeks the story is the same`() throws {
        try withExport(Self.company { $0.calendar = .weeks445 }) { folder in
            let figures = try Oracle.forecast(folder)
            // The whole story, in a quarter of 14 weeks.
            #expect(figures["calendar"] == "FY2026Q4 2026-09-25 2026-12-31 14")
            expect(figures, has: Self.facts)
            let story = try Oracle.figures("figures.py", folder)
            expect(
                story,
                has: [
                    "quota.company": "8100000.00", "budget.FY2026Q4": "7200000.00",
                    "budget.FY2027Q1": "6000000.00", "budget.ties": "True",
                ])
            let company = try String(contentsOfFile: folder + "/2026-12-07/company.csv", encoding: .utf8)
            #expect(company.hasSuffix(",America/New_York,1,end,445,thursday last,last,3\n"))
        }
    }

    @Test func `all nights tell of the same events as one that stands alone`() throws {
        func events(_ change: (inout SampleOptions) -> Void) throws -> [String] {
            try withExport(
                options {
                    $0.deals = 400
                    change(&$0)
                }
            ) { try Oracle.run("events.py", $0) }
        }
        let alone = try events { $0.nights = 1 }
        #expect(alone.count == 4)
        #expect(!alone.contains { $0.hasSuffix(" 0") })
        // More than one batch; Thanksgiving's night is told by the next.
        #expect(try events { $0.nights = 90 } == alone)
    }
}
