import TestSupport
import Testing

/// The sample company goes into the warehouse by the mapping that its files are written for.
@Suite struct SampleLoadTests {
    @Test func `what the sample writes loads without anything to look at`() throws {
        let bench = try Bench()
        // From before West's calls are taken back until after, over Thanksgiving.
        let sample = try bench.run(
            "sample", "halden", "--deals", "300", "--until", "2026-11-28", "--nights", "14")
        #expect(sample.status == 0, "\(sample)")
        let load = try bench.run("load", "generic", "--from-dir", "halden", "--all-missing")
        #expect(load.status == 0, "\(load)")
        #expect(!load.text.contains("Warning") && !load.text.contains("BW"), "\(load)")
        #expect(try bench.answer("findings").rows().isEmpty)
        #expect(try bench.answer("rejects").rows().isEmpty)
        // The planted gap is the only one.
        #expect(try bench.answer("loads", "gaps").rows().map { $0.text("day") } == ["2026-11-26"])
        for entity in ["call", "deal_call", "activity", "booking", "holiday", "opportunity_split"] {
            #expect(
                try bench.value("select (count(*) > 0)::text as value from bellwether.\(entity)") == "true",
                "\(entity)")
        }
        // Keller's override, and Raman's calls, which stand until she has left.
        func standing(on day: String) throws -> [String?] {
            try bench.values(
                """
                select concat_ws(' ', node_id, kind, trim_scale(amount)::text) as value
                from bellwether.call_history
                where valid_from <= '\(day)' and valid_to > '\(day)' and period = 'FY2026Q4'
                    and category = 'commit' and node_kind = 'team' and withdrawn_at is null
                """)
        }
        #expect(try standing(on: "2026-11-15").contains { $0?.hasPrefix("T-WEST own ") == true })
        #expect(try !standing(on: "2026-11-16").contains { $0?.hasPrefix("T-WEST") == true })
        #expect(try standing(on: "2026-11-16").contains("T-EMEA override 2450000"))
    }
}
