import Foundation
import Model
import TestSupport
import Testing

/// The defects in the data of open deals of a small company, worked by hand.
@Suite("Data quality")
struct QualityTests {
    static let bench = Result { try Heron.bench() }

    private func answer(_ arguments: String...) throws -> PrintedAnswer {
        try Self.bench.get().answer(["quality"] + arguments)
    }

    private func rate(_ row: PrintedRow?, _ column: String) -> Double? {
        (row?.values[column] as? NSNumber)?.doubleValue
    }

    @Test(arguments: Heron.defects.keys.sorted())
    func `each defect is found in the deals that have it, and in no other`(defect: String) throws {
        let deals = try answer("--defect", defect, "--limit", "100").rows()
        #expect(Set(deals.compactMap { $0.text("id") }) == Set(Heron.defects[defect] ?? []), "\(defect)")
        let row = try #require(try answer().rows().first { $0.text("defect") == defect })
        #expect(row.integer("deals") == Heron.defects[defect]?.count, "\(defect)")
        #expect(row.integer("n") == Heron.measured[defect] ?? Heron.openDeals, "\(defect)")
        #expect(row.isNull("missing") && row.integer("version") == 1)
    }

    @Test func `how much of a defect there is, is told in its own unit`() throws {
        let measures = [
            ("past_due", "late", 9), ("no_activity", "quiet", 11), ("pushed", "pushed", 3),
            ("over_age", "slow", 37), ("far_close_date", "far", 366), ("last_hour_edit", "edited", 30),
            ("late_entry", "slow-pen", 4), ("category_conflict", "early-commit", 2),
            ("no_next_step", "old-step", 37), ("empty_push", "alone", 0),
        ]
        for (defect, deal, measure) in measures {
            let row = try answer("--defect", defect).rows().first { $0.text("id") == deal }
            #expect(row?.integer("measure") == measure, "\(defect)")
        }
    }

    @Test func `the score takes off what the defects weigh, of what they could`() throws {
        let weights: [String: Double] = [
            "past_due": 15, "undated": 10, "no_activity": 15, "no_next_step": 10, "amount_missing": 10,
            "category_conflict": 5, "pushed": 8, "empty_push": 7, "over_age": 10, "no_contact_role": 5,
            "no_owner": 10, "inactive_owner": 10, "far_close_date": 5, "heaping": 3, "unproven_claim": 8,
            "last_hour_edit": 4, "late_entry": 3,
        ]
        let lost = weights.reduce(0.0) { $0 + $1.value * Double(Heron.defects[$1.key]?.count ?? 0) }
        let could = weights.reduce(0.0) { $0 + $1.value * Double(Heron.measured[$1.key] ?? Heron.openDeals) }
        let answer = try answer()
        let company = try #require(answer.rows("nodes").first)
        #expect(abs((rate(company, "score") ?? 0) - (100 - 100 * lost / could)) < 1e-9)
        #expect(company.integer("open_deals") == 26 && company.integer("flawed_deals") == 19)
        #expect(company.text("open_amount") == "2400" && company.integer("rules") == 17)
        #expect(answer.warnings["rules_not_measured"] == nil)
        let any = try #require(answer.rows().last)
        #expect(any.text("level") == "all" && any.integer("deals") == 19)
        #expect(abs((rate(any, "points") ?? 0) - 100 * lost / could) < 1e-9)
    }

