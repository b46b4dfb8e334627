import Model
import Render
import Testing

@Suite struct `A chart` {
    private static let parts: [AnswerChart.Part] = [
        .init("closed", title: "Closed"), .init("commit", title: "Commit"),
        .init("best_case", title: "Best case"),
    ]

    private func screen(_ chart: AnswerChart, _ width: Int = 60, unicode: Bool = true) -> [String] {
        let answer = Answer(
            question: "forecast", headline: "", tables: [], charts: [chart],
            passport: Passport(
                question: "forecast", metrics: [], asOf: nil, snapshotDay: nil, load: nil, filters: [],
                rowCount: 0, programVersion: "1"))
        let text = render(answer, as: .terminal, terminal: TerminalTraits(width: width, unicode: unicode))
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func bar(_ label: String, depth: Int = 0, _ amounts: [Int], target: Int? = nil) -> AnswerChart.Bar
    {
        .init(label, depth: depth, amounts: amounts.map { Amount($0) }, target: target.map { Amount($0) })
    }

    private func chart(_ bars: AnswerChart.Bar..., target: String? = "Budget") -> AnswerChart {
        AnswerChart(name: "reach", unit: "USD", parts: Self.parts, targetTitle: target, bars: bars)
    }

    @Test func `draws each bar by its share of its own target, the targets beneath each other`() {
        let lines = screen(
            chart(
                bar("Company", [40, 20, 20], target: 100),
                bar("East", depth: 1, [4, 2, 6], target: 10)), 60)
        // 51 cells for 1.2 targets: a target is 42.5 cells.
        let company = signs(("█", 17), ("▓", 9), ("░", 8), (" ", 8), ("│", 1))
        let east = signs(("█", 17), ("▓", 9), ("░", 16), ("│", 1), ("░", 8))
        #expect(lines[0] == "Company  " + company)
        #expect(lines[1] == "  East   " + east)
        #expect(lines[2] == "█ Closed  ▓ Commit  ░ Best case  │ Budget")
    }

    private func signs(_ runs: (sign: String, count: Int)...) -> String {
        runs.map { String(repeating: $0.sign, count: $0.count) }.joined()
    }

    @Test func `draws by amount where a bar has no target`() {
        let lines = screen(
            chart(
                bar("A", [100, 0, 0], target: 50), bar("B", [0, 50, 0]), target: nil), 23)
        #expect(lines[0] == "A  #########|##########".replacing("#", with: "█").replacing("|", with: "│"))
        #expect(lines[1] == "B  " + String(repeating: "▓", count: 10))
    }

    @Test func `ends a bar of more than two targets in an arrow`() {
        let lines = screen(chart(bar("A", [500, 0, 0], target: 100)), 23)
        #expect(lines[0] == "A  █████████│█████████›")
    }

    @Test func `has signs for a terminal without them`() {
        let lines = screen(chart(bar("A", [5, 5, 5], target: 20)), 23, unicode: false)
        #expect(lines[0] == "A  #####=====-----    |")
        #expect(lines[1] == "# Closed  = Commit  - ~")
    }

    @Test func `gives amounts below zero no length, and nothing at all no lines`() {
        #expect(screen(chart(bar("A", [-5, 10, 0], target: 10)), 23)[0] == "A  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓│")
        #expect(!screen(chart(bar("A", [0, 0, 0])))[0].hasPrefix("A"))
        #expect(!screen(chart(bar("A long name", [1, 0, 0])), 20)[0].hasPrefix("A"))
    }

    @Test func `stands in JSON with exact amounts and in Markdown as a picture`() {
        let answer = Answer(
            question: "forecast", headline: "", tables: [],
            charts: [
                chart(
                    .init(
                        "E`as\nt", amounts: [Amount(millionths: 1_500_000), .zero, .zero], target: Amount(3)))
            ],
            passport: Passport(
                question: "forecast", metrics: [], asOf: nil, snapshotDay: nil, load: nil, filters: [],
                rowCount: 0, programVersion: "1"))
        let json = render(answer, as: .json)
        #expect(
            json.contains(
                #"{"label": "E`as\nt", "depth": 0, "closed": "1.5", "commit": "0", "best_case": "0", "target": "3"}"#
            ))
        let md = render(answer, as: .md)
        #expect(md.hasPrefix("```\nE'as"))
        #expect(md.contains("│\n█ Closed  ▓ Commit  ░ Best case  │ Budget\n```"))
    }
}
