import Foundation
import TestSupport
import Testing

/// Companies at the edge: of nothing, of one, of one kind. Each is answered, and what cannot be told is absent with a
/// reason, never a zero, a 100 % or no number at all.
@Suite("Companies at the edge, week by week")
struct EdgeCompanyTests {
    private static let header =
        "id,name,account_id,owner_id,stage_id,forecast_category,amount,currency,close_date,created_date\n"
    private static let stages = """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Deal,Deal,2,open,commit
        Won,Won,3,won,closed
        Lost,Lost,4,lost,omitted

        """
    private static let questions = [
        ["weekly", "--by", "person"], ["generation", "--by", "person"], ["indicators", "--by", "person"],
        ["indicators", "--person", "Ann"], ["weekly", "--team", "East", "--weeks", "1"],
        ["generation", "--period", "all"], ["weekly", "--period", "next"],
        ["generation", "--period", "next"],
    ]

    /// A warehouse in which those deals are known on each of some days.
    private static func bench(_ nights: [(day: String, deals: String)]) throws -> Bench {
        let bench = try Bench()
        for (day, deals) in nights {
            var exports = Acme.reference
            exports["stage"] = stages
            exports["opportunity"] = header + deals
            let outcome = try bench.load(day, exports, "--accept", "empty", "--accept", "gone")
            guard outcome.status == 0 else { throw Command.Failure("\(outcome)") }
        }
        return bench
    }

    /// Asks everything, and each of the first in another format as well; gives the JSON answers by question.
    private static func answers(_ bench: Bench) throws -> [[String]: PrintedAnswer] {
        var answers: [[String]: PrintedAnswer] = [:]
        for question in questions {
            let answer = try bench.answer(question)
            try MetricContractTests.expectContracts(of: answer)
            answers[question] = answer
        }
        for (question, format) in zip(questions, ["terminal", "md", "html", "csv"]) {
            let outcome = try bench.run(question + ["--format", format])
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(question) \(outcome)")
            let text = outcome.output.lowercased()
            #expect(!text.contains("nan") && !text.contains("inf "), "\(question)\n\(outcome.output)")
        }
        return answers
    }

    private static func rates(_ answer: PrintedAnswer) -> [(String, Double)] {
        answer.tables.flatMap { table in
            table.rows.flatMap { row in
                table.columns.filter { $0.kind == "rate" }.compactMap { column in
                    (row.values[column.name] as? NSNumber).map { (column.name, $0.doubleValue) }
                }
            }
        }
    }

