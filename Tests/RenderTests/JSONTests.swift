import Foundation
import Model
import Testing

@testable import Render

@Suite struct `JSON` {
    @Test func `keeps to the schema, key by key`() {
        var answer = Samples.deals
        answer.tables[0].rows = Array(answer.tables[0].rows.prefix(3))
        answer.warnings = [AnswerWarning("w", "Look at \(Amount(1_500_000), "USD")")]
        answer.passport = Passport(
            question: "deals", metrics: ["commit/1", "open/1"], asOf: nil,
            snapshotDay: Samples.day("2026-12-04"),
            load: nil, filters: [.init("team", "EMEA")], rowCount: 3,
            exclusions: [
                .init(reason: "omitted", count: 2, amount: Amount(millionths: 10_500_000)),
                .init(reason: "rate_missing", count: 1, amount: nil),
            ],
            sql: ["select \"a\"\nfrom b"], programVersion: "0.1.0")
        #expect(
            render(answer, as: .json) == #"""
                {
                  "schema": "bellwether.answer/1",
                  "question": "deals",
                  "headline": "4 deals of 1,234 EUR",
                  "tables": [
                    {
                      "name": "deals",
                      "columns": [
                        {"name": "deal", "type": "text", "unit": null},
                        {"name": "owner", "type": "text", "unit": null},
                        {"name": "amount", "type": "amount", "unit": "EUR"},
                        {"name": "close_date", "type": "day", "unit": null},
                        {"name": "pushes", "type": "integer", "unit": null},
                        {"name": "past_due", "type": "boolean", "unit": null}
                      ],
                      "rows": [
                        {"deal": "東京電力 renewal", "owner": "José", "amount": "420000.55", "close_date": "2026-12-31", "pushes": 3, "past_due": false},
                        {"deal": "=SUM(A1), \"quoted\"", "owner": "-Ana | Bo", "amount": "-18000", "close_date": "2027-01-15", "pushes": -1, "past_due": true},
                        {"deal": "Tab\there\r\nand\u001b[31m red", "owner": "🚀 é", "amount": "0", "close_date": null, "pushes": 0, "past_due": null}
                      ],
                      "total_rows": 1234
                    }
                  ],
                  "charts": [],
                  "warnings": [
                    {"code": "w", "text": "Look at 1.50 M USD"}
                  ],
                  "passport": {
                    "question": "deals",
                    "metrics": [
                      "commit/1",
                      "open/1"
                    ],
                    "as_of": null,
                    "snapshot_day": "2026-12-04",
                    "load": null,
                    "filters": [
                      {"name": "team", "value": "EMEA"}
                    ],
                    "row_count": 3,
                    "exclusions": [
                      {"reason": "omitted", "count": 2, "amount": "10.5"},
                      {"reason": "rate_missing", "count": 1, "amount": null}
                    ],
                    "sql": [
                      "select \"a\"\nfrom b"
                    ],
                    "program_version": "0.1.0"
                  }
                }

                """#)
    }

    /// The oracle: Python's json module. It lists each value's type and content, one a line, text
    /// as code points.
    @Test(.enabled(if: Python.isAvailable, "python3 is needed as the oracle"))
    func `gives every value and its type back to an independent reader`() throws {
        let seed = SeededGenerator.freshSeed
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let answer = generator.answer()
            let read = try Python.run(
                """
                import json, struct, sys
                def unique(pairs):
                    assert len({key for key, _ in pairs}) == len(pairs), pairs
                    return dict(pairs)
                def refuse(name): raise ValueError(name)
                def shown(value):
                    if isinstance(value, dict): return shown(value["number"]) + " of " + str(value["unit"])
                    if isinstance(value, list): return ";".join(shown(part) for part in value)
                    if isinstance(value, str): return " ".join(str(ord(sign)) for sign in value)
                    if isinstance(value, float): return str(struct.unpack(">Q", struct.pack(">d", value))[0])
                    return str(value)
                answer = json.load(sys.stdin, object_pairs_hook=unique, parse_constant=refuse)
                assert list(answer) == ["schema", "question", "headline", "tables", "charts", "warnings", "passport"]
                for table in answer["tables"]:
                    for row in table["rows"]:
                        assert list(row) == [column["name"] for column in table["columns"]]
                        for value in row.values(): print(shown(value))
                """, input: render(answer, as: .json))
            let expected = answer.tables.flatMap { table in
                table.rows.filter { $0.style != .total }.flatMap(\.values).map { value in
                    switch value {
                    case .null: "None"
                    case .text(let text): codePoints(text)
                    case .integer(let number): "\(number)"
                    case .amount(let amount): codePoints(amount.description)
                    case .rate(let rate): "\(rate.bitPattern)"
                    case .day(let day): codePoints(day.description)
                    case .boolean(let isTrue): isTrue ? "True" : "False"
                    case .measure(let measure): shown(measure)
                    case .trend(let values):
                        values.map { $0.map { "\($0.bitPattern)" } ?? "None" }.joined(separator: ";")
                    }
                }
            }
            let lines = read.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(lines.map(String.init) == expected, "seed \(seed)")
        }
    }

    private func shown(_ measure: Measure) -> String {
        let number =
            switch measure.number {
            case .amount(let amount): codePoints(amount.description)
            case .count(let count): "\(count)"
            case .rate(let rate): "\(rate.bitPattern)"
            }
        return "\(number) of \(measure.unit ?? "None")"
    }

    @Test func `escapes what would break a line or a script`() {
        let table = AnswerTable(
            name: "t", columns: [AnswerColumn("a", kind: .text)],
            rows: [.init([.text("\u{0}\u{8}\u{1F}\u{7F}\u{9B}\u{2028}\u{2029}\\/é")])])
        let answer = Answer(question: "q", headline: "", tables: [table], passport: Samples.passport)
        #expect(
            render(answer, as: .json).contains(
                #"{"a": "\u0000\u0008\u001f\u007f\u009b\u2028\u2029\\/é"}"#))
    }

    @Test func `has no number for a rate that is none`() {
        let table = AnswerTable(
            name: "t", columns: [AnswerColumn("r", kind: .rate)],
            rows: [.init([.rate(.nan)]), .init([.rate(.infinity)]), .init([.rate(2)])])
        let answer = Answer(question: "q", headline: "", tables: [table], passport: Samples.passport)
        let text = render(answer, as: .json)
        #expect(text.contains("{\"r\": null},\n        {\"r\": null},\n        {\"r\": 2.0}\n"))
    }

    private func codePoints(_ text: String) -> String {
        text.unicodeScalars.map { "\($0.value)" }.joined(separator: " ")
    }
}
