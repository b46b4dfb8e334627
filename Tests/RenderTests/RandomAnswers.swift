import Foundation
import Model

/// Numbers from a seed (SplitMix64), so that a failure can be repeated:
/// `BELLWETHER_TEST_SEED=… swift test`.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A seed of the environment, or a fresh one.
    static var freshSeed: UInt64 {
        ProcessInfo.processInfo.environment["BELLWETHER_TEST_SEED"].flatMap { UInt64($0) }
            ?? .random(in: 0...UInt64.max)
    }

    mutating func amount() -> Amount {
        let digits = Int.random(in: 0...20, using: &self)
        var size: Int128 = 0
        for _ in 0..<digits { size = size * 10 + Int128(Int.random(in: 0...9, using: &self)) }
        return Amount(millionths: Bool.random(using: &self) ? size : -size)
    }

    mutating func text() -> String {
        let pieces = [
            "a", "Kestrel", " ", "東京", "é", "e\u{301}", "🚀", "👨‍👩‍👧", "🇩🇪", ",", "\"", "\"\u{301}", "\n", "\r\n",
            "\t", "=", "-", "|", "\u{1B}[31m", "\u{202E}", "\u{2028}", "\\", "<b>", "_*`", "\u{0}", "ﾊ", "한국",
        ]
        return (0..<Int.random(in: 0...12, using: &self)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &self)]
        }.joined()
    }

    mutating func value(_ kind: AnswerColumn.Kind) -> AnswerValue {
        if Int.random(in: 0..<6, using: &self) == 0 { return .null }
        switch kind {
        case .text: return .text(text())
        case .integer: return .integer(Int.random(in: -2_000_000...2_000_000, using: &self))
        case .amount: return .amount(amount())
        case .rate: return .rate(Double.random(in: -3...3, using: &self))
        case .day: return .day(Day(number: Int32.random(in: 0...40_000, using: &self)))
        case .boolean: return .boolean(Bool.random(using: &self))
        case .measure: return .measure(measure())
        case .trend:
            return .trend(
                (0..<Int.random(in: 0...7, using: &self)).map { _ in
                    Bool.random(using: &self) ? Double.random(in: -3...3, using: &self) : nil
                })
        }
    }

    private mutating func measure() -> Measure {
        switch Int.random(in: 0..<3, using: &self) {
        case 0: Measure(.amount(amount()), unit: "USD")
        case 1: Measure(.count(Int.random(in: -2_000...2_000, using: &self)))
        default:
            Measure(
                .rate(Double.random(in: -3...3, using: &self)),
                unit: ["%", "x", "days"].randomElement(using: &self))
        }
    }

    mutating func table() -> AnswerTable {
        let kinds: [AnswerColumn.Kind] = [
            .text, .integer, .amount, .rate, .day, .boolean, .measure, .trend,
        ]
        let units: [AnswerColumn.Kind: [String?]] = [
            .amount: ["USD", "EUR", nil, "points"], .rate: ["%", "x", nil], .integer: ["deals", nil],
        ]
        let columns = (0..<Int.random(in: 1...14, using: &self)).map { index in
            let kind = kinds[Int.random(in: 0..<kinds.count, using: &self)]
            let choices = units[kind] ?? [nil]
            return AnswerColumn(
                "c\(index)", title: text() + "\(index)", kind: kind,
                unit: choices[Int.random(in: 0..<choices.count, using: &self)],
                isDetail: Int.random(in: 0..<8, using: &self) == 0)
        }
        let styles: [AnswerTable.RowStyle] = [.plain, .total, .indented(1), .indented(4)]
        let rows = (0..<Int.random(in: 0...8, using: &self)).map { _ in
            AnswerTable.Row(
                columns.map { value($0.kind) }, style: styles[Int.random(in: 0..<4, using: &self)])
        }
        return AnswerTable(
            name: "t", title: Bool.random(using: &self) ? Phrase(stringLiteral: text()) : nil,
            columns: columns,
            rows: rows, notes: ["\(text()) \(amount(), "USD")"],
            totalRows: Bool.random(using: &self) ? 1_000 : nil)
    }

    mutating func answer() -> Answer {
        Answer(
            question: "q", headline: "\(text()) is \(amount(), "USD") or \(percent: 0.5)",
            tables: (0..<Int.random(in: 1...2, using: &self)).map { _ in table() },
            warnings: [AnswerWarning("w", "\(text()) and \(text())")], passport: Samples.passport)
    }
}
