import Foundation
import Model
import TestSupport
import Testing

/// Data quality and accuracy of the sample company and of real exports, against scripts that read the files alone.
@Suite("Quality against the files")
struct QualityOracleTests {
    @Test func `the sample company's defects are those that its exports have`() throws {
        let bench = try SampleEnoughTests.bench.get()
        let folder = bench.folder.path + "/halden/2026-12-07"
        try Self.compare(bench, try Oracle.run("quality.py", ["generic", folder, "2026-12-07"]))
    }

    @Test(
        .enabled(if: RealData.isWanted, "skipped: there are no real CRM exports"),
        arguments: [("maven-crm", "maven", "2017-12-31"), ("salesforce-dtc", "dtc", "2015-07-31")])
    func `real exports' defects are those that the files have`(
        mapping: String, kind: String, day: String
    ) throws {
        let bench = try Bench()
        let folder = RealData.folder + "/" + mapping
        let outcome = try bench.run(["load", mapping, folder, "--date", day], timeout: 120)
        try #require(outcome.status == 0, "\(outcome)")
        try Self.compare(bench, try Oracle.run("quality.py", [kind, folder, day]))
    }

    /// Holds every rule, the deals of each, every owner and the score against the script.
    private static func compare(_ bench: Bench, _ truth: [String: Any]) throws {
        let answer = try bench.answer("quality", "--by", "person")
        let rules = try #require(truth["rules"] as? [String: Any])
        let found = answer.rows().filter { $0.text("level") == "defect" }
        #expect(found.count == rules.count && found.count == 17)
        for row in found {
            let defect = try #require(row.text("defect"))
            guard let wanted = rules[defect] as? [Any] else {
                #expect(!row.isNull("missing") && row.isNull("deals") && row.isNull("points"), "\(defect)")
                continue
            }
            #expect(row.isNull("missing"), "\(defect)")
            guard wanted[2] as? Int != 0 else { continue }
            #expect(row.integer("deals") == wanted[0] as? Int, "\(defect)")
            #expect(row.integer("n") == wanted[2] as? Int, "\(defect)")
            #expect(row.amount("amount") == amount(wanted[1]), "\(defect)")
            #expect(row.amount("n_amount") == amount(wanted[3]), "\(defect)")
        }
        let company = try #require(answer.rows("nodes").first)
        let any = try #require(truth["any"] as? [Any])
        #expect(company.integer("flawed_deals") == any[0] as? Int)
        #expect(company.integer("open_deals") == any[2] as? Int)
        #expect(company.amount("flawed_amount") == amount(any[1]))
        let score = try #require(truth["score"] as? [Any])
        expectNear(company.values["score"], score[0], "score")
        expectNear(company.values["score_amount"], score[1], "score by amount")
        try compareDeals(bench, truth)
        try compareOwners(bench, truth)
        try compareLatency(bench, truth)
    }

    private static func compareDeals(_ bench: Bench, _ truth: [String: Any]) throws {
        let wanted = try #require(truth["deals"] as? [String: [String]])
        let found = try bench.values(
            "select defect || ' ' || id as value from bellwether.deal_defect")
        #expect(Set(found) == Set(wanted.flatMap { defect, ids in ids.map { "\(defect) \($0)" } }))
    }

    private static func compareOwners(_ bench: Bench, _ truth: [String: Any]) throws {
        let owners = try #require(truth["owners"] as? [String: [String: [Int]]])
        let found = try bench.values(
            """
            select owner_id || '|' || defect || '|' || sum(defect_deals) || '|' || sum(measured_deals) as value
            from bellwether.quality_cell where defect is not null group by owner_id, defect
            """)
        let wanted = owners.flatMap { owner, rules in
            rules.map { "\(owner)|\($0.key)|\($0.value[0])|\($0.value[1])" }
        }
        #expect(Set(found) == Set(wanted))
    }

