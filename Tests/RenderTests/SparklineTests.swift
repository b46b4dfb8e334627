import Model
import Testing

@testable import Render

@Suite("Small curves")
struct SparklineTests {
    private func drawn(_ values: [Double?], _ symbols: Symbols = .unicode) -> String {
        sparkline(values, symbols: symbols)
    }

    @Test func `go from the lowest to the highest`() {
        #expect(drawn([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
        #expect(drawn([-7, 0, 7]) == "▁▅█")
        #expect(drawn([3, 1, 2], .ascii) == "#_-")
    }

    @Test func `mark where nothing is known, and are absent of fewer than two`() {
        #expect(drawn([1, nil, 2]) == "▁·█" && drawn([nil, 2, 1], .ascii) == "?#_")
        #expect(drawn([]) == "–" && drawn([nil, nil]) == "–" && drawn([5, nil]) == "–")
        #expect(drawn([.nan, 1, 2, .infinity]) == "·▁█·")
    }

    @Test func `are level where all are alike, and hold for the largest numbers`() {
        #expect(drawn([4, 4, 4]) == "▄▄▄")
        let most = Double.greatestFiniteMagnitude
        #expect(drawn([-most, most]) == "▁█")
        #expect(drawn([0, .leastNonzeroMagnitude]).count == 2)
    }

    @Test func `a measure brings its own unit`() {
        let table = AnswerTable(
            name: "t", columns: [AnswerColumn("a", kind: .measure), AnswerColumn("b", kind: .trend)],
            rows: [
                .init([.measure(Measure(.amount(Amount(2_500_000)), unit: "USD")), .trend([1, 2])]),
                .init([.measure(Measure(.rate(0.834), unit: "%")), .trend([nil])]),
                .init([.measure(Measure(.rate(2.06), unit: "x")), .trend([2, 1])]),
                .init([.measure(Measure(.count(1_234))), .null]),
            ])
        let answer = Answer(question: "q", headline: "h", tables: [table], passport: Samples.passport)
        let lines = render(answer, as: .md).split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
        #expect(
            lines.map(String.init) == [
                "| 2.50 M USD | ▁█ |", "| 83 % | – |", "| 2.1 × | █▁ |", "| 1,234 | – |",
            ])
        let json = render(answer, as: .json)
        #expect(json.contains(#"{"a": {"number": "2500000", "unit": "USD"}, "b": [1.0, 2.0]}"#), "\(json)")
    }
}
