import Foundation
import Model
import Testing

@testable import Render

@Suite struct `A number` {
    /// The oracle: Python's decimal, which rounds and groups by its own rules.
    @Test(.enabled(if: Python.isAvailable, "python3 is needed as the oracle"))
    func `is rounded and grouped as by Python's decimal`() throws {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        let amounts = (0..<2_000).map { _ in generator.amount() } + [.zero, Amount(millionths: -1)]
        let expected = try Python.run(
            """
            import sys
            from decimal import *
            getcontext().prec = 60
            for line in sys.stdin:
                amount = Decimal(line)
                def shown(exponent, places):
                    if amount == 0: return "0"
                    value = (amount.scaleb(-exponent)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
                    return f"{abs(value) if value == 0 else value:,}"
                exact = f"{amount:,f}"
                if "." in exact: exact = exact.rstrip("0").rstrip(".")
                print(shown(0, 2), shown(0, 0), shown(3, 0), shown(6, 2), exact)
            """, input: amounts.map { $0.description + "\n" }.joined())
        let scales: [MoneyScale] = [.cents, .units, .thousands, .millions, .exact]
        let actual = amounts.map { amount in
            scales.map { $0.text(amount) }.joined(separator: " ") + "\n"
        }
        for (line, text) in zip(expected.split(separator: "\n"), actual) {
            #expect(line + "\n" == text, "seed \(seed)")
        }
        #expect(expected.split(separator: "\n").count == amounts.count)
    }

    @Test(.enabled(if: Python.isAvailable, "python3 is needed as the oracle"))
    func `of binary kind is written so that it reads back the same, without an exponent`() throws {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        var values = (0..<2_000).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
        values += [0, 1, -0.5, 0.1, 1e-5, 1.5e-7, 1e16, 123456789e10, 2.3e-308, 1.7976931348623157e308]
        let texts = try values.map { try #require(NumberText.plain($0)) }
        #expect(!texts.joined().contains("e"))
        let bits = try Python.run(
            """
            import struct, sys
            for line in sys.stdin: print(struct.unpack(">Q", struct.pack(">d", float(line)))[0])
            """, input: texts.map { $0 + "\n" }.joined())
        #expect(bits.split(separator: "\n").map { UInt64($0) } == values.map(\.bitPattern), "seed \(seed)")
        #expect(NumberText.plain(.nan) == nil)
        #expect(NumberText.plain(.infinity) == nil)
    }

    @Test func `of binary kind is rounded to decimals`() {
        #expect(NumberText.decimal(2.25, places: 1) == "2.3")
        #expect(NumberText.decimal(-2.25, places: 1) == "-2.3")
        #expect(NumberText.decimal(1234.5, places: 0) == "1,235")
        #expect(NumberText.decimal(-0.001, places: 2) == "0.00")
        #expect(NumberText.decimal(0.05, places: 2) == "0.05")
        #expect(NumberText.decimal(1e300, places: 2)?.count == 303)
        #expect(NumberText.decimal(.infinity, places: 2) == nil)
    }

    @Test func `of money takes the scale that people read best`() {
        func ladder(_ amounts: [Int]) -> [MoneyScale] {
            MoneyScale.ladder(for: amounts.map { Amount($0) }, exact: false)
        }
        #expect(ladder([]) == [.units])
        #expect(ladder([0, 0]) == [.units])
        #expect(ladder([999]) == [.units])
        #expect(MoneyScale.ladder(for: [Amount(millionths: 12_500_000)], exact: false) == [.cents])
        #expect(ladder([1_000]) == [.units, .thousands])
        #expect(ladder([-999_999]) == [.units, .thousands])
        #expect(ladder([1_000_000]) == [.millions])
        #expect(ladder([7_100_000, -100_000]) == [.millions])
        #expect(ladder([1_200_000, 35_000, 20_000]) == [.thousands, .millions])
        #expect(MoneyScale.ladder(for: [Amount(7_100_000)], exact: true) == [.exact])
    }

    @Test func `that is no money stays exact`() {
        let table = AnswerTable(
            name: "rates",
            columns: [
                AnswerColumn("currency", title: "Currency", kind: .text),
                AnswerColumn("rate", title: "Rate", kind: .amount),
                AnswerColumn("quota", title: "Quota", kind: .amount, unit: "USD"),
            ],
            rows: [.init([.text("EUR"), Samples.amount("1.0725"), Samples.amount("2500000")])])
        let answer = Answer(question: "q", headline: "", tables: [table], passport: Samples.passport)
        #expect(
            render(answer, as: .terminal).hasPrefix(
                """
                Currency    Rate  Quota, USD millions
                ─────────────────────────────────────
                EUR       1.0725                 2.50

                """))
    }

