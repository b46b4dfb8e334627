import TestSupport
import Testing

/// A forecast shows the period after it beside it: what is open, called and planned.
@Suite("The next period")
struct NextPeriodTests {
    private static let columns = [
        "node", "commit_cum", "next_open", "next_call", "next_quota", "next_budget", "next_coverage",
    ]

    /// FY2026Q2 and Q3: Ann has 20 won and 100 committed, then 300 committed and 50 of pipeline; Bob has 200, then 30
    /// omitted and 7 won early; 9 of nobody are open in Q3 alone.
    private static let bench = Result {
        let bench = try Bench()
        var exports = Acme.reference
        exports["plan_line"] = """
            id,kind,node_kind,node_id,period,amount
            b2,budget,company,,FY2026Q2,1000
            b3,budget,company,,FY2026Q3,700
            q3,quota,person,p1,FY2026Q3,400

            """
        exports["opportunity"] = Acme.deals(
            "d1,A,a1,p1,Won,,20,USD,2026-05-01", "d2,B,a1,p1,New,commit,100,USD,2026-06-30",
            "d3,C,a1,p1,New,commit,300,USD,2026-07-01", "d4,D,a1,p1,New,pipeline,50,USD,2026-09-30",
            "d5,E,a1,p2,New,commit,200,USD,2026-06-30", "d6,F,a1,p2,New,omitted,30,USD,2026-08-01",
            "d7,G,a1,p2,Won,,7,USD,2026-07-02", "d8,H,a1,p9,New,best_case,9,USD,2026-07-02",
            "d9,I,a1,p9,New,omitted,1000,USD,2026-10-01")
        try bench.mustLoad("2026-05-04", exports)
        return bench
    }

    private func rows(_ options: String..., bench: Bench? = nil) throws -> [String] {
        try (bench ?? Self.bench.get()).answer(["forecast", "--by", "person"] + options).rows().map { row in
            Self.columns.map { column in
                row.text(column) ?? (row.isNull(column) ? "-" : "\(row.values[column] ?? "")")
            }.joined(separator: " ")
        }
    }

    @Test func `stands beside each node, with its plan and coverage`() throws {
        // Coverage: 359 ÷ (700 − 7), 350 ÷ 400.
        let found = try rows("--period", "FY2026Q2")
        #expect(found[0].hasPrefix("Acme 320 359 307 400 700 0.518"), "\(found)")
        #expect(
            found.dropFirst() == [
                "East 120 350 300 400 - 0.875", "Ann 120 350 300 400 - 0.875", "West 200 0 7 - - -",
                "Bob 200 0 7 - - -", "Unassigned 0 9 0 - - -",
            ])
    }

    @Test func `is the one that a forecast of its own shows`() throws {
        let bench = try Self.bench.get()
        let this = try bench.answer("forecast", "--period", "FY2026Q2", "--by", "person").rows()
        let next = try bench.answer("forecast", "--period", "FY2026Q3", "--by", "person").rows()
        for row in this {
            let other = try #require(next.first { $0.text("node") == row.text("node") })
            #expect(row.text("next_open") == other.text("open"))
            #expect(row.text("next_call") == other.text("call"))
            #expect(row.text("next_budget") == other.text("budget"))
            #expect(row.text("next_quota") == other.text("quota"))
            #expect(
                row.values["next_coverage"] as? Double == other.values["coverage_to_go"] as? Double,
                "\(row.text("node") ?? "")")
        }
        #expect(this.count == next.count)
    }

    @Test func `follows a year, a month and the period before`() throws {
        #expect(try rows("--period", "FY2025")[0].hasPrefix("Acme 0 659 627 400 1700"))
        #expect(try rows("--period", "FY2026M06")[0].hasPrefix("Acme 300 309 307 - -"))
        #expect(try rows("--period", "all")[0] == "Acme 627 - - - - -")
    }

    @Test func `has calls of its own`() throws {
        let bench = try Bench()
        var exports = Acme.reference
        exports["opportunity"] = Acme.deals("d1,A,a1,p1,New,commit,100,USD,2026-07-01")
        try bench.mustLoad("2026-05-04", exports)
        for arguments in [
            ["--node", "East", "--amount", "130", "--period", "next", "--at", "2026-05-04T09:00"],
            ["--node", "West", "--amount", "55", "--period", "this", "--at", "2026-05-04T09:00"],
        ] {
            let call = try bench.run(["call", "submit", "--by", "Ann"] + arguments)
            try #require(call.status == 0, "\(call)")
        }
        let found = try bench.answer("forecast", "--period", "FY2026Q2").rows().map {
            "\($0.text("node") ?? "") \($0.text("call") ?? "") \($0.text("next_call") ?? "")"
        }
        #expect(found == ["Acme 55 130", "East 0 130", "West 55 0"])
        let own = try bench.answer("forecast", "--period", "FY2026Q2", "--person", "Ann").rows()
        #expect(own.map { $0.text("next_call") } == ["100"])
    }

    @Test func `is shown on a terminal that has room for it`() throws {
        let bench = try Self.bench.get()
        func screen(_ width: String) throws -> String {
            try Command(
                environment: ["BELLWETHER_DB": bench.url, "COLUMNS": width], folder: bench.folder.path
            ).run(["forecast", "--period", "FY2026Q2"]).output
        }
        let wide = try screen("200")
        #expect(wide.contains("FY2026Q3 open") && wide.contains("FY2026Q3 budget"), "\(wide)")
        #expect(wide.contains("359") && !wide.contains("FY2026Q3 call"), "\(wide)")
        let narrow = try screen("60")
        #expect(!narrow.contains("FY2026Q3"), "\(narrow)")
    }
}
