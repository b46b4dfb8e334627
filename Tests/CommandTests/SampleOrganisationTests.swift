import Model
import TestSupport
import Testing

/// Fact 6 of the sample company: Tom Iversen moves from West to East, and with him 0.35, in the company 0.00.
@Suite("The sample company's reorganisation")
struct SampleOrganisationTests {
    @Test func `is told by the forecast by either organisation`() throws {
        let bench = try Bench()
        let sample = try bench.run("sample", "halden", "--deals", "300", "--nights", "39")
        try #require(sample.status == 0, "\(sample)")
        for day in ["2026-10-30", "2026-12-07"] {
            let load = try bench.run("load", "generic", "halden/\(day)")
            try #require(load.status == 0, "\(load)")
        }
        let scope = ["forecast", "--period", "FY2026Q4", "--as-of", "2026-10-30"]
        let asIs = try bench.answer(scope + ["--org", "as-is"])
        #expect(asIs.warnings["organisation_differs"]?.contains("Tom Iversen: West → East") == true)
        let effects = asIs.rows("organisation").map {
            "\($0.text("node") ?? "") \($0.text("difference") ?? "")"
        }
        #expect(effects == ["Halden Instruments 0", "East 350000", "West -350000"])
        // The same in the forecasts themselves, of which East has a person more, and West one less.
        let asWas = try bench.answer(scope).rows("forecast")
        for (was, now) in zip(asWas, asIs.rows("forecast")) {
            let moved = ["East": 350_000, "West": -350_000][was.text("node") ?? ""] ?? 0
            #expect(was.text("node") == now.text("node"))
            #expect(sum(now) - sum(was) == Amount(moved), "\(was.text("node") ?? "")")
        }
        #expect(asWas.count == 4)
    }

    private func sum(_ row: PrintedRow) -> Amount {
        (row.amount("closed") ?? .zero) + (row.amount("open") ?? .zero)
    }
}
