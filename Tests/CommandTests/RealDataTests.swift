import Foundation
import Model
import TestSupport
import Testing

/// Exports that real tools wrote, loaded and asked about; every figure is reckoned again by a script that reads
/// the files alone.
@Suite(
    "Real exports",
    .enabled(
        if: RealData.isWanted, "skipped: there are no real CRM exports in BELLWETHER_DATA or ../shared/data"))
struct RealDataTests {
    // MARK: - Maven: four files, names as keys, open deals without amount and date

    @Test func `Maven's warehouse holds what its files hold`() throws {
        let bench = try Self.maven.get().bench
        let truth = try Oracle.run("maven.py", [RealData.folder + "/maven-crm", "2017-01-01", "2017-12-31"])
        let counts = [
            "deals": "select count(*) as value from bellwether.deal",
            "won": "select count(*) as value from bellwether.deal where kind = 'won'",
            "lost": "select count(*) as value from bellwether.deal where kind = 'lost'",
            "open": "select count(*) as value from bellwether.deal where kind = 'open'",
            "accounts": "select count(*) as value from bellwether.account",
            "products": "select count(*) as value from bellwether.product",
            "agents": "select count(*) as value from bellwether.person where title = 'Sales Agent'",
        ]
        for (name, sql) in counts {
            #expect(try bench.value(sql) == truth.whole(name), "\(name)")
        }
        #expect(
            truth.whole("won") == "4238" && truth.whole("lost") == "2473" && truth.whole("open") == "2089")
        let won = try bench.value(
            "select sum(amount_company)::text as value from bellwether.deal where kind = 'won'")
        #expect(won == "10005534" || won == "10005534.00")
        #expect(truth["won_amount"] as? String == "10005534")
        #expect(
            try bench.value(
                "select count(*) as value from bellwether.deal where kind = 'open' and amount is not null")
                == "0")
    }

    @Test func `Maven's misspelt product is the product that the products name`() throws {
        let bench = try Self.maven.get().bench
        let truth = try Oracle.run("maven.py", [RealData.folder + "/maven-crm", "2017-01-01", "2017-12-31"])
        let expected = try #require(truth["by_product"] as? [String: Int])
        #expect(truth["spelled_otherwise"] as? [String: Int] == ["GTXPro": 1480])
        let found = try bench.values(
            """
            select product.name || ' ' || count(*) as value
            from bellwether.deal
            inner join bellwether.product on product.source = deal.source and product.id = deal.product_id
            group by product.name
            """)
        #expect(Set(found) == Set(expected.map { "\($0.key) \($0.value)" }))
        #expect(try bench.answer("findings").rows().isEmpty)
    }

    @Test(arguments: [
        ("FY2017Q2", "2017-04-01", "2017-06-30"), ("FY2017Q4", "2017-10-01", "2017-12-31"),
    ])
    func `Maven's forecast agrees line by line`(period: String, first: String, last: String) throws {
        let bench = try Self.maven.get().bench
        let truth = try Oracle.run("maven.py", [RealData.folder + "/maven-crm", first, last])
        let lines = try #require(truth["lines"] as? [String: [String: [String: Any]]])
        let offices = try #require(truth["office_of"] as? [String: String])
        let managers = try #require(truth["manager_of"] as? [String: String])
        var expected: [Node: [String: Any]] = [:]
        for (level, nodes) in lines {
            for (name, line) in nodes {
                switch level {
                case "company": expected[Node("company", nil, "Maven")] = line
                case "office": expected[Node("team", "Maven", name)] = line
                case "manager":
                    expected[Node("team", offices[name], "Team \(name)")] = line
                    // A manager is a person of the own team, who sells nothing.
                    expected[Node("person", "Team \(name)", name)] = [
                        "closed": "0", "closed_count": 0, "undated_count": 0,
                    ]
                default: expected[Node("person", managers[name].map { "Team \($0)" }, name)] = line
                }
            }
        }
        let rows = try bench.answer("forecast", "--period", period, "--by", "person").rows()
        #expect(Set(rows.map(Node.init)) == Set(expected.keys))
        #expect(rows.count == expected.count)
        for row in rows {
            let line = try #require(expected[Node(row)])
            #expect(row.text("closed") == line["closed"] as? String, "\(Node(row))")
            #expect(row.integer("closed_count") == line["closed_count"] as? Int, "\(Node(row))")
            #expect(row.integer("undated_count") == line["undated_count"] as? Int, "\(Node(row))")
            #expect(row.text("undated") == "0" && row.text("open") == "0" && row.integer("open_count") == 0)
            #expect(row.isNull("attainment") && row.isNull("coverage_to_go") && row.isNull("quota"))
        }
    }

    @Test func `Maven's agents without deals are lines of zeros`() throws {
        let (bench, load) = try Self.maven.get().opened()
        let truth = try Oracle.run("maven.py", [RealData.folder + "/maven-crm", "2017-10-01", "2017-12-31"])
        let idle = try #require(truth["agents_without_deals"] as? [String])
        #expect(idle.count == 5)
        let rows = try bench.answer("forecast", "--period", "FY2017Q4", "--by", "person").rows()
        for name in idle {
            let line = try #require(rows.first { $0.text("node") == name })
            #expect(line.text("closed") == "0" && line.integer("closed_count") == 0, "\(name)")
            #expect(line.integer("undated_count") == 0, "\(name)")
        }
        #expect(load.warnings["unmapped_files"]?.contains("data_dictionary.csv") == true)
    }

    private static let maven = Result {
        try loaded("maven-crm", mapping: "maven-crm", day: "2017-12-31")
    }

    // MARK: - DTC: names for ids, headers with blanks, many files that this step does not map

    @Test(arguments: [
        ("FY2015Q3", "2015-07-01", "2015-09-30", "2015-07-31"),
        ("FY2015Q4", "2015-10-01", "2015-12-31", "2015-07-31"),
        ("FY2013Q2", "2013-04-01", "2013-06-30", "2015-07-31"),
        ("FY2015", "2015-01-01", "2015-12-31", "2015-07-31"),
        ("FY2015Q3", "2015-07-01", "2015-09-30", "2015-09-02"),
        ("FY2016Q1", "2016-01-01", "2016-03-31", "2015-12-24"),
    ])
    func `DTC's forecast agrees owner by owner`(period: String, first: String, last: String, asOf: String)
        throws
    {
        let bench = try Self.dtc.get().bench
        let truth = try Oracle.run("dtc.py", [RealData.folder + "/salesforce-dtc", first, last, asOf])
        let owners = try #require(truth["lines"] as? [String: [String: Any]])
        let total = try #require(truth["total"] as? [String: Any])
        let rows = try bench.answer("forecast", "--period", period, "--as-of", asOf, "--by", "person").rows()
        let people = rows.filter { $0.text("level") == "person" }
        // People outside any team are lines where they have deals.
        let busy = owners.filter { line in
            line.value.contains { $0.key.hasSuffix("_count") && $0.value as? Int != 0 }
        }
        #expect(Set(people.compactMap { $0.text("node") }) == Set(busy.keys))
        let expected =
            [(Node("company", nil, "DTC"), total), (Node("team", "DTC", "No team"), total)]
            + busy.map { (Node("person", "No team", $0.key), $0.value) }
        #expect(rows.count == expected.count)
        for (node, line) in expected {
            let row = try #require(rows.first { Node($0) == node }, "\(node)")
            for (column, value) in line {
                if let text = value as? String {
                    #expect(row.text(column) == text, "\(node) \(column)")
                } else {
                    #expect(row.integer(column) == value as? Int, "\(node) \(column)")
                }
            }
            #expect(row.text("unmapped") == "0" && row.integer("unmapped_count") == 0)
            let open = try ["commit", "best_case", "pipeline"].map { try #require(row.amount($0)) }
            #expect(row.amount("open") == open.reduce(.zero, +))
            #expect(row.amount("commit_cum") == row.amount("closed").map { $0 + open[0] })
            #expect(row.amount("upside_cum") == row.amount("closed").map { $0 + open[0] + open[1] })
        }
    }

    @Test func `DTC's other files are reported as not mapped`() throws {
        let (bench, load) = try Self.dtc.get().opened()
        let truth = try Oracle.run(
            "dtc.py", [RealData.folder + "/salesforce-dtc", "2015-07-01", "2015-09-30", "2015-07-31"])
        let others = try #require(truth["other_files"] as? [String])
        #expect(others.count == 3 && others.contains("DTC_OpportunityHistory.csv"))
        #expect(load.warnings["unmapped_files"] == "Not mapped: \(others.joined(separator: ", "))")
        let entities = [
            "opportunity": "opportunities", "account": "accounts", "product": "products", "person": "people",
        ]
        for (entity, name) in entities {
            let found = try bench.value("select count(*) as value from bellwether.\(entity)")
            #expect(found == truth.whole(name), "\(entity)")
        }
    }

    @Test func `DTC's line items and activities are those of its files`() throws {
        let bench = try Self.dtc.get().bench
        let truth = try Oracle.run(
            "dtc.py", [RealData.folder + "/salesforce-dtc", "2015-07-01", "2015-09-30", "2015-07-31"])
        #expect(
            try bench.value("select count(*) as value from bellwether.opportunity_line")
                == truth.whole("lines_of_deals"))
        #expect(
            try bench.value("select sum(amount)::text as value from bellwether.opportunity_line")
                == truth["lines_amount"] as? String)
        let products = try #require(truth["lines_by_product"] as? [String: Int])
        let found = try bench.values(
            """
            select product.name || ' ' || count(*) as value
            from bellwether.opportunity_line as line
            inner join bellwether.product on product.source = line.source and product.id = line.product_id
            inner join bellwether.deal on deal.source = line.source and deal.id = line.opportunity_id
            group by product.name
            """)
        #expect(Set(found) == Set(products.map { "\($0.key) \($0.value)" }))
        let kinds = try #require(truth["activities"] as? [String: Int])
        let activities = try bench.values(
            "select kind || ' ' || count(*) as value from bellwether.activity group by kind")
        #expect(Set(activities) == Set(kinds.map { "\($0.key) \($0.value)" }))
    }

    /// The history's header names begin with blanks; a mapping of one's own reads them by their names.
    @Test func `DTC's header names with leading blanks are found`() throws {
        let bench = try Bench()
        try bench.folder.write(
            "history.yml",
            """
            mapping: dtc-history
            source: dtc
            expected: irregular
            entities:
              opportunity:
                file: DTC_OpportunityHistory.csv
                columns:
                  id: "{OpportunityName} {CreatedDate} {StageName} {CloseDate}"
                  name: OpportunityName
                  amount: Amount
                  close_date: CloseDate
                  created_date: CreatedDate
                  probability: Probability
            """)
        let check = try bench.answer(
            "mapping", "check", "history.yml", "--sample",
            RealData.folder + "/salesforce-dtc/DTC_OpportunityHistory.csv")
        let first = try #require(check.rows("opportunity").first)
        #expect(first.text("name") == "Opportunity for Conner5" && first.text("amount") == "32400")
        #expect(first.text("close_date") == "2015-09-26" && first.text("probability") == "10")
    }

    private static let dtc = Result {
        try loaded("salesforce-dtc", mapping: "salesforce-dtc", day: "2015-07-31")
    }

    // MARK: - Fivetran's copies

    @Test(arguments: [("fivetran-salesforce", "salesforce"), ("fivetran-hubspot", "hubspot")])
    func `Fivetran's copies load, record by record`(folder: String, mapping: String) throws {
        let (bench, load) = try Self.loaded(folder, mapping: mapping, day: "2021-01-31").opened()
        let truth = try Oracle.run("fivetran.py", [RealData.folder + "/" + folder, mapping])
        let counts = try #require(truth["counts"] as? [String: Int])
        let read = try #require(truth["read"] as? [String: Int])
        for (entity, count) in counts {
            #expect(
                try bench.value("select count(*) as value from bellwether.\(entity)") == String(count),
                "\(entity)")
            let row = try #require(load.rows("load").first { $0.text("entity") == entity }, "\(entity)")
            #expect(row.integer("read") == read[entity] && row.integer("rejected") == 0, "\(entity)")
        }
        #expect(try bench.answer("rejects").rows().isEmpty)
    }

    // MARK: - Pieces

    /// A warehouse with one data set, and what its load printed.
    private struct Loaded {
        let bench: Bench
        let printed: String

        func opened() throws -> (Bench, PrintedAnswer) { (bench, try PrintedAnswer(printed)) }
    }

    private static func loaded(_ folder: String, mapping: String, day: String) throws -> Loaded {
        let bench = try Bench()
        let outcome = try bench.run(
            "load", mapping, RealData.folder + "/" + folder, "--date", day, "--format", "json")
        guard outcome.status == 0 else { throw Command.Failure("\(outcome)") }
        return Loaded(bench: bench, printed: outcome.output)
    }
}

/// A line of a forecast by what identifies it.
struct Node: Hashable, CustomStringConvertible {
    let level: String?
    let parent: String?
    let name: String?

    init(_ level: String?, _ parent: String?, _ name: String?) {
        self.level = level
        self.parent = parent
        self.name = name
    }

    init(_ row: PrintedRow) {
        self.init(row.text("level"), row.text("parent"), row.text("node"))
    }

    var description: String { "\(parent ?? "–") › \(level ?? "?") \(name ?? "?")" }
}

extension [String: Any] {
    /// A whole number of an oracle, as text.
    func whole(_ name: String) -> String? {
        (self[name] as? NSNumber)?.stringValue
    }
}
