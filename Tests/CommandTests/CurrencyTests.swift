import Foundation
import Model
import TestSupport
import Testing

/// `bellwether currency`, held against fractions in Python, and the story of the sample company.
@Suite("Currencies of a forecast")
struct CurrencyTests {
    @Test func `of random companies are what exact fractions come to`() throws {
        for seed in Self.seeds {
            let bench = try Bench()
            let oracle = try Oracle.run("currency.py", [bench.folder.path, String(seed)])
            let days = try #require(oracle["days"] as? [String: [String: Any]])
            for day in days.keys.sorted() {
                // Chance may change more than a guard lets pass.
                let load = try bench.run(
                    "load", "generic", day, "--accept", "amount", "--accept", "gone", "--accept", "rows")
                try #require(load.status == 0, "seed \(seed): \(load)")
            }
            for (day, expected) in days {
                let answer = try bench.answer("currency", "--period", "FY2026Q2", "--as-of", day)
                let nodes = try #require(expected["nodes"] as? [String: [String: [String: Any]]])
                try compare(answer, with: nodes, "seed \(seed), \(day)")
                try #require(
                    unrated(answer) == (expected["unrated"] as? [[Any]] ?? []).map { $0.map { "\($0)" } },
                    "seed \(seed), \(day)")
                try adds(up: answer, bench, day, "seed \(seed), \(day)")
            }
            let last = try #require(days.keys.max())
            let first = try #require(days.keys.min())
            let answer = try bench.answer(
                "currency", "--period", "FY2026Q2", "--as-of", last, "--since", first)
            let since = try #require(oracle["since"] as? [String: [String: Any]])
            for row in answer.rows("constant_currency") {
                let node = row.text("node") ?? ""
                for column in Self.changes {
                    // A team without deals on both days has a line of zeros.
                    let wanted = since[node].map { $0[column] as? String } ?? "0"
                    try #require(row.text(column) == wanted, "seed \(seed), \(node), \(column)")
                }
            }
            #expect(
                Set(since.keys).isSubset(of: answer.rows("constant_currency").compactMap { $0.text("node") }))
        }
    }

    private static let changes = [
        "then", "now", "sales", "rate_effect_then", "rate_effect_now", "rates", "total", "shown_then",
        "plan_restated",
    ]

    private static let seeds: Range<Int> = {
        let named = ProcessInfo.processInfo.environment["BELLWETHER_TEST_SEED"].flatMap { Int($0) }
        let first = named ?? Int.random(in: 1...1_000_000)
        return first..<first + 2
    }()

    private func compare(
        _ answer: PrintedAnswer, with nodes: [String: [String: [String: Any]]], _ place: String
    ) throws {
        var seen = 0
        for row in answer.rows() {
            let isCurrency = row.text("level") == "currency"
            let node = (isCurrency ? row.text("parent") : row.text("node")) ?? ""
            let cell = nodes[node]?[isCurrency ? row.text("node") ?? "" : "all"]
            // A team without deals has a line of zeros.
            guard let cell else {
                try #require(!isCurrency && row.amount("commit_cum") == .zero, "\(place), \(node)")
                continue
            }
            seen += 1
            let columns = [
                ("plan", "commit_cum"), ("day", "commit_cum_at_day"), ("effect", "rate_effect"),
                ("open", "open"), ("entered", "entered"),
            ]
            for (name, column) in columns {
                try #require(
                    row.text(column) == cell[name] as? String,
                    "\(place), \(node), \(row.text("node") ?? ""), \(column)")
            }
            try #require(row.integer("deals") == cell["deals"] as? Int, "\(place), \(node)")
        }
        try #require(seen == nodes.values.reduce(0) { $0 + $1.count }, "\(place)")
    }

    private func unrated(_ answer: PrintedAnswer) -> [[String]] {
        answer.rows("without_rate").isEmpty || answer.rows("without_rate")[0].text("pair") == nil
            ? []
            : answer.rows("without_rate").map { row in
                [row.text("id"), row.text("plan_rate_day"), row.text("day_rate_day")].map { $0 ?? "<null>" }
            }.sorted { $0[0] < $1[0] }
    }

    /// The same sums as `forecast` has, and the currencies of each node add up to it.
    private func adds(up answer: PrintedAnswer, _ bench: Bench, _ day: String, _ place: String) throws {
        let forecast = try bench.answer("forecast", "--period", "FY2026Q2", "--as-of", day).rows()
        let nodes = answer.rows().filter { $0.text("level") != "currency" }
        let columns = ["closed", "commit", "best_case", "pipeline", "omitted", "unmapped", "open"]
        try #require(
            nodes.map { row in columns.map { row.text($0) } }
                == forecast.map { row in columns.map { row.text($0) } },
            "\(place)")
        for node in nodes {
            let parts = answer.rows().filter {
                $0.text("level") == "currency" && $0.text("parent") == node.text("node")
            }
            for column in columns + columns.map({ $0 + "_rate_effect" }) where !node.isNull(column) {
                try #require(
                    parts.reduce(Amount.zero) { $0 + ($1.amount(column) ?? .zero) } == node.amount(column),
                    "\(place), \(node.text("node") ?? ""), \(column)")
            }
        }
    }

    // MARK: - The sample company

    @Test func `EMEA's 1.95 is worth 0.09 less at the day's rate of 1.05`() throws {
        let bench = try Halden.bench.get()
        let answer = try bench.answer("currency", "--period", "FY2026Q4", "--team", "EMEA")
        #expect(
            answer.headline
                == "EMEA FY2026Q4: closed + commit of 1.95 M USD at plan rates is worth 0.09 M USD less at the day's rates"
        )
        let emea = try #require(answer.rows().first)
        #expect(emea.text("commit_cum") == "1950000" && emea.text("rate_effect") == "-88636.36")
        #expect(emea.text("commit_cum_at_day") == "1861363.64")
        let rates = answer.rows("rates").map { [$0.text("currency"), $0.text("kind"), $0.text("rate")] }
        #expect(rates == [["EUR", "plan", "1.1"], ["EUR", "day", "1.05"]])
        // A line of its own: the sums of sales are at plan rates, and the forecast says what it leaves out.
        let forecast = try bench.answer("forecast", "--period", "FY2026Q4")
        #expect(forecast.rows()[0].text("commit_cum") == "6400000")
        #expect(
            forecast.warnings["rate_effect"]
                == "at the day's rates closed + commit is worth 88,636 USD less: `bellwether currency` shows where"
        )
    }

    @Test func `none of the week's 0.32 is currency`() throws {
        let answer = try Halden.bench.get().answer(
            "currency", "--period", "FY2026Q4", "--since", "2026-11-30")
        #expect(
            answer.headline.hasPrefix(
                "Halden Instruments FY2026Q4: closed + commit went from 6.72 M USD on 2026-11-30 to 6.40 M USD: sales moved it by -0.32 M USD, none of it is currency; the rate effect went from -0.12 M USD to -0.09 M USD"
            ), "\(answer.headline)")
        let rows = answer.rows("constant_currency")
        let company = try #require(rows.first)
        #expect(company.text("then") == "6720000" && company.text("now") == "6400000")
        #expect(company.text("sales") == "-320000" && company.text("plan_restated") == "0")
        // East and West sell in dollars.
        #expect(rows.filter { $0.text("node") != "EMEA" }.dropFirst().allSatisfy { $0.text("rates") == "0" })
        #expect(company.text("rates") == rows.first { $0.text("node") == "EMEA" }?.text("rates"))
        #expect(company.text("rates") != "0")
    }

    @Test(arguments: [("0.99", "1"), ("0.9901", nil), ("1.01", "1"), ("1", nil)])
    func `a forecast warns from one per cent of closed + commit on`(rate: String, effect: String?) throws {
        let bench = try Bench()
        var exports = Self.reference
        exports["exchange_rate"] =
            "id,kind,from_currency,to_currency,rate\ne1,plan,EUR,USD,1\ne2,daily,EUR,USD,\(rate)\n"
        // The upside is no part of it.
        exports["opportunity"] = Acme.deals(
            "d1,First,a1,p1,New,commit,60,EUR,2026-06-30", "d2,Second,a1,p2,Won,,40,EUR,2026-05-02",
            "d3,Third,a1,p2,New,best_case,4000,EUR,2026-06-30")
        try bench.mustLoad("2026-05-04", exports)
        let answer = try bench.answer("forecast", "--period", "FY2026Q2")
        #expect(
            answer.warnings["rate_effect"].map { $0.contains(" worth \(effect ?? "-") USD ") }
                == effect.map { _ in true })
        #expect(answer.rows()[0].text("commit_cum") == "100")
    }

    @Test func `a team that is called otherwise, and one that has gone, keep their lines`() throws {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-05-04",
            Acme.reference.merging([
                "opportunity": Acme.deals(
                    "d1,First,a1,p1,New,commit,100,USD,2026-06-30",
                    "d2,Second,a1,p2,New,commit,40,USD,2026-06-30")
            ]) { $1 })
        try bench.mustLoad(
            "2026-05-05",
            Acme.reference.merging([
                "team": "id,name,parent_id\nt1,Orient,\n",
                "person": "id,name,team_id\np1,Ann,t1\np2,Bob,t1\n",
                "opportunity": Acme.deals(
                    "d1,First,a1,p1,New,commit,90,USD,2026-06-30",
                    "d2,Second,a1,p2,New,commit,40,USD,2026-06-30"),
            ]) { $1 })
        let answer = try bench.answer("currency", "--period", "FY2026Q2", "--since", "2026-05-04")
        #expect(
            answer.rows("constant_currency").map { row in
                ["node", "then", "now", "sales"].map { row.text($0) ?? "-" }
            } == [
                ["Acme", "140", "130", "-10"], ["Orient", "100", "130", "30"], ["West", "40", "0", "-40"],
            ])
    }

    // MARK: - What is missing

    private static let reference = Acme.reference.merging([
        "exchange_rate": """
        id,kind,from_currency,to_currency,start_date,end_date,rate
        e1,plan,EUR,USD,,,1.1
        e2,daily,EUR,USD,2026-05-01,2026-05-01,1.2
        g1,plan,GBP,USD,,2026-05-31,1.3
        g2,daily,GBP,USD,2026-05-02,,1.3

        """,
        "opportunity": Acme.deals(
            "d1,First,a1,p1,New,commit,100,EUR,2026-06-30", "d2,Second,a1,p2,New,commit,200,GBP,2026-06-30",
            "d3,Third,a1,p2,Won,,50,GBP,2026-05-02", "d4,Fourth,a1,p2,New,commit,7,XAU,"),
    ]) { $1 }

    @Test func `deals without a rate are named with the pair and the day`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.reference)
        let answer = try bench.answer("currency", "--period", "FY2026Q2")
        // Of EUR there is a plan rate alone, of GBP none for June, of XAU none at all.
        #expect(
            answer.rows("without_rate").map { row in
                ["id", "entered", "pair", "plan_rate_day", "day_rate_day"].map { row.text($0) ?? "-" }
            } == [
                ["d1", "100", "EUR → USD", "-", "2026-05-04"], ["d2", "200", "GBP → USD", "2026-06-30", "-"],
                ["d4", "7", "XAU → USD", "2026-05-04", "2026-05-04"],
            ])
        #expect(
            answer.warnings["day_rate_missing"]
                == "no day's rate EUR → USD on 2026-05-04, the newest is of 2026-05-01: 1 deal stands at the plan rate"
        )
        #expect(answer.warnings["rate_missing"]?.hasPrefix("2 deals left out of every sum") == true)
        let euros = try #require(answer.rows().first { $0.text("node") == "EUR" })
        #expect(euros.isNull("rate_effect") && euros.text("commit_cum") == "110")
        // The day before the market knew, only the other currency is known.
        let top = try #require(answer.rows().first)
        #expect(top.text("commit_cum") == "175" && top.text("rate_effect") == "0")
    }

    @Test func `without any rate of the market the effect is not told, and nobody is named for it`() throws {
        let bench = try Bench()
        var exports = Self.reference
        exports["exchange_rate"] = "id,kind,from_currency,to_currency,rate\ne1,plan,USD,EUR,0.8\n"
        exports["opportunity"] = Acme.deals("d1,First,a1,p1,New,commit,100,EUR,2026-06-30")
        try bench.mustLoad("2026-05-04", exports)
        let answer = try bench.answer("currency", "--period", "FY2026Q2")
        #expect(
            answer.headline.hasSuffix(
                "closed + commit of 125 USD at plan rates; the day's rates are not known"))
        #expect(answer.rows()[0].isNull("rate_effect") && answer.rows()[0].isNull("commit_cum_at_day"))
        #expect(Set(answer.warnings.keys) == ["day_rates_missing"])
        let screen = try bench.run("currency", "--period", "FY2026Q2")
        #expect(!screen.text.contains("without a rate"), "\(screen)")
    }

    @Test func `an earlier day that is none is refused`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        for day in ["2026-05-04", "2026-05-05"] {
            let outcome = try bench.run("currency", "--since", day)
            #expect(outcome.status == 64 && outcome.errors.contains("BW560"), "\(outcome)")
        }
        let before = try bench.run("currency", "--since", "2026-05-03")
        #expect(before.status == 64 && before.errors.contains("BW504"), "\(before)")
    }
}

/// The sample company in the week of the story.
enum Halden {
    static let bench = Result {
        let bench = try Bench()
        let sample = try bench.run("sample", "halden", "--deals", "300", "--nights", "8")
        guard sample.status == 0 else { throw Command.Failure("\(sample)") }
        let load = try bench.run("load", "generic", "--from-dir", "halden", "--all-missing")
        guard load.status == 0 else { throw Command.Failure("\(load)") }
        return bench
    }
}
