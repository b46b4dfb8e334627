import Foundation
import Model
import Postgres
import TestSupport
import Testing

/// `bellwether reconcile`, held against a reckoning in Python, and the story of the sample company.
@Suite("Won deals and orders")
struct ReconcileTests {
    @Test func `of random books are what a plain reckoning finds`() throws {
        let named = ProcessInfo.processInfo.environment["BELLWETHER_TEST_SEED"].flatMap { Int($0) }
        let first = named ?? Int.random(in: 1...1_000_000)
        for seed in first..<first + 3 {
            let bench = try Bench()
            let oracle = try Oracle.run("reconcile.py", [bench.folder.path, String(seed)])
            let load = try bench.run("load", "generic", "2026-06-20")
            try #require(load.status == 0, "seed \(seed): \(load)")
            let answer = try bench.answer("reconcile", "--period", "FY2026Q2")
            let bridge = answer.rows()
            try #require(bridge.first?.text("amount") == oracle["closed"] as? String, "seed \(seed)")
            try #require(bridge.last?.text("amount") == oracle["ordered"] as? String, "seed \(seed)")
            let reasons = try #require(oracle["reasons"] as? [String: [Any]])
            for row in bridge where row.text("level") == "difference" {
                let expected = try #require(reasons[row.text("reason") ?? ""], "seed \(seed)")
                try #require(row.integer("count") == expected[0] as? Int, "seed \(seed), \(row.values)")
                try #require(row.text("amount") == expected[1] as? String, "seed \(seed), \(row.values)")
            }
            try #require(bridge.count == reasons.count + 3, "seed \(seed)")
            // The bridge, added up by whoever reads it.
            let sum = bridge.dropLast().reduce(Amount.zero) { $0 + ($1.amount("amount") ?? .zero) }
            try #require(sum == bridge.last?.amount("amount"), "seed \(seed)")
            let expected = try #require(oracle["items"] as? [[String]])
            let items = answer.rows("items")
            try #require(
                items.map { ($0.text("id") ?? "order") + " " + ($0.text("amount") ?? "") }.sorted()
                    == expected.map { ($0[1].hasPrefix("b") ? "order" : $0[1]) + " " + $0[2] }.sorted(),
                "seed \(seed)")
            let sizes = items.compactMap { $0.amount("amount")?.magnitude }
            try #require(sizes == sizes.sorted(by: >), "seed \(seed)")
            let tied = bridge.first { $0.text("level") == "tied" }
            try #require(tied?.integer("count") == (oracle["tied"] as? [String])?.count, "seed \(seed)")
            let teams = try #require(oracle["teams"] as? [String: [String]])
            for (team, sums) in teams {
                let row = try #require(answer.rows("teams").first { $0.text("node") == team })
                try #require([row.text("closed"), row.text("ordered")] == sums, "seed \(seed), \(team)")
                let alone = try bench.answer("reconcile", "--period", "FY2026Q2", "--team", team).rows()
                try #require(
                    [alone.first?.text("amount"), alone.last?.text("amount")] == sums, "seed \(seed), \(team)"
                )
            }
        }
    }

    // MARK: - The sample company

    @Test func `the 0.08 is one named deal without an order`() throws {
        let bench = try Halden.bench.get()
        let answer = try bench.answer("reconcile", "--period", "FY2026Q4")
        #expect(
            answer.headline.hasPrefix(
                "Halden Instruments FY2026Q4: CRM says closed 4.10 M USD, orders say 4.02 M USD: the 0.08 M USD is Vantry Logistics"
            ), "\(answer.headline)")
        #expect(answer.headline.hasSuffix(", won without an order"), "\(answer.headline)")
        #expect(
            answer.rows().map { [$0.text("reason"), $0.text("amount")] } == [
                [nil, "4100000"], ["tied", "0"], ["won_without_order", "-80000"], [nil, "4020000"],
            ])
        let items = answer.rows("items")
        #expect(
            items.count == 1 && items[0].text("team") == "West" && items[0].text("close_date") == "2026-11-20"
        )
        // In euros too, since both sides convert at the same rate.
        let emea = try bench.answer("reconcile", "--period", "FY2026Q4", "--team", "EMEA")
        #expect(emea.headline.hasSuffix("deals tie to the cent"), "\(emea.headline)")
        #expect(emea.rows().map { $0.text("amount") } == ["950000", "0", "950000"])
    }

    @Test func `small differences of quarters long past are found by name`() throws {
        let bench = try Halden.bench.get()
        let spring = try bench.answer("reconcile", "--period", "FY2025Q2")
        #expect(
            spring.rows("items").map { [$0.text("reason"), $0.text("amount")] } == [
                ["Amount differs", "-1200"]
            ])
        #expect(spring.rows("items")[0].text("name")?.hasPrefix("Corrigan Freight") == true)
        let autumn = try bench.answer("reconcile", "--period", "FY2025Q4")
        #expect(
            autumn.rows("items").map { [$0.text("name"), $0.text("reason"), $0.text("amount")] } == [
                ["order SO-2025-9001", "Order without a deal", "4500"]
            ])
        for quarter in ["FY2025Q1", "FY2025Q3", "FY2026Q1", "FY2026Q2", "FY2026Q3"] {
            let answer = try bench.answer("reconcile", "--period", quarter)
            #expect(answer.headline.hasSuffix("to the cent"), "\(answer.headline)")
        }
    }

    // MARK: - The proof

    @Test func `a bridge that does not add up prints what is left and ends with 4`() throws {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-06-20",
            Acme.reference.merging([
                "opportunity": Acme.deals("d1,First,a1,p1,Won,,100,USD,2026-05-04"),
                "booking":
                    "id,opportunity_id,order_id,booked_date,amount,currency\nb1,d1,SO-1,2026-05-05,100,USD\n",
            ]) { $1 })
        let sound = try bench.run("reconcile", "--period", "FY2026Q2")
        #expect(sound.status == 0 && sound.errors.isEmpty, "\(sound)")
        // Somebody's hand in the views: the forecast says 30 more than the deals are.
        let columns = try bench.values(
            """
            select column_name::text as value from information_schema.columns
            where table_schema = 'bellwether' and table_name = 'forecast_cell' and column_name <> 'amount'
            """
        ).compactMap(\.self).joined(separator: ", ")
        let connection = try bench.connection()
        try connection.execute("alter view bellwether.forecast_cell rename to true_cell")
        try connection.execute(
            "create view bellwether.forecast_cell as select \(columns), amount + 30 as amount from bellwether.true_cell"
        )
        let broken = try bench.run("reconcile", "--period", "FY2026Q2")
        #expect(broken.status == 4 && broken.errors.contains("BW404"), "\(broken)")
        #expect(broken.errors.contains("-30 USD is left over"), "\(broken)")
        #expect(
            broken.text.contains("-30 USD is left unexplained") && broken.text.contains("Unexplained"),
            "\(broken)")
    }

    // MARK: - Finance's own export

    /// Finance's system knows the deal's id of the CRM; its mapping is of the CRM's source.
    private static let mapping = """
        mapping: orders
        source: generic
        entities:
          booking:
            file: orders.csv
            columns: {id: Line, order_id: Order, opportunity_id: Deal, booked_date: Day, amount: Value, currency: Currency}

        """

    @Test func `orders of a mapping of their own tie to the deals of the CRM`() throws {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-06-20",
            Acme.reference.merging([
                "opportunity": Acme.deals(
                    "d1,First,a1,p1,Won,,100,USD,2026-05-04", "d2,Second,a1,p2,Won,,200,USD,2026-05-04")
            ]) { $1 })
        let none = try bench.answer("reconcile", "--period", "FY2026Q2")
        #expect(none.warnings["orders_missing"] != nil)
        #expect(none.rows().map { $0.text("amount") } == ["300", "0", "-300", "0"])
        try bench.folder.write("orders.yml", Self.mapping)
        try bench.folder.write(
            "2026-06-19/orders.csv",
            "Line,Order,Deal,Day,Value,Currency\n1,SO-1,d1,2026-05-05,100,USD\n2,SO-2,d9,2026-05-06,40,USD\n3,SO-3,d1,,5,USD\n"
        )
        let load = try bench.run("load", "orders.yml", "2026-06-19")
        #expect(load.status == 0, "\(load)")
        let answer = try bench.answer("reconcile", "--period", "FY2026Q2")
        #expect(
            answer.rows().map { [$0.text("reason") ?? "-", $0.text("amount")] } == [
                ["-", "300"], ["tied", "0"], ["won_without_order", "-200"], ["amount_differs", "5"],
                ["booked_in_another_period", "-5"], ["order_without_deal", "40"], ["-", "140"],
            ])
        #expect(
            answer.warnings["orders_older"] == "the newest orders are of 2026-06-19, the deals of 2026-06-20")
        #expect(answer.warnings["orders_undated"] == "1 order says no day, in no period")
        // Before finance had said anything.
        let before = try bench.answer("reconcile", "--period", "FY2026Q2", "--as-known", "1")
        #expect(before.rows().last?.text("amount") == "0")
    }

    @Test func `amounts without a rate are named in their own currency`() throws {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-06-20",
            Acme.reference.merging([
                "opportunity": Acme.deals(
                    "d1,First,a1,p1,Won,,100,XAU,2026-05-04", "d2,Second,a1,p2,Won,,200,USD,2026-05-04"),
                "booking": """
                id,opportunity_id,order_id,booked_date,amount,currency
                b1,d1,SO-1,2026-05-05,100,XAU
                b2,d2,SO-2,2026-05-05,7,XAU
                b3,,SO-3,2026-05-06,9,XAG

                """,
            ]) { $1 })
        let answer = try bench.answer("reconcile", "--period", "FY2026Q2")
        #expect(
            answer.rows("without_rate").map { row in
                ["name", "side", "entered", "pair", "rate_day"].map { row.text($0) ?? "-" }
            } == [
                ["SO-2", "orders", "7", "XAU → USD", "2026-05-04"],
                ["SO-3", "orders", "9", "XAG → USD", "2026-05-06"],
                ["First", "CRM", "100", "XAU → USD", "2026-05-04"],
                ["SO-1", "orders", "100", "XAU → USD", "2026-05-04"],
            ])
        #expect(answer.rows().map { $0.text("amount") } == ["200", "0", "-200", "0"])
        #expect(answer.warnings["rate_missing"] == "3 items have an amount without a plan rate, in no sum")
    }
}
