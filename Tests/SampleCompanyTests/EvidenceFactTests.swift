import Model
import SampleCompany
import Testing

/// The facts about people, leads and evidence, as an oracle reckons them from one night and its history alone; and that
/// each is gone where it is not planted.
@Suite struct EvidenceFactTests {
    private func figures(_ change: (inout SampleOptions) -> Void = { _ in }) throws -> [String: String] {
        try withExport(
            options {
                $0.nights = 1
                $0.hasHistory = true
                change(&$0)
            }
        ) { try Oracle.figures("evidence.py", $0) }
    }

    @Test func `one commits late, one commits what does not come, and one source of leads turned bad`() throws
    {
        let figures = try figures()
        expect(
            figures,
            has: [
                "late.Maya": "11 of 20 0.55", "landed.Luc": "56 of 147 0.38",
                "landed.others": "495 of 687 0.72",
                "late.others": "4 of 697 0.01",
                "leads.Webinar.before": "79 of 661 0.12", "leads.Webinar.since": "18 of 386 0.05",
                "leads.Partner.before": "42 of 236 0.18", "leads.Partner.since": "16 of 117 0.14",
            ])
        #expect(figures["wrong"] == nil)
    }

    @Test
    func `a stage became slow, a conversion fell, one person stalls, exceptions cost and overrides harm`()
        throws
    {
        let figures = try figures()
        expect(
            figures,
            has: [
                "proposal.before": "22 days of 267", "proposal.since": "40 days of 137",
                "solution.T-WEST.before": "486 of 586 0.83", "solution.T-WEST.since": "112 of 164 0.68",
                "solution.T-EAST.before": "625 of 775 0.81", "solution.T-EAST.since": "163 of 196 0.83",
                "decider.Rachel": "3 of 32 0.09", "decider.others": "322 of 623 0.52",
                "requests.met": "17 of 37 0.46", "requests.exceptions": "1 of 6 0.17",
                "overrides": "133 of 162 0.82",
            ])
        let without = try self.figures {
            $0.without = [
                "slow-stage", "conversion-drop", "milestone-stall", "costly-exceptions", "meddling",
            ]
        }
        #expect(without["proposal.since"]?.hasPrefix("2") == true, "\(without)")
        #expect(try share("solution.T-WEST.since", without) > 0.78)
        #expect(try share("decider.Rachel", without) > 0.35)
        #expect(without["overrides"] == "none")
        for name in ["late.Maya", "landed.Luc", "leads.Webinar.since", "solution.T-EAST.since"] {
            #expect(without[name] == figures[name], "\(name)")
        }
    }

    /// The share of a line such as `11 of 20 0.55`.
    private func share(_ name: String, _ figures: [String: String]) throws -> Double {
        try #require(figures[name]?.split(separator: " ").last.flatMap { Double($0) })
    }

    @Test(arguments: [4711, UInt64.max]) func `so they do for every seed`(seed: UInt64) throws {
        let figures = try figures { $0.seed = seed }
        for (name, expected) in [
            ("leads.Webinar.before", 0.12), ("leads.Webinar.since", 0.05), ("leads.Partner.before", 0.18),
            ("leads.Partner.since", 0.14), ("late.Maya", 0.55),
        ] {
            #expect(abs(try share(name, figures) - expected) < 0.031, "\(name)")
        }
        // Somebody with few deals has not enough of them to be told to the percent.
        #expect(try share("landed.Luc", figures) + 0.15 < share("landed.others", figures))
    }

    @Test func `each is gone where it is left out, and takes nothing else with it`() throws {
        let whole = try figures()
        func changed(without facts: String...) throws -> [String: String] {
            let figures = try figures { $0.without = facts }
            return figures.filter { whole[$0.key] != $0.value }
        }
        let withoutSandbag = try changed(without: "sandbag")
        #expect(withoutSandbag["late.Maya"] == "0 of 18 0.00")
        #expect(withoutSandbag.keys.allSatisfy { $0.hasPrefix("late.") || $0 == "landed.others" })
        let withoutEars = try changed(without: "happy-ears")
        #expect(withoutEars["landed.Luc"]?.hasSuffix("0.73") == true)
        #expect(withoutEars.keys.allSatisfy { $0.hasPrefix("landed.") })
        let withoutWebinars = try changed(without: "webinar-leads")
        #expect(try share("leads.Webinar.since", withoutWebinars) > 0.1)
        #expect(Set(withoutWebinars.keys) == ["leads", "leads.Webinar.since"])
        let withoutPartners = try changed(without: "partner-leads")
        #expect(try share("leads.Partner.since", withoutPartners) > 0.16)
        #expect(Set(withoutPartners.keys) == ["leads", "leads.Partner.since"])
    }
}
