import Foundation
import Model
import TestSupport
import Testing

/// Conversion, velocity, bottlenecks and leads, against a reckoning deal by deal from the exports alone.
@Suite("Rates as the exports say")
struct RateOracleTests {
    /// One night of the sample company with the CRM's history of the time before it.
    private static let sample = Result { () throws -> Reckoned in
        let bench = try Bench()
        for arguments in [
            ["sample", "halden", "--nights", "1", "--history"], ["load", "generic", "halden/2026-12-07"],
        ] {
            let outcome = try bench.run(arguments, timeout: 120)
            guard outcome.status == 0 else { throw Command.Failure("\(arguments): \(outcome)") }
        }
        return try Reckoned(bench, "sample", bench.folder.path + "/halden", "2026-12-07")
    }

    /// A warehouse, and what the script says of the same exports.
    private struct Reckoned {
        let bench: Bench
        private let text: Data

        init(_ bench: Bench, _ dataset: String, _ path: String, _ day: String) throws {
            self.bench = bench
            text = try JSONSerialization.data(
                withJSONObject: try Oracle.run("rates.py", [dataset, path, day]))
        }

        func get() throws -> (Bench, [String: Any]) {
            (bench, try JSONSerialization.jsonObject(with: text) as? [String: Any] ?? [:])
        }
    }

    private static func real(_ folder: String, _ dataset: String, _ day: String) throws -> (
        Bench, [String: Any]
    ) {
        let bench = try Bench()
        let path = RealData.folder + "/" + folder
        let outcome = try bench.run("load", folder, path, "--date", day)
        guard outcome.status == 0 else { throw Command.Failure("\(outcome)") }
        return (bench, try Oracle.run("rates.py", [dataset, path, day]))
    }

    // MARK: - Cohorts

    private func compare(_ row: PrintedRow, _ wanted: Any?, _ place: String) throws {
        guard let wanted = wanted as? [String: Any] else {
            #expect(row.isNull("created"), "\(place)")
            return
        }
        for (column, name) in [
            ("created", "begun"), ("won", "reached"), ("lost", "lost"), ("no_decision", "no_decision"),
            ("amount_n", "amount_n"),
        ] { #expect(row.integer(column) == wanted[name] as? Int, "\(place) \(column)") }
        #expect(row.amount("amount") == amount(wanted["amount"]), "\(place)")
        #expect(row.amount("amount_won") == amount(wanted["amount_won"]), "\(place)")
        let begun = try #require(wanted["begun"] as? Int)
        let reached = try #require(wanted["reached"] as? Int)
        #expect(
            isNear(row.values["win_rate"], begun < 10 ? nil : Double(reached) / Double(begun)), "\(place)")
        try compareChange(row, wanted, "", place)
    }

