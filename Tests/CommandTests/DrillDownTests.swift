import Answers
import Foundation
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// In any company every figure of the forecast is the one that a script reckons from the files, and the deals
/// behind a cell add up to it.
@Suite("Every cell of a forecast")
struct DrillDownTests {
    static let seeds: [UInt64] = {
        let environment = ProcessInfo.processInfo.environment
        let first = UInt64(environment["BELLWETHER_TEST_SEED"] ?? "") ?? UInt64.random(in: 1...1_000_000)
        let count = UInt64(environment["BELLWETHER_TEST_COMPANIES"] ?? "") ?? 2
        return (first..<first + count).map { $0 }
    }()

    @Test(arguments: seeds)
    func `is reckoned from the deals that it lists`(seed: UInt64) throws {
        let bench = try Bench()
        let company = RandomCompany(seed: seed)
        for (day, exports) in zip(RandomCompany.days, company.nights) {
            let outcome = try bench.load(day, exports, "--accept", "gone")
            try #require(outcome.status == 0, "\(outcome)")
        }
        let warehouse = try Warehouse(ConnectionParameters(bench.url))
        for (index, day) in RandomCompany.days.enumerated() {
            // The first night is asked about once, the last about three quarters.
            for period in index == 0 ? Array(company.periods[1...1]) : company.periods {
                let place = "seed \(seed), \(period) as of \(day)"
                let rows = try bench.answer("forecast", "--by", "person", "--period", period, "--as-of", day)
                    .rows()
                let truth = try Oracle.run("generic.py", [bench.folder.path, period, day])
                try compare(rows, truth, place)
                try compare(rows, with: warehouse, period, Day(day), company.people(night: index), place)
            }
        }
    }

    // MARK: - Against the script

    private func compare(_ rows: [PrintedRow], _ truth: [String: Any], _ place: String) throws {
        let lines = try #require(truth["lines"] as? [[String: Any]])
        let expected = Dictionary(
            lines.map { (Node($0["level"] as? String, $0["parent"] as? String, $0["node"] as? String), $0) },
            uniquingKeysWith: { first, _ in first })
        #expect(Set(rows.map(Node.init)) == Set(expected.keys), "\(place)")
        #expect(rows.count == lines.count, "\(place)")
        for row in rows {
            for (column, value) in expected[Node(row)] ?? [:] where column != "node" {
                let printed: String? = row.text(column) ?? row.integer(column).map(String.init)
                let wanted = value as? String ?? (value as? NSNumber)?.stringValue
                #expect(printed == wanted, "\(place), \(Node(row)) \(column)")
            }
        }
    }

    // MARK: - Against the deals

    /// Each node of the forecast: the company, a team, a person with all the person's lines.
    private func compare(
        _ rows: [PrintedRow], with warehouse: Warehouse, _ period: String, _ day: Day?, _ people: Set<String>,
        _ place: String
    ) throws {
        let scope = QuestionScope(asOf: day, period: period)
        for (key, lines) in Dictionary(grouping: rows, by: { [$0.text("level"), $0.text("node")] }) {
            guard let name = key[1] else { continue }
            var part = scope
            switch key[0] {
            case "team": part.team = name
            case "person":
                // Who has left can no longer be asked for by name.
                guard people.contains(name) else { continue }
                part.person = name
            default: break
            }
            try compare(lines, with: warehouse, part, "\(place), \(name)")
        }
    }

    private func compare(
        _ lines: [PrintedRow], with warehouse: Warehouse, _ scope: QuestionScope, _ place: String
    ) throws {
        var all = Sum()
        for category in ForecastCategory.allCases {
            let expected = sum(lines, category.rawValue)
            all.count += expected.count
            all.amount += expected.amount
            let question = DealsQuestion(scope: scope, category: category, line: nil, limit: nil)
            #expect(try deals(question, warehouse) == expected, "\(place), \(category)")
        }
        for line in DealsQuestion.Line.allCases {
            let expected = sum(lines, line.rawValue.replacing("-", with: "_"))
            let question = DealsQuestion(scope: scope, category: nil, line: line, limit: nil)
            #expect(try deals(question, warehouse) == expected, "\(place), \(line)")
        }
        let question = DealsQuestion(scope: scope, category: nil, line: nil, limit: nil)
        #expect(try deals(question, warehouse) == all, "\(place)")
        let forecast = ForecastQuestion(scope: scope, level: .person)
        // What a forecast says of plans is nothing that a list of deals can show.
        let ofDeals = try forecast.answer(from: warehouse).warnings.filter { !$0.code.hasPrefix("plan_") }
        #expect(try question.answer(from: warehouse).warnings == ofDeals, "\(place)")
    }

    private func sum(_ lines: [PrintedRow], _ column: String) -> Sum {
        lines.reduce(into: Sum()) { sum, line in
            sum.count += line.integer(column + "_count") ?? 0
            sum.amount += line.amount(column) ?? .zero
        }
    }

    private struct Sum: Equatable {
        var count = 0
        var amount = Amount.zero
    }

    private func deals(_ question: DealsQuestion, _ warehouse: Warehouse) throws -> Sum {
        let table = try #require(try question.answer(from: warehouse).tables.first)
        let column = try #require(table.columns.firstIndex { $0.name == "amount" })
        var sum = Sum()
        for row in table.rows where row.style != .total {
            sum.count += 1
            if case .amount(let amount) = row.values[column] { sum.amount += amount }
        }
        return sum
    }
}
