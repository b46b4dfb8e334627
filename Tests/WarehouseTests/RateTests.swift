import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// Each day has the rate that was said for it, and no day loses one that was.
@Suite("Rates of exchange")
struct RateTests {
    private let parameters: ConnectionParameters
    private let warehouse: Warehouse
    private let folder: TemporaryFolder

    init() throws {
        parameters = try TestDatabase.migrated()
        warehouse = try Warehouse(parameters)
        folder = try TemporaryFolder()
    }

    /// Loads rates, and deals of 100 in several currencies that close on several days, as of a day.
    private func load(_ rates: String..., company: String = "USD", deals: [String] = [], on day: String)
        throws
    {
        let files = [
            "company": "id,currency\nc,\(company)\n",
            "exchange_rate":
                (["id,kind,from_currency,to_currency,start_date,end_date,rate"] + rates).joined(
                    separator: "\n") + "\n",
            "opportunity": (["id,amount,currency,close_date"] + (deals.isEmpty ? ["d,1,USD,"] : deals))
                .joined(separator: "\n") + "\n",
        ]
        for (entity, text) in files { try folder.write("\(day)/\(entity).csv", text) }
        let entities = EntityCatalog.all.filter { files[$0.name] != nil }.map { entity in
            "  \(entity.name): {file: \(entity.name).csv, columns: {id: id, "
                + entity.columns.map { "\($0.name): {column: \($0.name), optional: true}" }.joined(
                    separator: ", ")
                + "}}"
        }
        _ = try warehouse.load(
            LoadRequest(
                mapping: try Mapping.parse(
                    text: "mapping: m\nsource: a\nentities:\n" + entities.joined(separator: "\n"),
                    file: "m.yml",
                    schemas: EntityCatalog.all),
                folder: folder.path + "/" + day, day: try #require(Day(day)), replace: false, dryRun: false,
                accepted: [], waits: true, command: "test", loadedBy: "test", programVersion: "test"))
    }

    private func lines(_ sql: String, settings: [String: String] = [:]) throws -> [String] {
        let connection = try Connection(parameters)
        for (name, value) in settings {
            try connection.execute("select set_config($1, $2, false)", [.text(name), .text(value)])
        }
        return try connection.query(sql).map { try $0.decode("value", as: String.self) }
    }

    private let spans = """
        select concat_ws(' ', from_currency, to_currency, start_date, end_date, trim_scale(round(rate, 8)), is_inverse)
            as value
        from bellwether.plan_rate where to_currency = 'USD' order by from_currency, start_date
        """

    private let dayRates = """
        select concat_ws(' ', from_currency, to_currency, trim_scale(round(rate, 8)), is_inverse) as value
        from bellwether.day_rate order by from_currency, to_currency
        """

    private let amounts = """
        select concat_ws(' ', id, coalesce(amount_company::text, '-'), coalesce(amount_day::text, '-')) as value
        from bellwether.deal order by id
        """

