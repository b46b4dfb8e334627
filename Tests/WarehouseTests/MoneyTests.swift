import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// No amount changes its currency or leaves the sums without a word.
@Suite("Money in odd exports")
struct MoneyTests {
    private let parameters: ConnectionParameters
    private let warehouse: Warehouse
    private let folder: TemporaryFolder

    init() throws {
        parameters = try TestDatabase.migrated()
        warehouse = try Warehouse(parameters)
        folder = try TemporaryFolder()
    }

    private func load(_ files: [String: String], source: String = "a") throws {
        for (entity, text) in files { try folder.write("\(source)/\(entity).csv", text) }
        let entities = EntityCatalog.all.filter { files[$0.name] != nil }.map { entity in
            "  \(entity.name): {file: \(entity.name).csv, columns: {id: id, "
                + entity.columns.map { "\($0.name): {column: \($0.name), optional: true}" }.joined(
                    separator: ", ")
                + "}}"
        }
        _ = try warehouse.load(
            LoadRequest(
                mapping: try Mapping.parse(
                    text: "mapping: m\nsource: \(source)\nentities:\n" + entities.joined(separator: "\n"),
                    file: "m.yml", schemas: EntityCatalog.all),
                folder: folder.path + "/" + source, day: Day(number: 20_000), replace: false, dryRun: false,
                accepted: [], waits: true, command: "test", loadedBy: "test", programVersion: "test"))
    }

    private func lines(_ sql: String) throws -> [String] {
        try Connection(parameters).query(sql).map { try $0.decode("value", as: String.self) }
    }

    private let deals = """
        select concat_ws(' ', source, id, currency, coalesce(amount_company::text, '-'), is_rate_missing, category)
            as value
        from bellwether.deal order by source, id
        """

    private let findings = """
        select concat_ws(' ', entity, id, code, value) as value from bellwether.finding order by 1
        """

    @Test func `an amount without currency is in that of its own source`() throws {
        let stage = "id,kind,category\ns,open,commit\n"
        try load([
            "company": "id,currency\na,EUR\n", "stage": stage,
            "exchange_rate": "id,kind,from_currency,to_currency,rate\nr,plan,usd,Eur,0.9\n",
            "opportunity": "id,stage_id,amount,currency\nd1,s,100,\nd2,s,100,usd\nd3,s,100,eur\n",
        ])
        try load(
            [
                "company": "id,currency\nb,USD\n", "stage": stage,
                "opportunity": "id,stage_id,amount,currency\nd1,s,100,\nd2,s,100,EUR\n",
            ],
            source: "b")
        #expect(
            try lines(deals) == [
                "a d1 EUR 100.00 f commit", "a d2 USD 90.00 f commit", "a d3 EUR 100.00 f commit",
                "b d1 USD 90.00 f commit", "b d2 EUR 100.00 f commit",
            ])
    }

    @Test func `without a company amounts of no currency add up, and others are named`() throws {
        try load(["opportunity": "id,amount,currency\nd1,5,\nd2,7,EUR\nd3,,\n"])
        #expect(
            try lines(deals) == ["a d1 5.00 f unmapped", "a d2 EUR - t unmapped", "a d3 - f unmapped"])
    }

    @Test func `a stage whose kind is no word of ours keeps its deals in sight`() throws {
        try load([
            "company": "id,currency\na,EUR\n", "stage": "id,kind,category\ns1,Won,closed\ns2,open,commit\n",
            "opportunity": "id,stage_id,amount,owner_id\nd1,s1,100,\nd2,s2,100,\n",
        ])
        #expect(try lines(deals) == ["a d1 EUR 100.00 f unmapped", "a d2 EUR 100.00 f commit"])
        #expect(try lines("select sum(amount)::text as value from bellwether.forecast_cell") == ["200.00"])
        #expect(try lines(findings).contains("stage s1 kind_unknown Won"))
    }

    @Test func `a plan that counts for nothing is found`() throws {
        try load([
            "company": "id,currency,fiscal_year_start_month,fiscal_year_name\na,EUR,13,middle\n",
            "opportunity": "id\n" + "d1\n",
            "plan_line": """
            id,kind,node_kind,period,amount,currency
            p1,budget,company,FY2024,5,GBP
            p2,Budget,company,FY2024,5,
            p3,budget,company,FY2024,,
            p4,budget,company,FY2024,5,eur
            p5,budget,floor,FY2024,5,

            """,
        ])
        #expect(
            try lines(findings).filter { !$0.hasPrefix("opportunity") } == [
                "company a fiscal_year_name_unknown middle", "company a fiscal_year_start_unknown 13",
                "plan_line p1 plan_rate_missing GBP", "plan_line p2 plan_kind_unknown Budget",
                "plan_line p3 plan_amount_missing",
                "plan_line p5 plan_node_kind_unknown floor",
            ])
        let calendar = FiscalCalendar()
        let year = try #require(calendar.period(labelled: "FY2024"))
        let plan = try warehouse.plan(for: year, in: calendar)
        #expect(plan.lines.map(\.id.id) == ["p4"] && plan.lines.map(\.amount) == [Amount(5)])
        #expect(
            plan.uncounted.map { "\($0.id.id) \($0.fault.rawValue)" }.sorted() == [
                "p1 plan_rate_missing", "p2 plan_kind_unknown", "p3 plan_amount_missing",
                "p5 plan_node_kind_unknown",
            ])
    }
}
