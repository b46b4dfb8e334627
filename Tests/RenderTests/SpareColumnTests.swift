import Model
import Testing

@testable import Render

@Suite struct `A spare column` {
    private static func table(_ amount: Int = 250_000) -> AnswerTable {
        AnswerTable(
            name: "t",
            columns: [
                AnswerColumn("node", title: "Node", kind: .text),
                AnswerColumn("closed", title: "Closed", kind: .amount, unit: "USD"),
                AnswerColumn("commit", title: "Commit", kind: .amount, unit: "USD"),
                AnswerColumn(
                    "next", title: "Next period", kind: .amount, unit: "USD", isDetail: true, isSpare: true),
                AnswerColumn("other", title: "Other", kind: .integer, isDetail: true),
            ],
            rows: [
                .init([
                    .text("East of everything"), .amount(Amount(100_000)), .amount(Amount(200_000)),
                    .amount(Amount(amount)), .integer(7),
                ])
            ])
    }

    private func screen(_ table: AnswerTable, width: Int) -> String {
        render(
            Answer(question: "q", headline: "H", tables: [table], passport: Samples.passport), as: .terminal,
            terminal: TerminalTraits(width: width))
    }

    @Test func `is seen where there is room, and no other detail is`() {
        let wide = screen(Self.table(), width: 80)
        #expect(wide.contains("Next period") && wide.contains("250,000") && !wide.contains("Other"))
    }

    /// 18 cells of names, 2 × 9 of amounts, 9 for its own; in thousands it would fit into less.
    @Test func `makes nothing else give way, and is not missed`() {
        #expect(screen(Self.table(), width: 45).contains("period"))
        let narrow = screen(Self.table(), width: 44)
        #expect(
            !narrow.contains("250") && narrow.contains("East of everything") && !narrow.contains("more in"))
        // An amount that would turn all others into millions.
        #expect(!screen(Self.table(250_000_000), width: 80).contains("Next"))
    }

    @Test func `is a detail everywhere else`() {
        let answer = Answer(
            question: "q", headline: "H", tables: [Self.table()], passport: Samples.passport)
        #expect(!render(answer, as: .md).contains("Next period"))
        #expect(render(answer, as: .csv).contains("next"))
    }
}
