import TestSupport
import Testing

/// What becomes of a deal when the CRM's own words and its stage are not of one mind.
@Suite("Outcomes")
struct OutcomeTests {
    /// Closed, won, stage; what it is, and whether that is a finding.
    private static let cases: [(closed: String, won: String, stage: String, kind: String, isConflict: Bool)] =
        [
            ("true", "", "Won", "won", false), ("true", "", "Lost", "lost", false),
            ("true", "", "None", "no_decision", false), ("true", "", "New", "lost", true),
            ("true", "", "Newish", "lost", false),
            ("true", "true", "Won", "won", false), ("true", "true", "Lost", "won", true),
            ("true", "true", "New", "won", true), ("true", "true", "Newish", "won", false),
            ("true", "false", "Won", "lost", true), ("true", "false", "Lost", "lost", false),
            ("true", "false", "None", "no_decision", false), ("true", "false", "New", "lost", true),
            ("false", "", "Won", "open", true), ("false", "false", "Lost", "open", true),
            ("false", "false", "New", "open", false), ("false", "", "Newish", "open", false),
            ("", "true", "Won", "won", false), ("", "true", "New", "won", true),
            ("", "false", "New", "open", false), ("", "", "Won", "won", false),
            ("", "", "None", "no_decision", false),
            ("", "", "New", "open", false), ("", "", "Newish", "open", false),
        ]

    @Test func `follow the CRM's own words, then the stage, and name a conflict`() throws {
        let bench = try Bench()
        var exports = Acme.reference
        exports["stage"]?.append("None,None,4,no_decision,omitted\n")
        exports["opportunity"] =
            ([Acme.dealHeader + ",is_closed,is_won"]
            + Self.cases.enumerated().map { index, deal in
                "d\(index + 100),D,a1,p1,\(deal.stage),commit,1,USD,2026-06-30,\(deal.closed),\(deal.won)"
            }).joined(separator: "\n") + "\n"
        try bench.mustLoad("2026-05-04", exports)
        #expect(
            try bench.values("select kind as value from bellwether.deal order by id")
                == Self.cases.map(\.kind))
        let conflicts = Self.cases.indices.filter { Self.cases[$0].isConflict }.map { "d\($0 + 100)" }
        #expect(
            try bench.values(
                "select id as value from bellwether.finding where code = 'outcome_conflict' order by id")
                == conflicts)
        // Lost ones are in no forecast, and so in none of its warnings.
        let shown = Self.cases.filter { $0.isConflict && ["won", "open"].contains($0.kind) }.count
        for question in ["forecast", "deals"] {
            let warning = try bench.answer(question, "--period", "FY2026Q2").warnings["outcome_conflict"]
            #expect(warning?.hasPrefix("\(shown) deals") == true, "\(warning ?? "none")")
        }
    }
}
