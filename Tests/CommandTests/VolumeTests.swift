import Foundation
import Model
import TestSupport
import Testing

/// The weekly report, the generation of pipeline and the indicators, against a reckoning from the exports alone.
@Suite("Volume and generation")
struct VolumeTests {
    private static func sample() throws -> [String: Any] {
        try Oracle.run(
            "volume.py",
            ["sample", SampleEnoughTests.bench.get().folder.path + "/halden", "FY2026Q4", "2026-12-07"])
    }

    private static let names = Result { () throws -> [String: String] in
        let bench = try SampleEnoughTests.bench.get()
        let rows = try bench.values(
            """
            select name || '|' || id as value from bellwether.person
            union all select name || '|' || id from bellwether.team
            """)
        let pairs = rows.compactMap { $0?.split(separator: "|").map(String.init) }
        return Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
            .merging(["Halden Instruments": "company"]) { $1 }
    }

    // MARK: - The week

    @Test func `of the sample company is as the exports say, node by node`() throws {
        let bench = try SampleEnoughTests.bench.get()
        let weeks = try #require(try Self.sample()["weeks"] as? [[String: Any]])
        let answer = try bench.answer("weekly", "--by", "person")
        try expect(answer, is: weeks) { try Self.names.get()[$0] }
        #expect(answer.rows().count > 30)
    }

    @Test func `of the sample company goes back five weeks`() throws {
        let bench = try SampleEnoughTests.bench.get()
        let weeks = try #require(try Self.sample()["weeks"] as? [[String: Any]])
        for (arguments, node) in [([], "company"), (["--team", "EMEA"], "T-EMEA")] {
            let rows = try bench.answer(["weekly"] + arguments).rows("weeks")
            #expect(rows.count == 5)
            for (row, week) in zip(rows, weeks) {
                #expect(row.text("to") == week["to"] as? String)
                try expect(row, is: try figures(week, node), of: week, "\(node) \(week["to"] ?? "")")
            }
        }
    }

    @Test(
        .enabled(if: RealData.isWanted, "skipped: there are no real CRM exports"),
        arguments: [
            ("maven", "maven-crm", "FY2017Q4", "2017-12-31"),
            ("dtc", "salesforce-dtc", "FY2015Q3", "2015-07-31"),
        ])
    func `of one real snapshot is as its files say`(
        kind: String, mapping: String, period: String, day: String
    )
        throws
    {
        let bench = try Bench()
        let load = try bench.run(
            "load", mapping, RealData.folder + "/" + mapping, "--date", day, timeout: 120)
        #expect(load.status == 0, "\(load)")
        let truth = try Oracle.run("volume.py", [kind, RealData.folder + "/" + mapping, period, day])
        let weeks = try #require(truth["weeks"] as? [[String: Any]])
        let weekly = try bench.answer("weekly", "--by", "person", "--period", period)
        let company = weekly.rows().first?.text("node")
        try expect(weekly, is: weeks) { $0 == company ? "company" : $0 }
        // Nothing is known of the nights before.
        #expect(weekly.rows().allSatisfy { $0.isNull("progressed") && $0.isNull("pipeline_value_change") })
        #expect(weekly.warnings["steps_unknown"] != nil)
        #expect((truth["has_meetings"] as? Bool) == (weekly.warnings["no_meetings"] == nil))
        let generation = try bench.answer("generation", "--by", "person", "--period", period)
        try expectGeneration(generation, is: truth) { $0 == company ? "company" : $0 }
        #expect(generation.rows().allSatisfy { $0.isNull("usual") })
        #expect(generation.warnings["entries_assumed"] != nil)
        let indicators = try bench.answer("indicators", "--by", "person", "--period", period)
        #expect(indicators.rows().contains { $0.text("reason") == "night before unknown" })
        for answer in [weekly, generation, indicators] { try MetricContractTests.expectContracts(of: answer) }
    }

    @Test func `of a person alone is that person's line`() throws {
        let bench = try SampleEnoughTests.bench.get()
        let people = try bench.answer("weekly", "--by", "person").rows().filter {
            $0.text("level") == "person" && $0.amount("pipeline_value") ?? .zero > .zero
        }
        for person in people.prefix(3) {
            let name = try #require(person.text("node"))
            let alone = try bench.answer("weekly", "--person", name).rows()[0]
            for column in ["pipeline_value", "forecast", "won", "new", "open"] {
                #expect(alone.text(column) == person.text(column), "\(name) \(column)")
            }
            for column in ["meetings", "progressed", "pushed"] {
                #expect(alone.integer(column) == person.integer(column), "\(name) \(column)")
            }
            let page = try bench.answer("indicators", "--person", name, "--weeks", "1")
            let line = page.rows().first { $0.text("column") == "pipeline_value" }
            let value = (line?.values["value"] as? [String: Any])?["number"] as? String
            #expect(value == person.text("pipeline_value"), "\(name)")
        }
        #expect(people.count > 5)
    }