    private func compareChange(_ row: PrintedRow, _ wanted: [String: Any], _ prefix: String, _ place: String)
        throws
    {
        let now = try #require(wanted["now"] as? [Int])
        let before = try #require(wanted["before"] as? [Int])
        guard now[1] > 0, before[1] > 0 else { return #expect(row.isNull(prefix + "now"), "\(place)") }
        #expect(row.integer(prefix + "now_n") == now[1], "\(place)")
        #expect(row.integer(prefix + "before_n") == before[1], "\(place)")
        guard min(now[1], before[1]) >= 10 else { return #expect(row.isNull(prefix + "now"), "\(place)") }
        #expect(isNear(row.values[prefix + "now"], Double(now[0]) / Double(now[1])), "\(place)")
        #expect(isNear(row.values[prefix + "before"], Double(before[0]) / Double(before[1])), "\(place)")
    }

    private func compareCurve(_ answer: PrintedAnswer, _ truth: [String: Any]) throws {
        let steps = try #require(truth["curve"] as? [[Any]])
        for row in answer.rows("curve") {
            let age = try #require(row.integer("age"))
            let step = steps.last { ($0[0] as? Int ?? 0) <= age }
            let shares = step?[1] as? [String: Any] ?? [:]
            for end in ["won", "lost", "no_decision"] {
                #expect(
                    isNear(row.values[end], (shares[end] as? NSNumber)?.doubleValue ?? 0), "\(age) \(end)")
            }
            #expect(isNear(row.values["open"], (step?[2] as? NSNumber)?.doubleValue ?? 1), "\(age)")
        }
    }

    private func compareConversion(_ bench: Bench, _ truth: [String: Any], by level: String, _ name: String)
        throws
    {
        let truth = try #require(truth["conversion"] as? [String: Any])
        let answer = try bench.answer("conversion", "--by", level)
        let top = try #require(answer.rows().first)
        try compare(top, truth["company"], "company")
        let ended = try #require(truth["ended"] as? [String: Int])
        for kind in ["won", "lost", "no_decision"] { #expect(top.integer("ended_" + kind) == ended[kind]) }
        try compareCurve(answer, truth)
        guard level != "company" else { return }
        let parts = try #require(truth[name] as? [String: Any])
        var found = 0
        for row in answer.rows() where row.text("level") == level {
            let part = try #require(row.text("node"))
            guard let wanted = parts[part] as? [String: Any] else { continue }
            // The horizon is the company's; so has the script reckoned.
            try compare(row, wanted, part)
            found += 1
        }
        #expect(found == parts.keys.filter { $0 != "None" }.count)
    }

    @Test func `the sample company's conversion is that of its deals`() throws {
        let (bench, truth) = try Self.sample.get().get()
        try compareConversion(bench, truth, by: "source", "sources")
        let conversion = try #require(truth["conversion"] as? [String: Any])
        let stages = try #require(conversion["stages"] as? [String: [String: Any]])
        let rows = try bench.answer("conversion").rows("stages")
        #expect(rows.count == 5)
        for row in rows {
            let stage = try #require(row.text("stage"))
            let wanted = try #require(stages[stage])
            #expect(row.integer("entered") == wanted["begun"] as? Int, "\(stage)")
            #expect(row.integer("within") == wanted["horizon"] as? Int, "\(stage)")
            #expect(row.integer("stands_moved_on") == wanted["stands_reached"] as? Int, "\(stage)")
            #expect(row.integer("stands_open") == wanted["stands_open"] as? Int, "\(stage)")
            let reached = try #require(wanted["reached"] as? Int)
            let begun = try #require(wanted["begun"] as? Int)
            #expect(isNear(row.values["moved_on"], Double(reached) / Double(begun)), "\(stage)")
            try compareChange(row, wanted, "", stage)
        }
    }

    @Test(.enabled(if: RealData.isWanted)) func `Maven's conversion and velocity are those of its deals`()
        throws
    {
        let (bench, truth) = try Self.real("maven-crm", "maven", "2017-12-31")
        try compareConversion(bench, truth, by: "person", "owners")
        try compareVelocity(bench, truth)
        // No history: nobody knows when a deal entered its stage.
        let answer = try bench.answer("conversion")
        #expect(answer.warnings["no_stage_history"] != nil && answer.rows("stages").isEmpty)
        #expect(answer.rows().first?.isNull("win_rate_amount") == true)
    }

    @Test(.enabled(if: RealData.isWanted)) func `DTC's conversion and velocity are those of its deals`()
        throws
    {
        let (bench, truth) = try Self.real("salesforce-dtc", "dtc", "2015-07-31")
        try compareConversion(bench, truth, by: "source", "sources")
        try compareVelocity(bench, truth)
    }

    @Test(.enabled(if: RealData.isWanted))
    func `IBM's 78,025 rows convert as they say, by route and by competitor`() throws {
        let bench = try Bench()
        let path = RealData.folder + "/ibm-sales-win-loss"
        let written = try Oracle.run("ibm_export.py", [path, bench.folder.path, "2017-06-30"])
        #expect(written["deals"] as? Int == 78_025)
        let outcome = try bench.run("load", "generic", "2017-06-30")
        guard outcome.status == 0 else { throw Command.Failure("\(outcome)") }
        let truth = try Oracle.run("rates.py", ["ibm", path, "2017-06-30"])
        try compareConversion(bench, truth, by: "source", "sources")
        try compareVelocity(bench, truth)
        // Who has several competitors counts once in the whole.
        let rows = try bench.answer("conversion", "--by", "competitor").rows()
        #expect(rows.map { $0.text("node") } == ["IBM", "No competitor named", "Known"])
        let ended = rows.map { ($0.integer("ended_won") ?? 0) + ($0.integer("ended_lost") ?? 0) }
        #expect(ended == [78_025, 78_025 - 12_044, 12_044])
    }

    // MARK: - Velocity

    private func compareVelocity(_ bench: Bench, _ truth: [String: Any]) throws {
        let wanted = try #require(truth["velocity"] as? [String: Any])
        let row = try #require(try bench.answer("velocity").rows().first)
        for (column, name) in [
            ("won_n", "won"), ("ended_n", "ended"), ("open", "open"), ("qualified", "qualified"),
            ("over_age", "over_age"),
        ] { #expect(row.integer(column) == wanted[name] as? Int, "\(column)") }
        #expect(isNear(row.values["days"], (wanted["days"] as? NSNumber)?.doubleValue))
        let perDay = (wanted["per_day"] as? NSNumber)?.doubleValue
        let found = row.text("per_day").flatMap { Double($0) }
        // To the cent.
        #expect((perDay == nil) == (found == nil) && abs((perDay ?? 0) - (found ?? 0)) <= 0.0050001, "\(row)")
    }

    @Test func `the sample company's velocity and stage durations are those of its deals`() throws {
        let (bench, truth) = try Self.sample.get().get()
        try compareVelocity(bench, truth)
        let durations = try #require(truth["durations"] as? [String: [String: Any]])
        let rows = try bench.answer("velocity").rows("stages")
        #expect(rows.count == 5)
        for row in rows {
            let stage = try #require(row.text("stage"))
            let wanted = try #require(durations[stage])
            for column in ["completed", "unfinished", "survival_median"] {
                #expect(row.integer(column) == wanted[column] as? Int, "\(stage) \(column)")
            }
            for column in ["median", "p75"] {
                #expect(
                    isNear(row.values[column], (wanted[column] as? NSNumber)?.doubleValue),
                    "\(stage) \(column)")
            }
        }
    }

    @Test func `the sample company's paces are those of its visits, and the stage that turned slow is named`()
        throws
    {
        let (bench, truth) = try Self.sample.get().get()
        let durations = try #require(truth["durations"] as? [String: [String: Any]])
        let answer = try bench.answer("bottlenecks")
        #expect(answer.headline.contains("Proposal holds deals up"))
        let slow = answer.rows("quarters").filter { $0.text("verdict") == "rose" }.compactMap {
            $0.text("stage")
        }
        #expect(slow == ["Proposal"])
        let rows = answer.rows("quarters")
        #expect(rows.count == 20)
        for (place, row) in rows.enumerated() {
            let stage = try #require(row.text("stage"))
            let paces = try #require(durations[stage]?["pace"] as? [[String: Any]])
            let wanted = paces[place / 5]
            #expect(row.integer("visits") == wanted["visits"] as? Int, "\(stage)")
            for (column, name) in [("mean", "mean"), ("usual", "usual"), ("excess", "excess")] {
                let value = (wanted[name] as? NSNumber)?.doubleValue
                let found = (row.values[column] as? NSNumber)?.doubleValue
                #expect(abs((value ?? -1) - (found ?? 1)) < 1e-6, "\(stage) \(column)")
            }
        }
    }

    // MARK: - Leads

    @Test func `fact 10: webinar leads have fallen, partner leads are within chance`() throws {
        let (bench, truth) = try Self.sample.get().get()
        let leads = try #require(truth["leads"] as? [String: [String: Any]])
        let answer = try bench.answer("leads")
        for row in answer.rows() {
            let name = row.text("level") == "source" ? row.text("node") ?? "" : "all"
            let wanted = try #require(leads[name])
            #expect(row.integer("came") == wanted["begun"] as? Int, "\(name)")
            try compareChange(row, wanted, "", name)
        }
        let since = try bench.answer("leads", "--since", "2026-09-14")
        #expect(since.headline.contains("Webinar 12 % to 5 %"), "\(since.headline)")
        let verdicts = Dictionary(
            since.rows().map { ($0.text("node") ?? "", $0.text("verdict") ?? "") },
            uniquingKeysWith: { first, _ in first })
        #expect(verdicts["Webinar"] == "fell" && verdicts["Partner"] == "within chance")
        #expect(verdicts.values.count { $0 == "fell" || $0 == "rose" } == 1)
        let required = try #require(try bench.answer("leads", "--period", "next").rows("required").first)
        #expect(required.integer("leads") ?? 0 > 0 && required.text("latest") != nil)
    }

    // MARK: - One team, one day

    @Test func `a team's rates are those of its line, and a day is what it was`() throws {
        let (bench, _) = try Self.sample.get().get()
        let lines = try bench.answer("conversion", "--by", "team", "--within", "270").rows()
        let emea = try #require(lines.first { $0.text("node") == "EMEA" })
        let alone = try #require(
            try bench.answer("conversion", "--team", "EMEA", "--within", "270").rows().first)
        for column in ["created", "won", "ended_won", "ended_lost", "amount_n"] {
            #expect(alone.integer(column) == emea.integer(column), "\(column)")
        }
        let past = try bench.answer("conversion", "--as-of", "2026-06-30")
        #expect(past.rows().first?.integer("created") != lines.first?.integer("created"))
        let people = try bench.answer("velocity", "--by", "person").rows().filter {
            $0.text("level") == "person"
        }
        let whole = try #require(try bench.answer("velocity").rows().first)
        #expect(people.reduce(0) { $0 + ($1.integer("won_n") ?? 0) } == whole.integer("won_n"))
    }

    private func amount(_ value: Any?) -> Amount? { (value as? String).flatMap { Amount($0) } }

    private func isNear(_ left: Any?, _ right: Double?) -> Bool {
        guard let left = left as? NSNumber, let right else { return left is NSNull && right == nil }
        return abs(left.doubleValue - right) < 1e-9
    }
}
