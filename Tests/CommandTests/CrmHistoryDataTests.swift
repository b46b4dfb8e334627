import Foundation
import TestSupport
import Testing

/// Histories that real tools wrote, and that of the sample company, against what is known of the same days otherwise.
@Suite("Whole histories")
struct CrmHistoryDataTests {
    @Test(.enabled(if: RealData.isWanted, "skipped: there are no real CRM exports"))
    func `DTC's history gives the days that a script walks`() throws {
        let bench = try Bench()
        let mapping = try bench.run("mapping", "show", "salesforce-dtc").output
        try bench.folder.write(
            "dtc.yml",
            mapping + """

                  field_change:
                    file: DTC_OpportunityHistory.csv
                    kind: delta
                    columns:
                      id: "{OpportunityName} {CreatedDate}"
                      entity: {constant: opportunity}
                      record_id: OpportunityName
                      changed_at: CreatedDate
                    states:
                      stage_id: StageName
                      amount: Amount
                      close_date: CloseDate
                      forecast_category: ForecastCategory

                """)
        let folder = RealData.folder + "/salesforce-dtc"
        let load = try bench.run("load", "dtc.yml", folder, "--date", "2015-07-31")
        #expect(load.status == 0, "\(load)")
        let days = ["2011-08-03", "2014-11-20", "2015-06-17", "2015-06-24", "2015-07-01", "2015-07-30"]
        let truth = try Oracle.run("past.py", [folder] + days)
        let expected = try #require(truth["days"] as? [String: [String: [String?]]])
        for day in days {
            let deals = try #require(expected[day])
            let found = try bench.values(
                """
                select concat_ws('|', id, stage_id, trim_scale(amount), close_date, forecast_category) as value
                from bellwether.opportunity_history
                where valid_from <= '\(day)' and valid_to > '\(day)'
                """)
            #expect(found.count == deals.count, "\(day)")
            let told = deals.map { ([$0.key] + $0.value).compactMap { $0 }.joined(separator: "|") }
            #expect(Set(found.compactMap { $0 }) == Set(told), "\(day)")
        }
        let past = try #require(try bench.answer("history").rows().first)
        #expect(past.text("first_day") == truth["first"] as? String)
        #expect(past.integer("differences") == truth["differences"] as? Int)
        #expect(truth["unknown"] as? Int == 0)
    }

    @Test(
        .enabled(if: RealData.isWanted, "skipped: there are no real CRM exports"),
        arguments: [("fivetran-salesforce", "salesforce", 70), ("fivetran-hubspot", "hubspot", 100)])
    func `Fivetran's copies keep the rows of their histories`(folder: String, mapping: String, rows: Int)
        throws
    {
        let bench = try Bench()
        // Every deal of one of them is deleted.
        let load = try bench.run(
            "load", mapping, RealData.folder + "/" + folder, "--date", "2021-01-31", "--accept", "empty")
        #expect(load.status == 0, "\(load)")
        #expect(
            try bench.value("select count(*) as value from bellwether.field_change") == String(rows),
            "\(load)")
        // Deleted deals, and properties whose names are hashed: nothing can be made of them, and nothing is.
        let past = try #require(try bench.answer("history").rows().first)
        #expect(past.integer("versions") == 0)
        #expect(past.text("until_day") == "2021-01-31")
    }

    @Test func `the sample company's field history gives the nights that were not loaded`() throws {
        let bench = try Bench()
        let days = ["2026-11-13", "2026-11-20", "2026-12-01", "2026-12-04"]
        for (folder, options) in [
            ("nights", ["--nights", "30"]), ("short", ["--nights", "2", "--history"]),
        ] {
            let sample = try bench.run(["sample", folder, "--deals", "300"] + options)
            #expect(sample.status == 0, "\(sample)")
        }
        let nights = try Bench()
        for day in days {
            let load = try nights.run("load", "generic", bench.folder.path + "/nights/" + day)
            #expect(load.status == 0, "\(load)")
        }
        let load = try bench.run("load", "generic", "short/2026-12-06")
        #expect(load.status == 0 && load.text.contains("no disagreement"), "\(load)")
        for day in days {
            let sql = """
                select concat_ws(
                    '|', id, stage_id, coalesce(forecast_category, '-'), coalesce(trim_scale(amount)::text, '-'),
                    coalesce(close_date::text, '-'), owner_id, coalesce(next_step, '-'), coalesce(loss_reason, '-'), name,
                    account_id) as value
                from bellwether.opportunity_history
                where valid_from <= '\(day)' and valid_to > '\(day)'
                """
            let told = Set(try bench.values(sql).compactMap { $0 })
            let seen = Set(try nights.values(sql).compactMap { $0 })
            #expect(
                seen.count > 250 && told == seen,
                "\(day): \(told.symmetricDifference(seen).sorted().prefix(4))")
            let forecast = ["forecast", "--period", "FY2026Q4", "--as-of", day, "--by", "company"]
            let first = try bench.answer(forecast).rows().first
            let second = try nights.answer(forecast).rows().first
            for column in ["closed", "commit", "best_case", "pipeline", "omitted"] {
                #expect(first?.text(column) == second?.text(column), "\(day) \(column)")
            }
        }
        #expect(try bench.answer("history").rows().first?.text("first_day") ?? "9" < "2023-12-31")
        let proof = try bench.run("verify", "--rebuild", "short")
        #expect(proof.status == 0 && proof.output.contains("built anew is the same"), "\(proof)")
    }
}