    private static func compareLatency(_ bench: Bench, _ truth: [String: Any]) throws {
        let latency = try #require(truth["latency"] as? [String: [String: Int]])
        let found = try bench.values(
            "select coalesce(owner_id, '') || '|' || days || '|' || activities as value from bellwether.entry_latency"
        )
        let wanted = latency.flatMap { owner, days in days.map { "\(owner)|\($0.key)|\($0.value)" } }
        #expect(Set(found) == Set(wanted))
    }

    // MARK: - Accuracy

    private static let nodes = [
        "Halden Instruments": "company", "East": "T-EAST", "West": "T-WEST", "EMEA": "T-EMEA",
    ]

    @Test(arguments: [10, 5])
    func `the sample company's calls were as good as its exports say`(week: Int) throws {
        let bench = try SampleEnoughTests.bench.get()
        let truth = try Oracle.run(
            "accuracy.py",
            [bench.folder.path + "/halden/2026-12-07", "2026-12-07", "FY2026Q4", String(week)])
        let answer = try bench.answer("accuracy", "--week", String(week), "--by", "person")
        let byNode = try #require(truth["nodes"] as? [String: [String: Any]])
        let people = try bench.values("select name || '|' || id as value from bellwether.person").compactMap(
            \.self)
        let ids = Dictionary(
            people.map { line in
                let parts = line.split(separator: "|").map(String.init)
                return (parts[0], parts[1])
            }, uniquingKeysWith: { first, _ in first }
        ).merging(Self.nodes) { $1 }
        let rows = answer.rows("nodes")
        #expect(rows.count == byNode.count)
        for row in rows {
            let node = try #require(row.text("node"))
            let wanted = try #require(byNode[ids[node] ?? ""], "\(node)")
            #expect(row.integer("n") == wanted["n"] as? Int, "\(node)")
            #expect(row.integer("too_high") == wanted["too_high"] as? Int, "\(node)")
            for column in ["wape", "bias", "within_5", "within_10"] {
                Self.expectNear(row.values[column], wanted[column], "\(node) \(column)")
            }
            #expect(row.integer("commit_n") == (wanted["commit"] as? [Int])?[0], "\(node)")
        }
        try Self.comparePeriods(answer, truth)
        try Self.compareCategories(answer, truth)
        try Self.compareLevels(answer, truth)
        try Self.comparePeople(answer, truth, ids)
    }

    private static func comparePeriods(_ answer: PrintedAnswer, _ truth: [String: Any]) throws {
        let wanted = try #require(truth["periods"] as? [[String]])
        let rows = answer.rows("periods")
        #expect(rows.map { $0.text("period") } == wanted.map { $0[0] } && rows.count == 8)
        for (row, period) in zip(rows, wanted) {
            #expect(row.amount("call") == Amount(period[1]) && row.amount("calculated") == Amount(period[2]))
            #expect(row.amount("landed") == Amount(period[3]), "\(period)")
        }
    }

    private static func compareCategories(_ answer: PrintedAnswer, _ truth: [String: Any]) throws {
        let wanted = try #require(truth["categories"] as? [String: [Any]])
        let landed = try #require(truth["landed"] as? [Any])
        let names = [
            "Closed already": "closed", "Commit": "commit", "Best case": "best_case", "Pipeline": "pipeline",
        ]
        for row in answer.rows("categories") {
            let sums = try #require(wanted[names[row.text("category") ?? ""] ?? ""])
            #expect(row.integer("n") == sums[0] as? Int && row.integer("won") == sums[2] as? Int)
            #expect(row.amount("amount") == amount(sums[1]) && row.amount("won_amount") == amount(sums[3]))
            #expect(row.integer("recall_n") == landed[0] as? Int)
        }
    }