    @Test func `of a rate takes the decimals that its column needs`() {
        func cells(_ rates: [Double], _ unit: String?) -> [String] {
            let table = AnswerTable(
                name: "t", columns: [AnswerColumn("r", kind: .rate, unit: unit)],
                rows: rates.map { .init([.rate($0)]) })
            return table.columnText(0, scale: .units, symbols: .unicode).cells.map(\.text)
        }
        #expect(cells([0.834, 0], "%") == ["83 %", "0 %"])
        #expect(cells([0.834, 0.004], "%") == ["83.4 %", "0.4 %"])
        #expect(cells([2.1, 12], "x") == ["2.1 ×", "12.0 ×"])
        #expect(cells([2.1, 0.83], "x") == ["2.10 ×", "0.83 ×"])
        #expect(cells([1.5], nil) == ["1.50"])
        #expect(cells([.nan, -.infinity], "%") == ["–", "–"])
    }
}

@Suite struct `A sentence` {
    @Test func `draws amounts short`() {
        func drawn(_ text: String) -> String {
            Amount(text).map { render("\($0, "USD")" as Phrase) } ?? ""
        }
        #expect(drawn("7100000") == "7.10 M USD")
        #expect(drawn("-600000") == "-600,000 USD")
        #expect(drawn("-1600000") == "-1.60 M USD")
        #expect(drawn("999999.4") == "999,999 USD")
        #expect(drawn("999999.5") == "1.00 M USD")
        #expect(drawn("1234567890") == "1,234.57 M USD")
        #expect(drawn("999.4") == "999.40 USD")
        #expect(drawn("1000.4") == "1,000 USD")
        #expect(drawn("12") == "12 USD")
        #expect(drawn("12.5") == "12.50 USD")
        #expect(drawn("0") == "0 USD")
    }

    @Test func `draws amounts exact when asked`() {
        #expect(render("\(Amount(millionths: 7_100_000_120_000), "USD")", exact: true) == "7,100,000.12 USD")
    }

    @Test func `draws shares, counts and days`() {
        let day = Samples.day("2026-12-07")
        #expect(render("\(percent: 0.056) of \(12_345) on \(day)") == "6 % of 12,345 on 2026-12-07")
        #expect(render("\(percent: 0.004) and \(percent: 0)") == "0.4 % and 0 %")
        #expect(render("\(percent: .nan)") == "–")
        #expect(render("\(times: 2.1) and \(times: 0.504)") == "2.1 × and 0.50 ×")
        #expect(render("\(times: 12) and \(times: 0) and \(times: .nan)") == "12.0 × and 0.0 × and –")
    }

    @Test func `is never broken between a number and its unit`() {
        let phrase: Phrase = "The call of the company is \(Amount(7_100_000), "USD")"
        let answer = Answer(question: "q", headline: phrase, tables: [], passport: Samples.passport)
        let text = render(answer, as: .terminal, terminal: TerminalTraits(width: 35))
        #expect(text.hasPrefix("The call of the company is\n7.10 M USD\n"))
    }
}