    @Test func `one person is not judged by what is judged of teams`() throws {
        let answer = try answer("--person", "Ann")
        let heaping = try #require(answer.rows().first { $0.text("defect") == "heaping" })
        #expect(heaping.isNull("points") && heaping.isNull("deals"))
        #expect(heaping.text("note") == "judged of teams")
        let team = try #require(
            try self.answer("--team", "East").rows().first { $0.text("defect") == "heaping" })
        #expect(team.integer("deals") == 1 && rate(team, "points") ?? 0 > 0)
    }

    @Test func `what matters most to mend comes first`() throws {
        let fixes = try answer("--limit", "3").rows("fixes")
        #expect(fixes.count == 3)
        let gains = fixes.compactMap { rate($0, "gain") }
        #expect(gains.sorted(by: >) == gains && gains.count == 3)
        // The two rules of 15 points, then the first of those of 10; all deals are of 100.
        #expect(fixes.map { $0.text("id") } == ["late", "quiet", "left"])
    }

    @Test func `a deal of nobody is a line of its own`() throws {
        let rows = try answer("--by", "person").rows("nodes")
        #expect(
            rows.compactMap { $0.text("node") } == [
                "Heron", "East", "Ann", "West", "Bob", "Cleo", "Unassigned",
            ])
        let sums = rows.filter { $0.text("parent") == "Heron" }.compactMap { $0.integer("open_deals") }
        #expect(sums.reduce(0, +) == 26)
    }

    @Test func `deals to close in a period alone are looked at when one is asked for`() throws {
        let answer = try answer("--period", "FY2026Q2")
        #expect(answer.rows("nodes").first?.integer("open_deals") == 2)
        #expect(answer.headline.hasPrefix("Heron: 2 of 2 open deals to close in FY2026Q2 have a defect"))
        #expect(try self.answer().headline.hasPrefix("Heron: 19 of 26 open deals have a defect"))
    }

    @Test func `entries are told by how late they were written down`() throws {
        let rows = try answer("--by", "person").rows("latency")
        let company = try #require(rows.first)
        // Twenty-nine were done; one was written down after four days.
        #expect(company.integer("activities") == 29 && rate(company, "median_days") == 0)
        #expect(company.integer("slowest_days") == 0)
        #expect(abs((rate(company, "late_share") ?? 0) - 1.0 / 29) < 1e-9)
        let bob = try #require(rows.first { $0.text("node") == "Bob" })
        #expect(bob.integer("activities") == 2 && bob.isNull("median_days") && bob.isNull("late_share"))
    }

    @Test func `a defect is told of each node, and what is judged of teams of no person`() throws {
        let edits = try answer("--defect", "last_hour_edit", "--by", "person").rows("nodes")
        func found(_ rows: [PrintedRow], _ node: String) -> [Int?] {
            let row = rows.first { $0.text("node") == node }
            return [row?.integer("deals"), row?.integer("n")]
        }
        #expect(found(edits, "Heron") == [1, 26] && found(edits, "East") == [1, 22])
        #expect(found(edits, "Ann") == [1, 22] && found(edits, "Bob") == [0, 2])
        let heaping = try answer("--defect", "heaping", "--by", "person").rows("nodes")
        #expect(found(heaping, "East") == [1, 20] && found(heaping, "Ann") == [nil, nil])
    }

    @Test func `weights and thresholds that are loaded count before those shipped`() throws {
        let bench = try Bench()
        var exports = try Self.exports()
        try bench.mustLoad("2026-06-09", exports)
        let before = try bench.answer("quality")
        #expect(before.rows().first { $0.text("defect") == "past_due" }?.integer("deals") == 1)
        exports["quality_weight"] = "id,defect,weight,threshold\nq1,past_due,30,40\nq2,undated,0,\n"
        try bench.mustLoad("2026-06-10", exports)
        let after = try bench.answer("quality")
        let late = try #require(after.rows().first { $0.text("defect") == "past_due" })
        #expect(late.text("weight") == "30" && late.text("threshold") == "40" && late.integer("deals") == 0)
        let undated = try #require(after.rows().first { $0.text("defect") == "undated" })
        #expect(undated.integer("deals") == 1 && rate(undated, "points") == 0)
        // The day before the weights came, the shipped ones still count by what was known then.
        let then = try bench.answer("quality", "--as-of", "2026-06-09", "--as-known", "1")
        #expect(then.rows().first { $0.text("defect") == "past_due" }?.integer("deals") == 1)
    }

    @Test func `a defect that there is no rule of is refused with those there are`() throws {
        let outcome = try Self.bench.get().run("quality", "--defect", "past_deu")
        #expect(outcome.status == 64 || outcome.status == 1)
        #expect(outcome.errors.contains("BW506") && outcome.errors.contains("past_due"), "\(outcome)")
    }

    @Test func `the sums of the view are those of the deals`() throws {
        let bench = try Self.bench.get()
        let cells = try bench.values(
            """
            select defect || ' ' || sum(measured_deals) || ' ' || sum(defect_deals) as value
            from bellwether.quality_cell where defect is not null group by defect order by defect
            """)
        let deals = try bench.values(
            """
            select defect || ' ' || count(*) || ' ' || count(*) filter (where is_defect) as value
            from bellwether.deal_check group by defect order by defect
            """)
        #expect(cells == deals && cells.count == 17)
    }

    private static func exports() throws -> [String: String] {
        [
            "company": "id,name,currency\nc,Small,USD\n", "team": "id,name\nt,All\n",
            "person": "id,name,team_id\np,Ann,t\n",
            "stage": "id,name,position,kind,category\nNew,New,1,open,pipeline\n",
            "opportunity": """
            id,owner_id,stage_id,amount,close_date
            d1,p,New,10,2026-05-20
            d2,p,New,10,

            """,
        ]
    }
}
