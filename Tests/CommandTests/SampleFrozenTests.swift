import Model
import TestSupport
import Testing

/// Fact 12 of the sample company, and its kin of the quarter before, as the command prints them.
@Suite("The sample company's frozen quarters")
struct SampleFrozenTests {
    private func loaded(_ options: String...) throws -> Bench {
        let bench = try Bench()
        for arguments in [
            ["sample", "halden", "--deals", "100"] + options,
            ["load", "generic", "--from-dir", "halden", "--all-missing"],
        ] {
            let outcome = try bench.run(arguments, timeout: 240)
            guard outcome.status == 0 else { throw Command.Failure("\(arguments): \(outcome)") }
        }
        return bench
    }

    @Test func `fact 12: FY2026Q4 stands at 6.68, and two backdated deals are restatements of 0.12`() throws {
        let bench = try loaded("--until", "2027-01-08", "--nights", "4")
        let forecast = try bench.answer("forecast", "--period", "FY2026Q4")
        #expect(
            forecast.headline
                == "Halden Instruments FY2026Q4, frozen on 2027-01-06: closed 6.68 M USD, 0.52 M USD under the budget of 7.20 M USD; restated since by the CRM +0.12 M USD in 2 deals: 6.80 M USD now"
        )
        #expect(
            forecast.rows().map { $0.amount("closed") } == [668, 200, 248, 220].map { Amount($0 * 10_000) })
        let restatements = try bench.answer("restatements", "--period", "FY2026Q4")
        let deals = restatements.rows("deals")
        #expect(
            deals.map { "\($0.text("id") ?? "") \($0.text("amount") ?? "")" } == [
                "D0000011 80000", "D0000012 40000",
            ])
        #expect(deals.allSatisfy { $0.text("cause") == "CRM" && $0.text("changed_on") == "2027-01-08" })
        #expect(deals.map { $0.text("what") } == ["won, dated 2026-12-30", "won, dated 2026-12-31"])
        // The evening before, nothing was restated yet.
        let before = try bench.answer("restatements", "--period", "FY2026Q4", "--as-of", "2027-01-07")
        #expect(
            before.headline
                == "Halden Instruments FY2026Q4 was frozen on 2027-01-06 at 6.68 M USD; nothing was restated since"
        )
    }

    @Test func `of FY2026Q3 two deals are restated, and the sum stands`() throws {
        let bench = try loaded("--until", "2026-10-13", "--nights", "14")
        let answer = try bench.answer("restatements", "--period", "FY2026Q3")
        let company = try #require(answer.rows().first)
        #expect(company.amount("by_crm") == .zero && company.amount("by_loads") == .zero)
        let deals = answer.rows("deals").map { "\($0.text("id") ?? "") \($0.text("amount") ?? "")" }
        #expect(deals == ["D0000027 90000", "D0000028 -90000"])
    }
}