    private static func compareLevels(_ answer: PrintedAnswer, _ truth: [String: Any]) throws {
        let wanted = try #require(truth["levels"] as? [String: [Any]])
        let rows = answer.rows("value_added")
        #expect(Set(rows.compactMap { $0.text("level") }) == Set(wanted.keys))
        for row in rows {
            let level = row.text("level") ?? ""
            let numbers = try #require(wanted[level])
            #expect(row.integer("n") == numbers[0] as? Int, "\(level)")
            #expect(row.amount("money") == amount(numbers[3]), "\(level)")
            #expect(row.integer("better") == numbers[4] as? Int && row.integer("worse") == numbers[5] as? Int)
            expectNear(row.values["wape_before"], numbers[1], "\(level) before")
            expectNear(row.values["wape_after"], numbers[2], "\(level) after")
            expectNear(row.values["p"], numbers[6], "\(level) p")
        }
    }

    private static func comparePeople(
        _ answer: PrintedAnswer, _ truth: [String: Any], _ ids: [String: String]
    ) throws {
        let wanted = try #require(truth["people"] as? [String: [String: Any]])
        let rows = answer.rows("people")
        #expect(rows.count == wanted.count)
        for row in rows {
            let name = row.text("person") ?? ""
            let person = try #require(wanted[ids[name] ?? ""], "\(name)")
            let late = try #require(person["late"] as? [Int])
            let landed = try #require(person["landed"] as? [Int])
            #expect(row.integer("wins") == late[1] && row.integer("commits") == landed[1], "\(name)")
            let shares: [(String, Int, Int)] = [
                ("late", late[0], late[1]), ("never", person["never"] as? Int ?? -1, late[1]),
                ("created_late", person["created_late"] as? Int ?? -1, late[1]),
                ("landed", landed[0], landed[1]),
            ]
            for (column, hits, count) in shares {
                let share: Any? = count >= 10 ? NSNumber(value: Double(hits) / Double(count)) : nil
                expectNear(row.values[column], share, "\(name) \(column)")
            }
        }
        #expect(answer.rows("disclosure").last?.integer("slipped") == truth["slipped"] as? Int)
    }

    @Test func `fact 7: the call of week 10 was too high in six of the last eight quarters`() throws {
        let answer = try SampleEnoughTests.bench.get().answer("accuracy")
        #expect(answer.headline.contains("too high in 6 of 8, 6 % in the median"), "\(answer.headline)")
    }

    @Test func `fact 8: late commits and commits that land seldom stand out, and nobody else`() throws {
        let answer = try SampleEnoughTests.bench.get().answer("accuracy", "--by", "person")
        #expect(
            answer.warnings["commits_late"]
                == "55 % of Maya Lindqvist's 20 wins entered commit less than 7 days before closing, 0.6 % of everybody else's: evidence, and no proof of intent"
        )
        #expect(
            answer.warnings["commits_land_seldom"]?.hasPrefix(
                "Luc Moreau's commits land 38 % of the time, everybody else's 72 %") == true)
        let standing = answer.rows("people").filter {
            $0.values["late_stands_out"] as? Bool == true || $0.values["landed_stands_out"] as? Bool == true
        }
        #expect(standing.map { $0.text("person") } == ["Luc Moreau", "Maya Lindqvist"])
    }

    @Test func `facts 3 and 4: what was pushed without an answer is found, and Brightwater first`() throws {
        let answer = try SampleEnoughTests.bench.get().answer("quality", "--limit", "3")
        #expect(answer.rows("fixes").first?.text("deal") == "Brightwater: Services")
        #expect(answer.rows("fixes").first?.text("defects")?.contains("empty_push") == true)
    }

    // MARK: -

    private static func amount(_ value: Any?) -> Amount? { (value as? String).flatMap { Amount($0) } }

    private static func expectNear(_ found: Any?, _ wanted: Any?, _ place: String) {
        guard let wanted = wanted as? NSNumber else {
            #expect(found is NSNull || found == nil, "\(place)")
            return
        }
        let number = (found as? NSNumber)?.doubleValue
        #expect(number.map { abs($0 - wanted.doubleValue) < 1e-9 } ?? false, "\(place): \(number ?? -1)")
    }
}
