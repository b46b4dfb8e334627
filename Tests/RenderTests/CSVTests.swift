import Foundation
import Model
import Testing

@testable import Render

@Suite struct `CSV` {
    @Test func `has every column, exact figures and no drawing`() {
        #expect(
            render(Samples.forecast, as: .csv).replacing("\r\n", with: "␍\n") == """
                node,level,closed,commit,best_case,pipeline,call,budget,gap,attainment,coverage_to_go␍
                East,team,1650000,700000,450000,600000,2550000,2400000,-150000,0.6875,2.3333␍
                Dana Ortiz,person,400000.25,0,150000,,,,,,␍
                West,team,1500000,600000,550000,800000,,2400000,300000,0.625,2.1667␍
                EMEA,team,950000,1000000,600000,800000,2450000,2400000,-50000,0.395833,1.6552␍
                Company,company,4100000,2300000,1600000,2200000,7100000,7200000,100000,0.569444,1.9677␍

                """)
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM", "\tx", "\rx", "＝1"])
    func `guards text that a spreadsheet would run, unless raw`(text: String) throws {
        let table = AnswerTable(
            name: "t", columns: [AnswerColumn("c", kind: .text), AnswerColumn("n", kind: .integer)],
            rows: [.init([.text(text), .integer(-1)])])
        let guarded = renderCSV(table).split(separator: "\r\n")[1]
        #expect(guarded == (text == "\rx" ? "\"'\rx\",-1" : "'\(text),-1"))
        #expect(!renderCSV(table, raw: true).contains("'"))
    }

    @Test func `of an answer without a table is empty`() {
        let answer = Answer(question: "q", headline: "x", tables: [], passport: Samples.passport)
        #expect(render(answer, as: .csv) == "")
    }

    /// The oracle: Python's csv module in strict mode. It gives back fields in JSON, one record a line.
    @Test(.enabled(if: Python.isAvailable, "python3 is needed as the oracle"))
    func `gives every value back to an independent reader`() throws {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            var table = generator.table()
            // Python's reader refuses NUL, which no CRM text contains after intake.
            table.rows = table.rows.map { row in
                .init(
                    row.values.map {
                        if case .text(let text) = $0 { .text(text.replacing("\0", with: "")) } else { $0 }
                    })
            }
            let read = try Python.run(
                """
                import csv, io, json, sys
                text = sys.stdin.buffer.read().decode()
                print(json.dumps(list(csv.reader(io.StringIO(text, newline=""), strict=True))))
                """, input: renderCSV(table, raw: true))
            let records = try JSONDecoder().decode([[String]].self, from: Data(read.utf8))
            let expected =
                [table.columns.map(\.name)]
                + table.rows.map { row in
                    row.values.map { value in
                        switch value {
                        case .null: ""
                        case .text(let text): text
                        case .integer(let number): "\(number)"
                        case .amount(let amount): amount.description
                        case .rate(let rate): NumberText.plain(rate) ?? ""
                        case .day(let day): day.description
                        case .boolean(let isTrue): "\(isTrue)"
                        case .measure(let measure):
                            switch measure.number {
                            case .amount(let amount): amount.description
                            case .count(let count): "\(count)"
                            case .rate(let rate): NumberText.plain(rate) ?? ""
                            }
                        case .trend(let values):
                            values.map { $0.flatMap(NumberText.plain) ?? "" }.joined(separator: ";")
                        }
                    }
                }
            #expect(records.map { $0.map(scalars) } == expected.map { $0.map(scalars) }, "seed \(seed)")
        }
    }

    @Test(.enabled(if: Python.isAvailable, "python3 is needed as the oracle"))
    func `sums to the cent as the amounts do`() throws {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        let amounts = (0..<5_000).map { _ in generator.amount() }
        let table = AnswerTable(
            name: "t", columns: [AnswerColumn("amount", kind: .amount, unit: "USD")],
            rows: amounts.map { .init([.amount($0)]) })
        let sum = try Python.run(
            """
            import csv, decimal, sys
            decimal.getcontext().prec = 60
            total = sum(decimal.Decimal(row["amount"]) for row in csv.DictReader(sys.stdin))
            print(int(total * 1000000))
            """, input: renderCSV(table))
        #expect(sum == "\(amounts.reduce(.zero, +).millionths)\n", "seed \(seed)")
    }

    /// Strings are compared scalar by scalar: to Swift differently composed letters are equal.
    private func scalars(_ text: String) -> [UInt32] {
        text.unicodeScalars.map(\.value)
    }
}