    @Test func `a plan rate that ends within an open one gives the days after it back`() throws {
        try load(
            "r1,plan,EUR,USD,,,1.1", "r2,plan,EUR,USD,2026-03-01,2026-03-31,1.2",
            "r3,plan,EUR,USD,2026-03-10,2026-03-12,1.3", "r4,plan,EUR,USD,2026-03-10,2026-03-14,1.4",
            "r5,plan,EUR,USD,2026-05-31,2026-05-01,9", "r6,plan,EUR,EUR,,,9", "r7,plan,EUR,USD,,,-1",
            on: "2026-03-05")
        #expect(
            try lines(spans) == [
                "EUR USD -infinity 2026-02-28 1.1 f", "EUR USD 2026-03-01 2026-03-09 1.2 f",
                "EUR USD 2026-03-10 2026-03-12 1.3 f", "EUR USD 2026-03-13 2026-03-14 1.4 f",
                "EUR USD 2026-03-15 2026-03-31 1.2 f", "EUR USD 2026-04-01 infinity 1.1 f",
            ])
    }

    @Test func `the inverse counts on days without a rate of the pair itself`() throws {
        try load(
            "r1,plan,usd,eur,,,0.8", "r2,plan,EUR,USD,2026-03-01,2026-03-31,1.2", "r3,plan,USD,JPY,,,160",
            "m1,daily,USD,JPY,2026-03-05,2026-03-05,150", "m2,daily,EUR,USD,2026-03-04,2026-03-04,1.3",
            "m3,daily,EUR,USD,2026-03-05,,1.25", "m4,daily,USD,EUR,,,0.5", "m5,spot,CHF,USD,,,2",
            deals: [
                "d1,100,EUR,2026-02-28", "d2,100,EUR,2026-03-31", "d3,1000,JPY,2026-03-31",
                "d4,100,CHF,2026-03-31",
                "d5,100,USD,2026-03-31", "d6,,EUR,2026-03-31",
            ], on: "2026-03-05")
        #expect(
            try lines(spans) == [
                "EUR USD -infinity 2026-02-28 1.25 t", "EUR USD 2026-03-01 2026-03-31 1.2 f",
                "EUR USD 2026-04-01 infinity 1.25 t", "JPY USD -infinity infinity 0.00625 t",
            ])
        #expect(
            try lines(dayRates) == [
                "EUR USD 1.25 f", "JPY USD 0.00666667 t", "USD EUR 0.5 f", "USD JPY 150 f",
            ])
        // 1,000 yen are 6.25 dollars at plan and 6.666… at the day's rate.
        #expect(
            try lines(amounts) == [
                "d1 125.00 125.00", "d2 120.00 125.00", "d3 6.25 6.67", "d4 - -", "d5 100.00 100.00",
                "d6 - -",
            ])
        // The day before, the market said something else.
        #expect(
            try lines(dayRates, settings: ["bellwether.as_of": "2026-03-06"]).first == "EUR USD 1.25 f")
        #expect(
            try lines(dayRates, settings: ["bellwether.as_of": "2026-03-06"]).allSatisfy {
                !$0.contains("JPY")
            })
    }

    @Test(arguments: [("JPY", "1.5", "2", "3"), ("BHD", "0.12345", "0.123", "0.247")])
    func `amounts are rounded once to the smallest unit of the company's currency`(
        company: String, rate: String, one: String, two: String
    ) throws {
        try load(
            "r1,plan,EUR,\(company),,,\(rate)", "r2,daily,EUR,\(company),,,\(rate)", company: company,
            deals: ["d1,1,EUR,2026-03-05", "d2,2,EUR,2026-03-05", "d3,-1,EUR,2026-03-05"], on: "2026-03-05")
        #expect(try lines(amounts) == ["d1 \(one) \(one)", "d2 \(two) \(two)", "d3 -\(one) -\(one)"])
    }

    @Test func `an earlier day can be read at the rates of a later one`() throws {
        let deals = ["d1,100,EUR,2026-03-31"]
        try load("r1,plan,EUR,USD,,,1.1", "m1,daily,EUR,USD,2026-03-05,,1.0", deals: deals, on: "2026-03-05")
        try load(
            "r1,plan,EUR,USD,,,1.2", "m1,daily,EUR,USD,2026-03-05,2026-03-05,1.0",
            "m2,daily,EUR,USD,2026-03-06,,1.5", deals: deals, on: "2026-03-06")
        #expect(try lines(amounts) == ["d1 120.00 150.00"])
        let then = ["bellwether.as_of": "2026-03-05"]
        #expect(try lines(amounts, settings: then) == ["d1 110.00 100.00"])
        #expect(
            try lines(amounts, settings: then.merging(["bellwether.rates": "2026-03-06"]) { $1 }) == [
                "d1 120.00 100.00"
            ])
    }

    @Test func `a setting that is no day is refused`() throws {
        try load("r1,plan,EUR,USD,,,1.1", on: "2026-03-05")
        #expect(throws: DatabaseError.self) { try lines(spans, settings: ["bellwether.rates": "soon"]) }
    }

    @Test func `random spans are what a look at each day finds`() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        let start = try #require(Day("2026-03-01"))
        struct Said {
            let id: String, isInverse: Bool, first: Day?, last: Day?, rate: Int
        }
        let said = (10..<22).map { number in
            let first = start + Int.random(in: 0...40, using: &random)
            return Said(
                id: "r\(number)", isInverse: Int.random(in: 0...2, using: &random) == 0,
                first: Int.random(in: 0...3, using: &random) == 0 ? nil : first,
                last: Int.random(in: 0...3, using: &random) == 0
                    ? nil : first + Int.random(in: -2...20, using: &random), rate: number)
        }
        func text(_ day: Day?) -> String { day.map(\.description) ?? "" }
        let rows = said.map { said in
            "\(said.id),plan,\(said.isInverse ? "USD,EUR" : "EUR,USD"),\(text(said.first)),\(text(said.last)),"
                // 1 / 0.1 is 10, so that either direction tells by its rate which one it is.
                + (said.isInverse ? "0.\(said.rate)" : "\(said.rate)")
        }
        try load(rows.joined(separator: "\n"), on: "2026-03-05")
        for offset in -3...70 {
            let day = start + offset
            let holding = said.filter { said in
                (said.first ?? day) <= day && day <= (said.last ?? day)
                    && (said.first.map { first in said.last.map { first <= $0 } ?? true } ?? true)
            }
            let best = holding.min { left, right in
                if left.isInverse != right.isInverse { return !left.isInverse }
                let starts = (left.first?.number ?? .min, right.first?.number ?? .min)
                return starts.0 == starts.1 ? left.id < right.id : starts.0 > starts.1
            }
            let found = try lines(
                """
                select trim_scale(round(rate, 6))::text as value from bellwether.plan_rate
                where from_currency = 'EUR' and to_currency = 'USD' and date '\(day)' between start_date and end_date
                """)
            let wanted = best.map { said in
                said.isInverse ? Self.hundred(over: said.rate) : "\(said.rate)"
            }
            try #require(found == [wanted].compactMap(\.self), "seed \(seed), \(day)")
        }
    }

    /// 100 / n to six places, without trailing zeros, half away from zero.
    private static func hundred(over number: Int) -> String {
        Amount(100).share(1, of: number, toPlaces: 6).description
    }
}
