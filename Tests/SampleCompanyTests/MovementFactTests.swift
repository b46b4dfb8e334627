import Foundation
import Model
import Testing

@testable import SampleCompany

/// The facts that move numbers between two days, as the exports show them, and that each takes only itself away.
@Suite struct MovementFactTests {
    /// 2026-08-10 to 2026-10-16: every movement before the quarter of the present lies in it.
    private static func autumn(_ change: (inout SampleOptions) -> Void = { _ in }) -> SampleOptions {
        var company = options {
            $0.until = Frame.day(2026, 10, 16)
            $0.nights = 68
            $0.deals = 100
        }
        change(&company)
        return company
    }

    private func figures(_ options: SampleOptions) throws -> [String: String] {
        try withExport(options) { try Oracle.figures("movements.py", $0) }
    }

    @Test func `the exports show each movement on its night`() throws {
        expect(
            try figures(Self.autumn()),
            has: [
                // From the night before to the night itself, as an analyst would compare two files.
                "2026-09-29": """
                D0000016 close_date 2026-09-30 2026-12-18; D0000017 close_date 2026-09-30 2026-12-18; \
                D0000018 close_date 2026-09-30 2026-12-18; D0000019 close_date 2026-09-30 2026-12-18; \
                D0000020 close_date 2026-09-30 2026-12-18
                """,
                "2026-09-14": """
                D0000021 owner_id P016 P006; D0000022 owner_id P016 P006; D0000023 owner_id P016 P006
                """,
                "2026-09-03": """
                D0000024 close_date 2026-09-28 2026-09-03; D0000024 forecast_category commit omitted; \
                D0000024 is_closed false true
                """,
                "2026-09-15": """
                D0000024 close_date 2026-09-03 2026-09-28; D0000024 forecast_category omitted commit; \
                D0000024 is_closed true false
                """,
                "2026-09-10": "D0000026 gone",
                "2026-10-09":
                    "D0000027 forecast_category commit closed; D0000027 is_closed false true; D0000027 is_won false true",
                "2026-10-12": """
                D0000016 close_date 2026-12-18 2026-10-12; D0000016 forecast_category commit omitted; \
                D0000016 is_closed false true; D0000017 close_date 2026-12-18 2026-10-12; \
                D0000017 forecast_category commit omitted; D0000017 is_closed false true; \
                D0000018 close_date 2026-12-18 2026-10-12; D0000018 forecast_category best_case omitted; \
                D0000018 is_closed false true; D0000019 close_date 2026-12-18 2026-10-12; \
                D0000019 forecast_category best_case omitted; D0000019 is_closed false true; \
                D0000020 close_date 2026-12-18 2026-10-12; D0000020 forecast_category best_case omitted; \
                D0000020 is_closed false true; D0000028 close_date 2026-09-25 2026-10-12; \
                D0000028 forecast_category closed omitted; D0000028 is_won true false
                """,
                "merged": "opportunity D0000026 into D0000025 on 2026-09-10",
                "plan": "1.04 on 2026-08-18 2026-08-19 2026-08-20, else 1.10",
                "amounts": """
                D0000016 90000.00; D0000017 110000.00; D0000018 80000.00; D0000019 70000.00; D0000020 50000.00; \
                D0000021 120000.00; D0000022 80000.00; D0000023 100000.00; D0000024 140000.00; D0000025 110000.00; \
                D0000026 110000.00; D0000027 90000.00; D0000028 90000.00
                """,
            ])
    }

