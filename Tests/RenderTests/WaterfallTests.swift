import Model
import Render
import Testing

/// A waterfall: bars that begin where the one before ends, above an axis that may be cut.
@Suite struct `A waterfall` {
    private func bar(_ label: String, base: Int, level: Int = 0, up: Int = 0, down: Int = 0)
        -> AnswerChart.Bar
    {
        .init(label, amounts: [level, up, down].map { Amount($0) }, base: Amount(base))
    }

    private func chart(_ bars: AnswerChart.Bar...) -> AnswerChart {
        AnswerChart(
            name: "waterfall", unit: "USD",
            parts: [
                .init("level", title: "Commit"), .init("up", title: "adds"), .init("down", title: "takes"),
            ],
            bars: bars)
    }

    private func lines(_ chart: AnswerChart, _ width: Int = 43, as format: Format = .terminal) -> [String] {
        let answer = Answer(
            question: "changes", headline: "", tables: [], charts: [chart],
            passport: Passport(
                question: "changes", metrics: [], asOf: nil, snapshotDay: nil, load: nil, filters: [],
                rowCount: 0, programVersion: "1"))
        return render(answer, as: format, terminal: TerminalTraits(width: width, unicode: true))
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `steps from the start down and up to the end`() {
        let found = lines(
            chart(
                bar("A", base: 0, level: 40), bar("b", base: 10, down: 30), bar("c", base: 10, up: 20),
                bar("B", base: 0, level: 30)))
        #expect(found[0] == "A  " + signs("█", 40))
        #expect(found[1] == "b  " + signs(" ", 10) + signs("░", 30))
        #expect(found[2] == "c  " + signs(" ", 10) + signs("▓", 20))
        #expect(found[3] == "B  " + signs("█", 30))
        #expect(found[4] == "█ Commit  ▓ adds  ░ takes")
    }

    private func signs(_ sign: String, _ count: Int) -> String { String(repeating: sign, count: count) }

    @Test func `cuts its axis at a round amount where the steps would be too small to see`() {
        let whole = chart(
            bar("A", base: 0, level: 1_000_000), bar("b", base: 940_000, down: 60_000),
            bar("B", base: 0, level: 940_000))
        #expect(whole.origin == Amount(920_000))
        // 80,000 in 40 cells: the step takes 30, and 10 are left.
        let found = lines(whole)
        #expect(found[1] == "b  " + signs(" ", 10) + signs("░", 30))
        #expect(found[2] == "B  " + signs("█", 10))
        #expect(found[3] == "█ Commit  ▓ adds  ░ takes  axis from 920,0…")
        #expect(lines(whole, 80)[3].hasSuffix("  axis from 920,000 USD"))
    }

    @Test func `gives the smallest step a cell of its own`() {
        let found = lines(
            chart(
                bar("A", base: 0, level: 4000), bar("b", base: 3999, down: 1),
                bar("c", base: 1000, down: 2999), bar("B", base: 0, level: 1000)))
        #expect(found[1] == "b  " + signs(" ", 39) + "░")
    }

    @Test func `begins below zero where amounts do`() {
        let below = chart(
            bar("A", base: 0, level: 10), bar("b", base: -10, down: 20), bar("B", base: 0, level: -10))
        #expect(below.origin == Amount(-10))
        #expect(lines(below)[1] == "b  " + signs("░", 40))
    }

    @Test func `has its bases in JSON, and other charts have none`() {
        let found = lines(chart(bar("A", base: 0, level: 4), bar("b", base: 3, down: 1)), as: .json)
        #expect(found.contains { $0.contains(#""down": "1", "target": null, "base": "3"}"#) })
        let plain = AnswerChart(
            name: "reach", unit: "USD", parts: [.init("closed", title: "Closed")],
            bars: [.init("A", amounts: [Amount(1)])])
        #expect(plain.origin == nil && !lines(plain, as: .json).contains { $0.contains("base") })
    }
}
