import TestSupport
import Testing

/// What people read of currencies and of orders, to the letter: see GoldenTests for how to write them anew.
@Suite("Screens of money")
struct MoneyScreenTests {
    static let screens: [(name: String, arguments: [String])] = [
        ("currency", ["currency", "--period", "FY2026Q4"]),
        ("currency-since", ["currency", "--period", "FY2026Q4", "--since", "2026-11-16"]),
        ("currency-csv", ["currency", "--team", "EMEA", "--format", "csv"]),
        ("currency-json", ["currency", "--by", "company", "--format", "json"]),
        ("reconcile", ["reconcile", "--period", "FY2026Q4"]),
        ("reconcile-md", ["reconcile", "--period", "FY2026Q4", "--team", "EMEA", "--format", "md"]),
        ("reconcile-json", ["reconcile", "--period", "FY2026Q4", "--format", "json"]),
        ("reconcile-tied", ["reconcile", "--team", "West"]),
    ]

    @Test(arguments: screens.map(\.name))
    func `are as they were`(name: String) throws {
        let arguments = try #require(Self.screens.first { $0.name == name }).arguments
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        try GoldenTests().compare(outcome.output, with: name, hasClock: false)
    }

    /// Meridian with what EMEA sells in euros, pounds and gold, and finance's books.
    private static let bench = Result {
        let bench = try Bench()
        for (day, rate, amount) in [("2026-11-16", "1.08", "800000"), ("2026-12-07", "1.05", "900000")] {
            try bench.mustLoad(
                day,
                Meridian.reference.merging([
                    "exchange_rate": """
                    id,kind,from_currency,to_currency,start_date,end_date,rate
                    e1,plan,EUR,USD,,,1.10
                    e2,plan,USD,GBP,,,0.8
                    e3,daily,EUR,USD,\(day),\(day),\(rate)

                    """,
                    "opportunity": """
                    id,name,owner_id,stage_id,forecast_category,amount,currency,close_date
                    d1,Alder,p1,Won,,1650000,USD,2026-10-20
                    d2,Beech,p1,New,commit,700000,USD,2026-12-20
                    d3,Cedar,p2,Won,,1500000,USD,2026-10-20
                    d5,Elder,p4,Won,,700000,EUR,2026-11-01
                    d6,Fir,p4,New,commit,\(amount),EUR,2026-12-20
                    d7,Gorse,p4,New,commit,50000,GBP,2026-12-20
                    d8,Hazel,p4,New,best_case,12,XAU,2026-12-20

                    """,
                    "booking": """
                    id,opportunity_id,order_id,booked_date,amount,currency
                    b1,d1,SO-1,2026-10-21,1600000,USD
                    b2,d3,SO-2,2026-10-21,1000000,USD
                    b3,d3,SO-3,2026-10-22,500000,USD
                    b4,d5,SO-4,2026-11-02,700000,EUR
                    b5,d5,SO-4,2026-11-03,700000,EUR
                    b6,d6,SO-5,2026-11-03,10000,EUR
                    b7,,SO-6,2026-11-04,-2500,USD

                    """,
                ]) { $1 })
        }
        return bench
    }
}
