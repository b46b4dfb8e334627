import Foundation
import Model
import Render
import Testing

/// A page of HTML, read by Python's own parser.
@Suite("A page of HTML", .enabled(if: Python.isAvailable))
struct HTMLTests {
    /// What a page holds.
    private struct Page: Decodable {
        struct Picture: Decodable {
            let bars: Int
            let texts: [String]
            let lengths: [Int]
        }

        let faults: [String]
        let tables: [[[String]]]
        let classes: [[[String]]]
        let texts: [String: [String]]
        let pictures: [Picture]
    }

    private func page(_ text: String) throws -> Page {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Oracles/html_page.py")
        let read = try Python.run(String(contentsOf: script, encoding: .utf8), input: text)
        return try JSONDecoder().decode(Page.self, from: Data(read.utf8))
    }

    @Test func `is a headline, tables, warnings and a footer`() throws {
        let page = try page(render(Samples.forecast, as: .html))
        #expect(page.faults == [])
        #expect(
            page.texts["h1"]?.map(plain) == [
                "The call is 7.10 M USD, 0.10 M USD under budget; deals support 6.40 M USD (90 % of it)"
            ])
        #expect(page.texts["h2"]?.map(plain) == ["FY2026Q4 · USD millions"])
        #expect(
            page.texts["li"]?.map(plain) == [
                "EMEA's call of 2026-11-16 rests on 2.55 M USD of deals; they say 1.95 M USD now"
            ])
        #expect(page.texts["footer"] == ["as of 2026-12-07 · load 119 · 1,234 rows · forecast/1"])
        #expect(page.texts["p"] == ["West called nothing; its deals are counted."])
        let table = try #require(page.tables.first)
        #expect(
            table[0] == [
                "Team", "Closed", "Commit", "Best case", "Pipeline", "Call", "Budget", "Gap", "Attainment",
                "Coverage to go",
            ])
        #expect(
            table[1] == ["East", "1.65", "0.70", "0.45", "0.60", "2.55", "2.40", "-0.15", "69 %", "2.3 ×"])
        #expect(table[2] == ["Dana Ortiz", "0.40", "0", "0.15", "–", "–", "–", "–", "–", "–"])
        // Numbers to the right, those below zero marked, what hangs below set in.
        #expect(page.classes[0][0].dropFirst().allSatisfy { $0 == "number" } && page.classes[0][0][0].isEmpty)
        #expect(page.classes[0][1][7] == "number negative" && page.classes[0][2][0] == "in1")
    }

    @Test func `is exact when told to be`() throws {
        let table = try page(render(Samples.forecast, as: .html, exact: true)).tables[0]
        #expect(table[2][1] == "400,000.25" && table[1][1] == "1,650,000")
    }

    @Test func `keeps text from becoming markup, wherever it stands`() throws {
        let evil = "</td></style><script>alert('1')</script>&amp;\"x' onload=\"y"
        let table = AnswerTable(
            name: "t", title: Phrase(stringLiteral: evil),
            columns: [AnswerColumn("a", title: evil, kind: .text)], rows: [.init([.text(evil)])],
            notes: [Phrase(stringLiteral: evil)])
        let chart = AnswerChart(
            name: "c", unit: evil, parts: [.init("p", title: evil)], targetTitle: evil,
            bars: [.init(evil, amounts: [Amount(5)], target: Amount(4))])
        let answer = Answer(
            question: evil, headline: Phrase(stringLiteral: evil), tables: [table], charts: [chart],
            warnings: [AnswerWarning("w", Phrase(stringLiteral: evil))],
            passport: Passport(
                question: evil, metrics: [evil], asOf: nil, snapshotDay: nil, load: nil,
                filters: [.init("deal", evil)], rowCount: 1, programVersion: "1"))
        let page = try page(render(answer, as: .html))
        #expect(page.faults == [])
        #expect(
            page.texts["h1"] == [evil] && page.texts["li"] == [evil] && page.tables == [[[evil], [evil]]])
        #expect(page.texts["title"]?.first == evil && page.texts["p"] == [evil])
        #expect(page.pictures.count == 1 && page.pictures[0].bars == 1)
    }

    @Test func `is sound and has a cell for each value, whatever the text`() throws {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        for round in 0..<25 {
            let answer = generator.answer()
            let page = try page(render(answer, as: .html))
            #expect(page.faults == [], "seed \(seed), round \(round)")
            let expected = answer.tables.compactMap { table -> [Int]? in
                let shown = table.columns.count { !$0.isDetail }
                return table.rows.isEmpty || shown == 0
                    ? nil : Array(repeating: shown, count: table.rows.count + 1)
            }
            #expect(page.tables.map { $0.map(\.count) } == expected, "seed \(seed), round \(round)")
        }
    }

    // MARK: - Charts

    private func chart(_ bars: [AnswerChart.Bar]) -> Answer {
        Answer(
            question: "q", headline: "", tables: [],
            charts: [
                AnswerChart(
                    name: "reach", unit: "USD",
                    parts: [.init("closed", title: "Closed"), .init("commit", title: "Commit")],
                    targetTitle: "Budget", bars: bars)
            ], passport: Samples.passport)
    }

    @Test func `draws bars by amount, each part as long as it is large`() throws {
        let page = try page(
            render(
                chart([
                    .init("Company", amounts: [Amount(300), Amount(100)], target: Amount(430)),
                    .init("East", depth: 1, amounts: [Amount(-5), Amount(43)], target: nil),
                ]), as: .html))
        #expect(page.faults == [] && page.pictures.count == 1)
        // 430 units of room for the longest, the target of 430; less than nothing has no length.
        #expect(page.pictures[0].lengths == [300, 100, 43])
        #expect(page.pictures[0].texts == ["Company", "400", "East", "43"])
        #expect(page.texts["figcaption"]?.first.map(plain)?.contains("Budget") == true)
    }

    @Test func `draws no picture of nothing`() throws {
        let empty = try page(render(chart([.init("Company", amounts: [.zero, .zero])]), as: .html))
        #expect(empty.faults == [] && empty.pictures.isEmpty)
        #expect(try page(render(chart([]), as: .html)).pictures.isEmpty)
    }

    @Test func `is named html`() {
        #expect(Format(named: "HTML") == .html)
    }

    /// Words as people read them: the blank at which no line breaks is one.
    private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }
}