    // MARK: - Generation

    @Test func `of the sample company's pipeline is as the exports say, node by node`() throws {
        let bench = try SampleEnoughTests.bench.get()
        let answer = try bench.answer("generation", "--by", "person")
        try expectGeneration(answer, is: try Self.sample()) { try Self.names.get()[$0] }
        #expect(answer.rows().count > 30)
        #expect(answer.rows("survival").count == 5 && answer.rows("build").count == 2)
    }

    @Test func `of the sample company's next periods is what coverage says`() throws {
        let bench = try SampleEnoughTests.bench.get()
        for team in [[], ["--team", "West"]] {
            let build = try bench.answer(["generation"] + team).rows("build")[0]
            let coverage = try bench.answer(["coverage", "--period", "next"] + team)
            #expect(build.amount("open_ahead") == coverage.rows()[0].amount("open"))
            #expect(build.amount("plan") == coverage.rows()[0].amount("plan"))
            let past = coverage.rows("periods").prefix(4).compactMap { $0.amount("open") }.sorted()
            #expect(build.integer("n") == 4 && past.count == 4)
            #expect(build.amount("usual_low") == past.first && build.amount("usual_high") == past.last)
            #expect(
                build.amount("usual") == Amount(millionths: (past[1] + past[2]).millionths / 2), "\(past)")
        }
    }

    // MARK: - The page

    @Test func `on the page are the figures of their own questions`() throws {
        let bench = try SampleEnoughTests.bench.get()
        let page = try bench.answer("indicators", "--weeks", "1")
        let week = try bench.answer("weekly").rows("weeks")
        func line(_ column: String) throws -> PrintedRow {
            try #require(page.rows().first { $0.text("column") == column }, "\(column)")
        }
        func number(_ row: PrintedRow, _ column: String) -> String? {
            (row.values[column] as? [String: Any])?["number"].map { "\($0)" }
        }
        for column in ["progressed", "setbacks", "meetings", "new_count", "pushed"] {
            let row = try line(column)
            let now = try #require(week[0].integer(column))
            #expect(number(row, "value") == "\(now)", "\(column)")
            #expect(number(row, "change") == "\(now - (week[1].integer(column) ?? 0))", "\(column)")
            let past = week.dropFirst().compactMap { $0.integer(column) }
            #expect((row.values["trend"] as? [Any])?.count == 6)
            #expect(Int(number(row, "low") ?? "") ?? .max <= past.min() ?? .min, "\(column)")
        }
        for column in ["won", "lost", "pipeline_value", "forecast"] {
            #expect(number(try line(column), "value") == week[0].text(column), "\(column)")
        }
        let forecast = try bench.answer("forecast").rows()[0]
        for column in ["attainment", "coverage_to_go"] {
            let found = number(try line(column), "value").flatMap { Double($0) } ?? .nan
            let wanted = try #require(rate(forecast, column))
            #expect(abs(found - wanted) < 1e-9, "\(column)")
        }
        #expect((try line("attainment")).isNull("low"), "what builds up has no range")
        let pastDue = [forecast.amount("past_due"), forecast.amount("earlier_past_due")].compactMap(\.self)
        #expect(
            number(try line("past_due"), "value").flatMap { Amount($0) } == pastDue.reduce(.zero, +))
        let nodes = try bench.answer("indicators", "--by", "team").rows("nodes")
        #expect(nodes.count == 4)
        #expect(
            nodes.dropFirst().reduce(0) { $0 + ($1.integer("meetings") ?? 0) } == nodes[0].integer("meetings")
        )
    }

    private func rate(_ row: PrintedRow, _ column: String) -> Double? {
        (row.values[column] as? NSNumber)?.doubleValue
    }

    // MARK: - Helpers

    private func figures(_ week: [String: Any], _ node: String) throws -> [String: String] {
        (try #require(week["nodes"] as? [String: [String: String]]))[node] ?? [:]
    }

    /// Holds a weekly report's lines against the newest week of the oracle.
    private func expect(
        _ answer: PrintedAnswer, is weeks: [[String: Any]], id: (String) throws -> String?
    ) throws {
        var seen: Set<String> = []
        for row in answer.rows() {
            let name = try #require(row.text("node"))
            guard let node = try id(name) else { continue }
            seen.insert(node)
            try expect(row, is: try figures(weeks[0], node), of: weeks[0], node)
            let before = try figures(weeks[1], node)
            if weeks[1]["is_known"] as? Bool == true {
                let now = Amount(try figures(weeks[0], node)["pipeline_value"] ?? "0") ?? .zero
                let then = Amount(before["pipeline_value"] ?? "0") ?? .zero
                #expect(row.amount("pipeline_value_change") == now - then, "\(node)")
            }
        }
        let named = Set(try #require(weeks[0]["nodes"] as? [String: Any]).keys)
        let lacking = named.subtracting(seen).subtracting(["No team"])
        #expect(lacking.isEmpty || lacking == ["Unassigned"], "\(lacking)")
        #expect(lacking.isEmpty == (answer.warnings["events_unplaced"] == nil))
    }

    private func expect(
        _ row: PrintedRow, is figures: [String: String], of week: [String: Any], _ place: String
    ) throws {
        for column in ["new", "won", "lost"] {
            #expect(
                row.amount(column) == Amount(figures[column] ?? "0"), "\(place) \(column)")
            #expect(
                row.integer(column + "_count") == Int(figures[column + "_count"] ?? "0"), "\(place) \(column)"
            )
        }
        if week["is_known"] as? Bool == true {
            #expect(row.amount("pipeline_value") == Amount(figures["pipeline_value"] ?? "0"), "\(place)")
            #expect(
                row.integer("pipeline_value_count") == Int(figures["pipeline_value_count"] ?? "0"), "\(place)"
            )
        } else {
            #expect(row.isNull("pipeline_value") && row.isNull("forecast"), "\(place)")
        }
        for column in ["progressed", "setbacks", "pushed"] {
            if week["are_steps_known"] as? Bool == true {
                #expect(
                    row.integer(column) == Int(figures[column + "_count"] ?? "0"), "\(place) \(column)")
            } else {
                #expect(row.isNull(column), "\(place) \(column)")
            }
        }
        for column in ["meetings", "meetings_unconfirmed"] where !row.isNull(column) {
            #expect(row.integer(column) == Int(figures[column + "_count"] ?? "0"), "\(place) \(column)")
        }
    }

    /// Holds an answer's lines, cohorts and sources against the oracle.
    private func expectGeneration(
        _ answer: PrintedAnswer, is truth: [String: Any], id: (String) throws -> String?
    ) throws {
        let generation = try #require(truth["generation"] as? [String: Any])
        func part(_ name: String) throws -> [String: [String: String]] {
            try #require(generation[name] as? [String: [String: String]])
        }
        let (now, fates) = (try part("now"), try part("fates"))
        let usual = try #require(generation["usual"] as? [[String: [String: String]]])
        for row in answer.rows() {
            guard let node = try id(try #require(row.text("node"))) else { continue }
            let figures = now[node] ?? [:]
            for column in ["generated", "closing_this", "closing_next", "closing_later", "closing_undated"] {
                #expect(row.amount(column) == Amount(figures[column] ?? "0"), "\(node) \(column)")
                let count = column == "generated" ? "generated_count" : column + "_count"
                #expect(row.integer(count) == Int(figures[count] ?? "0"), "\(node) \(count)")
            }
            #expect(row.integer("assumed") == Int(figures["assumed"] ?? "0"), "\(node)")
            for fate in ["open", "won", "lost", "no_decision", "gone"] {
                #expect(row.integer(fate + "_count") == Int(fates[node]?[fate + "_count"] ?? "0"), "\(node)")
                #expect(row.amount(fate + "_of") == Amount(fates[node]?[fate + "_of"] ?? "0"), "\(node)")
            }
            #expect(row.amount("worth") == Amount(fates[node]?["worth"] ?? "0"), "\(node)")
            let past = usual.map { Amount($0[node]?["generated"] ?? "0") ?? .zero }.sorted()
            #expect(row.integer("usual_n") == past.count)
            #expect(row.amount("usual_low") == past.first && row.amount("usual_high") == past.last, "\(node)")
        }
        for row in answer.rows("sources") {
            let sum = Amount(now["company"]?["source \(row.text("source") ?? "")"] ?? "0")
            #expect(row.amount("generated") == sum, "\(row.text("source") ?? "–")")
        }
        let survival = try #require(generation["survival"] as? [String: [String: [String: String]]])
        for row in answer.rows("survival") {
            let label = String(try #require(row.text("entered_in")).prefix(8))
            let figures = survival[label]?["company"] ?? [:]
            var alive = 0
            for fate in ["open", "won", "lost", "no_decision", "gone"] {
                #expect(
                    row.integer(fate + "_count") == Int(figures[fate + "_count"] ?? "0"), "\(label) \(fate)")
                if fate == "open" || fate == "won" { alive += Int(figures[fate + "_count"] ?? "0") ?? 0 }
            }
            if let n = row.integer("n"), n >= 10 {
                #expect(abs((rate(row, "survived") ?? -1) - Double(alive) / Double(n)) < 1e-9, "\(label)")
                #expect((rate(row, "survived_low") ?? 1) < (rate(row, "survived_high") ?? 0), "\(label)")
            } else {
                #expect(row.isNull("survived") && row.isNull("survived_low"), "\(label)")
            }
        }
    }
}
