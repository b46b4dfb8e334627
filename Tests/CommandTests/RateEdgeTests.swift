import Foundation
import TestSupport
import Testing

/// Companies of which little can be said: an absent number with its reason, never a crash and never 0 % or 100 %.
@Suite("Rates of next to nothing")
struct RateEdgeTests {
    private static let company = [
        "company": "id,name,currency,time_zone,fiscal_year_start_month\nm,Edge,USD,UTC,1\n",
        "person": "id,name,team_id\np1,Ada Berg,t1\n", "team": "id,name,parent_id,lead_id\nt1,North,,\n",
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Offer,Offer,2,open,best_case
        Won,Won,3,won,closed
        Lost,Lost,4,lost,omitted

        """,
    ]
    private static let header =
        "id,name,owner_id,stage_id,amount,currency,close_date,created_date,lead_source\n"

    private static func deals(
        _ count: Int, _ stage: String, amount: String = "100", close: String = "2026-05-20"
    )
        -> String
    {
        header
            + (0..<count).map { "d\($0),Deal \($0),p1,\(stage),\(amount),USD,\(close),2026-01-10,Web\n" }
            .joined()
    }

    /// What is loaded, by name: nights of deals.
    private static let companies: [String: [(String, String)]] = [
        "empty": [("2026-06-01", header)],
        "one deal": [("2026-06-01", deals(1, "Won"))],
        "all lost": [
            ("2026-05-01", deals(30, "New", close: "2026-07-01")), ("2026-06-01", deals(30, "Lost")),
        ],
        "all open": [
            ("2026-05-01", deals(30, "New", close: "2026-07-01")),
            ("2026-06-01", deals(30, "Offer", close: "2026-07-01")),
        ],
        "zero amounts": [
            ("2026-05-01", deals(30, "Offer", amount: "0", close: "2026-07-01")),
            ("2026-06-01", deals(30, "Won", amount: "0")),
        ],
        "one day": [("2026-06-01", deals(30, "Won"))],
        "no amounts and no dates": [
            (
                "2026-06-01",
                header + (0..<20).map { "d\($0),Deal \($0),,Won,,,,,\n" }.joined()
                    + (0..<20).map { "e\($0),Deal \($0),p1,Offer,,,,,\n" }.joined()
            )
        ],
    ]

    private static let questions = [
        ["conversion", "--by", "person"], ["conversion", "--by", "competitor", "--period", "all"],
        ["velocity", "--by", "segment"], ["bottlenecks", "--by", "person"],
        ["leads", "--since", "2026-03-01"],
    ]

    @Test(arguments: companies.keys.sorted())
    func `give absent numbers and reasons`(name: String) throws {
        let bench = try Bench()
        for (day, deals) in try #require(Self.companies[name]) {
            // A guard holds an export without deals until somebody accepts it.
            let outcome = try bench.load(
                day, Self.company.merging(["opportunity": deals]) { $1 }, "--accept", "empty")
            guard outcome.status == 0 else { throw Command.Failure("\(name): \(outcome)") }
        }
        for question in Self.questions {
            let outcome = try bench.run(question + ["--format", "json"])
            #expect(outcome.status == 0, "\(name) \(question): \(outcome)")
            #expect(
                !outcome.output.contains("NaN") && !outcome.output.contains("Infinity"), "\(name) \(question)"
            )
        }
        let conversion = try bench.answer("conversion")
        let top = try #require(conversion.rows().first)
        let velocity = try #require(try bench.answer("velocity").rows().first)
        #expect(try bench.answer("leads").warnings["no_leads"] != nil)
        switch name {
        case "empty":
            #expect(top.isNull("win_rate") && top.isNull("narrow") && velocity.isNull("per_day"))
            #expect(conversion.headline.contains("too few deals"), "\(conversion.headline)")
        case "one deal":
            #expect(top.isNull("win_rate") && top.isNull("narrow") && top.integer("ended_won") == 1)
            #expect(try bench.answer("velocity").warnings["few_won"] != nil)
        case "all lost":
            // Nothing says how long a win takes: no cohort, and no win rate of 0 %.
            #expect(top.isNull("win_rate") && conversion.warnings["nothing_won"] != nil)
            // Thirty losses by the day of closing are a count that can be told.
            #expect(top.integer("narrow_n") == 30 && velocity.isNull("per_day"))
            #expect(velocity.text("note") == "nothing was won")
        case "all open":
            #expect(top.isNull("win_rate") && top.isNull("narrow") && velocity.isNull("per_day"))
            #expect(velocity.text("note") == "nothing has ended")
        case "zero amounts":
            #expect(top.isNull("win_rate_amount") && top.isNull("largest_share"))
            #expect(velocity.isNull("change"))
        case "one day":
            #expect(conversion.warnings["no_stage_history"] != nil && conversion.rows("stages").isEmpty)
            #expect(velocity.isNull("before_per_day") && velocity.isNull("change"))
        default:
            #expect(conversion.warnings["days_unknown"] != nil && top.isNull("win_rate"))
            #expect(velocity.text("note") == "nothing has ended")
        }
    }

    @Test func `options that have no meaning are refused`() throws {
        let bench = try Bench()
        for arguments in [
            ["velocity", "--period", "this"], ["velocity", "--by", "source"],
            ["bottlenecks", "--by", "segment"],
            ["leads", "--by", "competitor"], ["conversion", "--within", "0"], ["conversion", "--back", "0"],
        ] { #expect(try bench.run(arguments).status == 64, "\(arguments)") }
    }
    @Test func `a day to compare with that is not before the day read is refused`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        for arguments in [["leads", "--since", "2026-06-01"], ["conversion", "--since", "2026-05-04"]] {
            let refused = try bench.run(arguments)
            #expect(refused.status == 64 && refused.errors.contains("BW560"), "\(arguments) \(refused)")
        }
    }
}