    @Test func `without a deal`() throws {
        let answers = try Self.answers(try Self.bench([("2026-05-04", ""), ("2026-05-05", "")]))
        let weekly = try #require(answers[Self.questions[0]])
        let company = weekly.rows()[0]
        #expect(company.isNull("meetings") && weekly.warnings["no_meetings"] != nil)
        #expect(weekly.rows("weeks")[0].isNull("new_count") && weekly.warnings["no_created_dates"] != nil)
        #expect(company.isNull("progressed") && weekly.warnings["steps_unknown"] != nil)
        #expect(company.text("pipeline_value") == "0" && company.text("forecast") == "0")
        #expect(company.isNull("pipeline_value_change"), "nothing is known of a week ago")
        let generation = try #require(answers[Self.questions[1]])
        #expect(generation.rows()[0].text("generated") == "0" && generation.rows()[0].isNull("usual"))
        for answer in answers.values { #expect(Self.rates(answer).isEmpty, "\(Self.rates(answer))") }
    }

    @Test func `of one deal, on one day`() throws {
        let answers = try Self.answers(
            try Self.bench([("2026-05-05", "d1,First,a1,p1,Deal,,100,USD,2026-06-30,2026-05-02\n")]))
        let weekly = try #require(answers[Self.questions[0]])
        #expect(
            weekly.rows()[0].integer("new_count") == 1 && weekly.rows()[0].text("pipeline_value") == "100")
        #expect(weekly.rows().allSatisfy { $0.isNull("progressed") })
        let ann = try #require(weekly.rows().first { $0.text("node") == "Ann" })
        #expect(ann.text("pipeline_value") == "100" && ann.text("forecast") == "100")
        let generation = try #require(answers[Self.questions[1]])
        #expect(
            generation.rows()[0].text("generated") == "100" && generation.rows()[0].integer("assumed") == 1)
        #expect(generation.warnings["entries_assumed"] != nil)
        let page = try #require(answers[Self.questions[2]])
        // What is told by its own day is known of earlier days too; what was seen happening is not.
        let told = ["meetings", "new_count", "won", "lost"]
        let seen = page.rows().filter { !told.contains($0.text("column") ?? "") }
        #expect(seen.allSatisfy { $0.isNull("low") && $0.isNull("high") }, "one day has no range")
        let progressed = try #require(page.rows().first { $0.text("column") == "progressed" })
        #expect(progressed.isNull("value") && progressed.text("reason") == "night before unknown")
    }

    @Test func `in which all is lost`() throws {
        let deals = (1...4).map { "d\($0),D,a1,p\($0 % 2 + 1),Lost,,50,USD,2026-05-0\($0),2026-04-01\n" }
        let answers = try Self.answers(try Self.bench([("2026-05-05", deals.joined())]))
        let company = try #require(answers[Self.questions[0]]).rows()[0]
        #expect(company.integer("lost_count") == 4 && company.integer("won_count") == 0)
        #expect(company.text("pipeline_value") == "0" && company.text("forecast") == "0")
        let generation = try #require(answers[Self.questions[1]]).rows()[0]
        #expect(generation.integer("lost_count") == 4 && generation.integer("assumed") == 4)
    }

    @Test func `in which all is open and nothing has an amount, or nothing but zeros`() throws {
        for amount in ["", "0"] {
            let deals = (1...3).map {
                "d\($0),D,a1,p1,Deal,,\(amount),USD,2026-06-0\($0),2026-05-0\($0)\n"
            }
            let answers = try Self.answers(
                try Self.bench([("2026-05-04", deals.joined()), ("2026-05-05", deals.joined())]))
            let company = try #require(answers[Self.questions[0]]).rows()[0]
            #expect(company.text("pipeline_value") == "0" && company.integer("pipeline_value_count") == 3)
            let generation = try #require(answers[Self.questions[1]])
            #expect(generation.rows()[0].integer("generated_count") == 3)
            #expect(generation.rows("sources").allSatisfy { $0.isNull("share") }, "a share of nothing")
            let page = try #require(answers[Self.questions[2]])
            let coverage = try #require(page.rows().first { $0.text("column") == "coverage_to_go" })
            #expect(coverage.isNull("value") && coverage.text("reason") == "no plan")
        }
    }

    @Test func `of which a deal moves, comes late and goes, night by night`() throws {
        let bench = try Self.bench([
            ("2026-04-21", "d1,One,a1,p1,New,,100,USD,2026-06-30,2026-04-20\n"),
            (
                "2026-04-28",
                "d1,One,a1,p1,Deal,,150,USD,2026-06-30,2026-04-20\nd2,Two,a1,p2,Deal,,70,USD,2026-08-30,2026-04-26\n"
            ),
            (
                "2026-05-04",
                "d1,One,a1,p1,New,,150,USD,2026-07-15,2026-04-20\nd3,Three,a1,p2,New,,10,USD,,2026-05-01\n"
            ),
            (
                "2026-05-05",
                "d1,One,a1,p2,Won,,160,USD,2026-05-05,2026-04-20\nd3,Three,a1,p2,New,,10,USD,,2026-05-01\n"
            ),
        ])
        let weeks = try bench.answer("weekly", "--weeks", "3").rows("weeks")
        // 2026-04-29 to 05-05: d1 goes back and is pushed, then is won; d2 is gone; d3 is new.
        #expect(weeks[0].integer("progressed") == 1 && weeks[0].integer("setbacks") == 1)
        #expect(weeks[0].integer("pushed") == 1 && weeks[0].integer("won_count") == 1)
        #expect(weeks[0].integer("new_count") == 1 && weeks[0].text("pipeline_value") == "10")
        // 2026-04-22 to 04-28: d1 went on, d2 appeared.
        #expect(weeks[1].integer("progressed") == 1 && weeks[1].text("pipeline_value") == "220")
        #expect(weeks[2].isNull("progressed") && weeks[2].text("pipeline_value") == "100")
        // Won by who has it then.
        let people = try bench.answer("weekly", "--by", "person").rows()
        #expect(people.first { $0.text("node") == "Bob" }?.integer("progressed") == 1)
        #expect(people.first { $0.text("node") == "Ann" }?.integer("setbacks") == 1)
        let generation = try bench.answer("generation", "--by", "person")
        // d1 entered on 04-28 for 150 and is worth 160; d2 for 70 and is gone; d3 has not entered.
        let company = generation.rows()[0]
        #expect(company.integer("generated_count") == 2 && company.text("generated") == "220")
        #expect(company.text("closing_this") == "150" && company.text("closing_next") == "70")
        #expect(company.text("worth") == "160" && company.integer("gone_count") == 1)
        #expect(company.integer("assumed") == 0)
        let ann = generation.rows().first { $0.text("node") == "Ann" }
        #expect(ann?.text("generated") == "150", "whose it was on the day of entry")
        // As of the week before, nothing of the later is known.
        let before = try bench.answer("generation", "--as-of", "2026-04-28").rows()[0]
        #expect(before.text("worth") == "220" && before.integer("gone_count") == 0)
    }
}
