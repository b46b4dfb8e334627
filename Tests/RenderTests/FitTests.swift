import Model
import Testing

@testable import Render

@Suite struct `A terminal table` {
    @Test(arguments: [20, 30, 60, 80, 120, 200])
    func `never takes more cells than the terminal has, nor ends a line in a blank`(width: Int) {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        for round in 0..<150 {
            let answer = generator.answer()
            let traits = TerminalTraits(width: width, color: false, unicode: Bool.random(using: &generator))
            let text = render(answer, as: .terminal, terminal: traits, exact: round % 4 == 0)
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                let shown = String(line)
                #expect(shown.displayWidth <= width, "seed \(seed), round \(round): \(shown)")
                #expect(!shown.hasSuffix(" "), "seed \(seed), round \(round): \(shown)")
                let isHarmless = shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
                #expect(
                    isHarmless,
                    "seed \(seed), round \(round): \(shown)")
            }
        }
    }

    @Test func `with colour is the same text once the colour is taken out`() {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        for round in 0..<150 {
            let answer = generator.answer()
            let plain = render(answer, as: .terminal, terminal: TerminalTraits(width: 80))
            let colored = render(answer, as: .terminal, terminal: TerminalTraits(width: 80, color: true))
            #expect(colored.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain, "seed \(seed), round \(round)")
            #expect(colored != plain)
        }
    }

    @Test func `without Unicode adds nothing beyond ASCII`() {
        let text = render(
            Samples.forecast, as: .terminal, terminal: TerminalTraits(width: 60, unicode: false))
        #expect(text.utf8.count == text.unicodeScalars.count)
    }

    @Test func `crosses out a number that has no room instead of cutting it`() {
        let table = AnswerTable(
            name: "t", columns: [AnswerColumn("n", title: "N", kind: .amount)],
            rows: [.init([.amount(Amount(millionths: 123_456_789_012_345_678_901_234_567))])])
        let text = render(answer(table), as: .terminal, terminal: TerminalTraits(width: 20))
        #expect(text.contains("\n####################\n"))
        #expect(!text.contains("123"))
    }

    @Test func `tells how many columns found no room, and which`() {
        let text = render(Samples.forecast, as: .terminal, terminal: TerminalTraits(width: 40))
        #expect(text.contains("6 columns more in --format csv:\n"))
        let named = text.replacing("\n", with: " ")
        #expect(named.contains("Pipeline, Call, Budget, Gap, Attainment, Coverage to go"))
    }

    @Test func `shortens money before it cuts words, and words before it drops a column`() {
        let table = AnswerTable(
            name: "t",
            columns: [
                AnswerColumn("deal", title: "Deal", kind: .text),
                AnswerColumn("a", title: "A", kind: .amount, unit: "USD"),
                AnswerColumn("b", title: "B", kind: .amount, unit: "USD"),
            ],
            rows: [
                .init([.text("Brightwater Instruments"), Samples.amount("420000"), Samples.amount("999999")])
            ])
        func lines(_ width: Int) -> [String] {
            render(answer(table), as: .terminal, terminal: TerminalTraits(width: width))
                .split(separator: "\n").map(String.init)
        }
        #expect(lines(41).contains("Brightwater Instruments  420,000  999,999"))
        #expect(lines(40).contains("Brightwater Instruments  420  1,000"))
        #expect(lines(40).contains("USD thousands"))
        #expect(lines(30).contains("Brightwater Instr…  420  1,000"))
        #expect(lines(23).contains("Brightwater Instr…  420"))
        #expect(lines(23).joined(separator: " ").contains("1 column more in --format csv: B"))
    }

    @Test func `gives up words before figures`() {
        let columns = ["Deal", "Account", "Owner", "Team", "Stage", "Category"].map {
            AnswerColumn($0.lowercased(), title: $0, kind: .text)
        }
        let table = AnswerTable(
            name: "deals",
            columns: columns + [
                AnswerColumn("close_date", title: "Close date", kind: .day),
                AnswerColumn("amount", title: "Amount", kind: .amount, unit: "USD"),
            ],
            rows: [
                .init(
                    [
                        "Brightwater renewal", "Brightwater Instruments", "Jonas Keller", "EMEA",
                        "Negotiation", "Commit",
                    ]
                    .map { .text($0) } + [.day(Samples.day("2027-01-15")), .amount(Amount(420_000))])
            ])
        #expect(
            render(answer(table), as: .terminal, terminal: TerminalTraits(width: 64)) == """
                                                                         Amount,
                Deal          Account     Owner        Team  Close date      USD
                ────────────────────────────────────────────────────────────────
                Brightwater…  Brightwat…  Jonas Kell…  EMEA  2027-01-15  420,000
                2 columns more in --format csv: Stage, Category

                as of 2026-12-07 · load 119 · 1,234 rows · forecast/1

                """)
    }

    @Test func `keeps a total from programs unless its level tells it apart`() {
        func table(_ name: String) -> AnswerTable {
            AnswerTable(
                name: "t", columns: [AnswerColumn(name, kind: .text), AnswerColumn("n", kind: .integer)],
                rows: [.init([.text("a"), .integer(1)]), .init([.text("b"), .integer(1)], style: .total)])
        }
        #expect(render(answer(table("deal")), as: .csv) == "deal,n\r\na,1\r\n")
        #expect(render(answer(table("level")), as: .csv) == "level,n\r\na,1\r\nb,1\r\n")
        #expect(!render(answer(table("deal")), as: .json).contains("\"b\""))
        #expect(render(answer(table("level")), as: .json).contains("\"b\""))
        #expect(render(answer(table("deal")), as: .md).contains("**b**"))
        #expect(render(answer(table("deal")), as: .terminal).contains("\nb"))
    }

    @Test func `folds only the headings that must be folded`() {
        let columns =
            [AnswerColumn("node", title: "Node", kind: .text)]
            + ["Closed + commit", "Best case", "Past due"].map {
                AnswerColumn($0, title: $0, kind: .amount, unit: "USD")
            }
        let table = AnswerTable(
            name: "t", columns: columns,
            rows: [.init([.text("East")] + (0..<3).map { _ in .amount(Amount(1_500_000)) })])
        #expect(
            render(answer(table), as: .terminal, terminal: TerminalTraits(width: 36)).hasPrefix(
                """
                USD millions
                      Closed +
                Node    commit  Best case  Past due
                ───────────────────────────────────
                East      1.50       1.50      1.50

                """))
    }

    @Test func `shows its notes alone when it has no rows`() {
        let table = AnswerTable(
            name: "t", title: "Deals", columns: [AnswerColumn("deal", title: "Deal", kind: .text)], rows: [],
            notes: ["No deal of EMEA is in commit on \(Samples.day("2026-12-07"))."])
        #expect(
            render(answer(table), as: .terminal) == """
                Deals
                No deal of EMEA is in commit on 2026-12-07.

                as of 2026-12-07 · load 119 · 1,234 rows · forecast/1

                """)
        #expect(!render(answer(table), as: .md).contains("|"))
        #expect(render(answer(table), as: .csv) == "deal\r\n")
    }

    @Test func `shows absent values for a row that is too short`() {
        let table = AnswerTable(
            name: "t", columns: [AnswerColumn("a", kind: .text), AnswerColumn("b", kind: .integer)],
            rows: [.init([.text("x")])])
        #expect(render(answer(table), as: .terminal).contains("x  –\n"))
        #expect(render(answer(table), as: .csv) == "a,b\r\nx,\r\n")
        #expect(render(answer(table), as: .json).contains(#"{"a": "x", "b": null}"#))
    }

    private func answer(_ table: AnswerTable) -> Answer {
        Answer(question: "q", headline: "", tables: [table], passport: Samples.passport)
    }
}