    @Test func `what is planted says so itself`() throws {
        let company = try Company(Self.autumn { $0.until = Frame.day(2027, 1, 8) })
        for truth in PlantedTruth.all {
            let deal = try #require(company.plantedDeals.first { $0.id == truth.deal })
            #expect(deal.name.hasPrefix("\(truth.account): "), "\(truth.account)")
            #expect(PlantedFact.all.contains { $0.name == truth.fact })
            let (before, after) = (deal.state(on: truth.day - 1), deal.state(on: truth.day))
            #expect(before != after, "\(truth.account) \(truth.day)")
            let state = try #require(truth.event == .backdated ? after : before)
            #expect(
                Amount(millionths: Int128(state.amount ?? 0) * 10_000) == truth.amount, "\(truth.account)")
            let team = company.organisation.team(of: state, on: truth.day - 1)
            // A win counts for the team of its date.
            #expect(team.name == truth.team, "\(truth.account)")
            let quarter = try #require(SampleCalendar.months.quarter(labelled: truth.period))
            let columns = [before, after].map { $0?.column(in: quarter) }
            #expect(columns.contains { $0 == .commit || $0 == .closed } == truth.isFirm, "\(truth.account)")
        }
        #expect(Set(PlantedTruth.all.map(\.fact)).count == 7)
    }

    @Test(arguments: [
        ("bulk-push", [16, 17, 18, 19, 20]), ("hand-over", [21, 22, 23]), ("reopened-loss", [24]),
        ("merged-duplicate", [26]), ("currency-shock", []), ("late-booking", [27, 28]),
    ])
    func `left out it takes its own deals' lives along and no other's`(fact: String, deals: [Int]) throws {
        let lines = try withExport(Self.autumn()) { whole in
            try withExport(Self.autumn { $0.without = [fact] }) {
                try Oracle.run("differences.py", whole, $0)
            }
        }
        let touched = Set(lines.filter { $0.hasPrefix("opportunity ") }.map { $0.split(separator: " ")[1] })
        #expect(touched == Set(deals.map { Substring(numberedID("D", $0)) }))
        let others = lines.filter { line in
            // What is said and done about a deal differs with it, and the account of a later win is a customer later.
            !["opportunity ", "activity ", "call ", "deal_call ", "booking ", "account A0000027 "].contains {
                line.hasPrefix($0)
            }
        }
        switch fact {
        case "currency-shock": #expect(others == ["exchange_rate plan-EUR-USD-FY2026 2026-08-18 2026-08-20"])
        case "merged-duplicate":
            #expect(others.allSatisfy { $0.contains("merged_record") || $0.contains("M-") })
        default: #expect(others.isEmpty, "\(others)")
        }
    }

    @Test func `a plain company has none of them`() throws {
        let figures = try figures(Self.autumn { $0.isPlain = true })
        expect(figures, has: ["plan": "else 1.10"])
        #expect(figures["merged"] == nil)
        for day in ["2026-09-03", "2026-09-10", "2026-09-14", "2026-09-15", "2026-09-29", "2026-10-09"] {
            let owners = figures[day]?.contains("owner_id") ?? false
            #expect(!owners && figures[day]?.contains("2026-12-18") != true, "\(day)")
        }
        #expect(figures["2026-10-12"] == nil)
    }

    @Test(arguments: [1, 4711, UInt64.max])
    func `FY2026Q4 is frozen at 6.68 and two deals are backdated, whatever the seed`(seed: UInt64) throws {
        let company = options {
            $0.seed = seed
            $0.until = Frame.day(2027, 1, 8)
            $0.nights = 5
            $0.deals = 100
        }
        try withExport(company) { folder in
            expect(
                try Oracle.figures("movements.py", folder),
                has: [
                    "closed.2027-01-06": "2480000.00 2200000.00 2000000.00 6680000.00",
                    "closed.2027-01-07": "2480000.00 2200000.00 2000000.00 6680000.00",
                    "closed.2027-01-08": "2600000.00 2200000.00 2000000.00 6800000.00",
                    "2027-01-08.won": "D0000011 2026-12-30 80000.00; D0000012 2026-12-31 40000.00",
                ])
        }
    }

    @Test func `without it the quarter lands elsewhere, and until the present nothing differs`() throws {
        let later = options {
            $0.until = Frame.day(2027, 1, 8)
            $0.nights = 5
            $0.deals = 100
            $0.without = ["backdated-close"]
        }
        #expect(
            try withExport(later) { try Oracle.figures("movements.py", $0) }["closed.2027-01-06"]
                != "2480000.00 2200000.00 2000000.00 6680000.00")
        let present = options { $0.nights = 8 }
        let without = options {
            $0.nights = 8
            $0.without = ["backdated-close"]
        }
        let digests = try [present, without].map { company in
            try withExport(company) { try Oracle.run("digest.py", $0) }
        }
        #expect(digests[0] == digests[1])
    }
}
