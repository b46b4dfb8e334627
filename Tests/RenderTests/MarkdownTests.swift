import Model
import Render
import Testing

@Suite struct `Markdown` {
    @Test func `is a bold headline, tables, warnings and a footer`() {
        #expect(
            render(Samples.forecast, as: .md) == """
                **The call is 7.10 M USD, 0.10 M USD under budget; deals support 6.40 M USD (90 % of it)**

                ### FY2026Q4 · USD millions

                | Team | Closed | Commit | Best case | Pipeline | Call | Budget | Gap | Attainment | Coverage to go |
                | :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                | East | 1.65 | 0.70 | 0.45 | 0.60 | 2.55 | 2.40 | -0.15 | 69 % | 2.3 × |
                | &emsp;Dana Ortiz | 0.40 | 0 | 0.15 | – | – | – | – | – | – |
                | West | 1.50 | 0.60 | 0.55 | 0.80 | – | 2.40 | 0.30 | 63 % | 2.2 × |
                | EMEA | 0.95 | 1.00 | 0.60 | 0.80 | 2.45 | 2.40 | -0.05 | 40 % | 1.7 × |
                | **Company** | **4.10** | **2.30** | **1.60** | **2.20** | **7.10** | **7.20** | **0.10** | **57 %** | **2.0 ×** |

                - West called nothing; its deals are counted.

                - Warning: EMEA's call of 2026-11-16 rests on 2.55 M USD of deals; they say 1.95 M USD now

                _as of 2026-12-07 · load 119 · 1,234 rows · forecast/1_

                """)
    }

    @Test func `keeps text from ending a cell or becoming markup`() {
        let table = AnswerTable(
            name: "t", columns: [AnswerColumn("a", kind: .text), AnswerColumn("b", kind: .text)],
            rows: [
                .init([.text("a|b\\"), .text("|\u{301} <b>x</b> & [l](u)")]),
                .init([.text("two\nlines"), .text("*_`~$#")]),
            ])
        let answer = Answer(question: "q", headline: "*x*", tables: [table], passport: Samples.passport)
        let text = render(answer, as: .md)
        #expect(text.hasPrefix("**\\*x\\***\n"))
        #expect(text.contains("| a\\|b\\\\ | \\|\u{301} \\<b\\>x\\</b\\> \\& \\[l\\](u) |\n"))
        #expect(text.contains("| two lines | \\*\\_\\`\\~\\$\\# |\n"))
    }

    @Test func `has as many cells in each row as columns, whatever the text`() {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        for round in 0..<150 {
            let answer = generator.answer()
            let lines = render(answer, as: .md).split(separator: "\n").filter { $0.hasPrefix("|") }
            let counts = lines.map { line in
                // Cell borders are the bars that no backslash stands before.
                line.unicodeScalars.reduce(into: (bars: 0, isEscaped: false)) { state, scalar in
                    if scalar == "|", !state.isEscaped { state.bars += 1 }
                    state.isEscaped = scalar == "\\" && !state.isEscaped
                }.bars
            }
            let expected = answer.tables.flatMap { table in
                let shown = table.columns.count { !$0.isDetail }
                return [Int](
                    repeating: shown + 1, count: table.rows.isEmpty || shown == 0 ? 0 : table.rows.count + 2)
            }
            #expect(counts == expected, "seed \(seed), round \(round)")
        }
    }
}
