import Model
import Testing

@testable import Intake

/// Reads one value; its canonical text, `null`, or the code of its fault.
func value(_ text: String, _ type: ValueRule.TypeRule) -> String {
    var reader = ValueReader()
    var output: [UInt8] = []
    let reading = Array(text.utf8).withUnsafeBufferPointer {
        reader.read($0, by: ValueRule(type: type), to: &output)
    }
    switch reading {
    case .null: return "null"
    case .value: return String(decoding: output, as: UTF8.self)
    case .fault(let fault): return fault.code.rawValue
    }
}

@Suite("Numbers")
struct NumberTests {
    struct Case: Decodable {
        let text: String
        let result: String
    }

    @Test func `are read exactly, as Python's decimal module reads them`() throws {
        for test in try fixture("numbers.json", as: [Case].self) where !test.text.isEmpty {
            let expected =
                ["not a number": "BW155", "out of range": "BW156"][test.result] ?? test.result
            #expect(value(test.text, .amount(.plain)) == expected, "\(test.text)")
        }
    }

    @Test func `have the form that Amount gives them`() throws {
        var random = Seeded(3)
        for _ in 0..<2000 {
            let size =
                Int64.random(in: 0..<1_000_000_000_000_000, using: &random)
                >> Int64.random(in: 0..<40, using: &random)
            let amount = Amount(millionths: Int128(Bool.random(using: &random) ? size : -size))
            #expect(value("\(amount)", .amount(.plain)) == "\(amount)")
            #expect(value(" 00\(amount.magnitude)e0 ", .amount(.plain)) == "\(amount.magnitude)")
        }
    }

    private let german = NumberStyle(decimal: 44, grouping: [46], strip: ["€", "EUR"].map { Array($0.utf8) })
    private let american = NumberStyle(decimal: 46, grouping: [44], strip: ["$", "%"].map { Array($0.utf8) })

    @Test(arguments: [
        ("$22,700.00", "22700"), ("(1,200.00)", "-1200"), ("($1,200.50)", "-1200.5"), ("-$5", "-5"),
        ("$-5", "-5"), ("$ -5", "-5"), ("1,234,567.89", "1234567.89"), ("12%", "12"), (" $1 ", "1"),
        ("1,5", "BW155"), ("12,34,567", "BW155"), ("1234,567", "BW155"), ("1,234.", "1234"),
        ("1,2345", "BW155"), (",123", "BW155"), ("1,123e2", "BW155"), ("$", "BW155"), ("()", "BW155"),
        ("(5", "BW155"), ("(-5)", "BW155"), ("- -5", "BW155"), ("€5", "BW155"), ("1.234,5", "BW155"),
        ("\u{A0}7\u{A0}", "7"),
    ])
    func `follow a declared style`(text: String, expected: String) {
        #expect(value(text, .amount(american)) == expected)
    }

    @Test(arguments: [
        ("€ 3.500,00", "3500"), ("3.500,05 €", "3500.05"), ("-3.500,05 EUR", "-3500.05"), ("3,5", "3.5"),
        ("3.5", "BW155"), ("1.000.000", "1000000"),
    ])
    func `follow a continental style`(text: String, expected: String) {
        #expect(value(text, .amount(german)) == expected)
    }

    @Test func `grouping may be a character of several bytes`() {
        let style = NumberStyle(decimal: 44, grouping: Array("\u{202F}".utf8))
        #expect(value("1\u{202F}234,5", .amount(style)) == "1234.5")
    }

    @Test(arguments: [
        ("5000", "5000"), ("5000.0", "5000"), ("-3", "-3"), ("2147483647", "2147483647"),
        ("2147483648", "BW156"), ("-2147483648", "-2147483648"), ("1.5", "BW156"), ("x", "BW155"),
        ("", "null"),
    ])
    func `of 32 bits are whole`(text: String, expected: String) {
        #expect(value(text, .integer(.plain, add: 0)) == expected)
    }

    @Test func `of 32 bits can be moved`() {
        #expect(value("0", .integer(.plain, add: 1)) == "1")
        #expect(value("2147483647", .integer(.plain, add: 1)) == "BW156")
    }
}

@Suite("Dates")
struct DateTests {
    private func patterns(_ texts: String...) throws -> [DatePattern] {
        try texts.map { try DatePattern($0) }
    }

    @Test(arguments: [
        ("yyyy-MM-dd", "2026-03-31", "2026-03-31"), ("yyyy-MM-dd", "2018-12-19 19:51:13", "2018-12-19"),
        ("yyyy-MM-dd", "2018-12-19T19:51:13.000+0000", "2018-12-19"),
        ("yyyy-MM-dd", "2018-12-19T23:30:00-08:00", "2018-12-19"), ("yyyy-MM-dd", "2026-3-31", "BW157"),
        ("yyyy-MM-dd", "2023-02-30", "BW157"), ("yyyy-MM-dd", "2023-13-01", "BW157"),
        ("yyyy-MM-dd", "0000-01-01", "BW157"), ("yyyy-MM-dd", "2024-02-29", "2024-02-29"),
        ("yyyy-MM-dd", "2023-02-29", "BW157"), ("yyyy-MM-dd", "2026-03-31x", "BW157"),
        ("yyyy-MM-dd", "2026-03-31 25:00", "BW157"), ("yyyy-MM-dd", "2026-03-31 09:5", "BW157"),
        ("yyyy-MM-dd", "26-03-31", "BW157"), ("yyyy-MM-dd", " 2026-03-31 ", "2026-03-31"),
        ("yyyy-MM-dd", "2020-07-09 4:25:37.051", "2020-07-09"),
        ("M/d/yyyy", "3/7/2026", "2026-03-07"), ("M/d/yyyy", "12/31/2026 9:26 AM", "2026-12-31"),
        ("M/d/yyyy", "31/12/2026", "BW157"), ("M/d/yyyy", "3/7/26", "BW157"),
        ("dd/MM/yyyy", "31/12/2026", "2026-12-31"), ("dd/MM/yyyy", "1/2/2026", "BW157"),
        ("d.M.yyyy", "1.2.2026", "2026-02-01"), ("yyyyMMdd", "20260331", "2026-03-31"),
        ("yyyyMMdd", "20260332", "BW157"), ("d-MMM-yyyy", "7-mar-2026", "2026-03-07"),
        ("MMM d, yyyy", "Mar 7, 2026", "2026-03-07"), ("epoch_millis", "1774915200000", "2026-03-31"),
        ("epoch_millis", "-1", "1969-12-31"), ("epoch_millis", "0", "1970-01-01"),
        ("epoch_seconds", "1774915199", "2026-03-30"), ("epoch_millis", "999999999999999", "BW157"),
        ("epoch_millis", "12.5", "BW157"), ("yyyy-MM-dd", "", "null"),
    ])
    func `are read by their pattern`(pattern: String, text: String, expected: String) throws {
        #expect(value(text, .date(try patterns(pattern))) == expected)
    }

    @Test func `of one form among several are read by the first that fits`() throws {
        let both = ValueRule.TypeRule.date(try patterns("yyyy-MM-dd", "M/d/yyyy"))
        #expect(value("3/7/2026", both) == "2026-03-07")
        #expect(value("2026-03-07", both) == "2026-03-07")
    }

    @Test func `are the calendar's days and no other`() throws {
        let rule = ValueRule.TypeRule.date([.iso])
        for number in stride(from: Int32(-719_162), through: 2_932_896, by: 97) {
            let day = "\(Day(number: number))"
            #expect(value(day, rule) == day)
        }
        for year in [1900, 2000, 2023, 2024] {
            for month in 0...13 {
                for dayOfMonth in 0...32 {
                    let text = "\(year)-\(two(month))-\(two(dayOfMonth))"
                    #expect(value(text, rule) == Day(text).map { "\($0)" } ?? "BW157")
                }
            }
        }
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    @Test(arguments: [
        ("2018-12-19 19:51:13", "2018-12-19T19:51:13Z"),
        ("2018-12-19T19:51:13.120+02:00", "2018-12-19T19:51:13.12+02:00"),
        ("2018-12-19", "2018-12-19T00:00:00Z"), ("2018-12-19 12:05 AM", "2018-12-19T00:05:00Z"),
        ("2018-12-19 12:05pm", "2018-12-19T12:05:00Z"),
        ("2018-12-19 1:05 PM -0530", "2018-12-19T13:05:00-05:30"),
        ("2018-12-19 13:05 PM", "BW157"), ("2018-12-19 19:51:13 UTC", "2018-12-19T19:51:13Z"),
        ("2018-12-19T19:51:13.1234567Z", "2018-12-19T19:51:13.123456Z"),
        ("1774970125250", "2026-03-31T15:15:25.25Z"),
    ])
    func `with times are instants`(text: String, expected: String) throws {
        #expect(value(text, .timestamp(try patterns("yyyy-MM-dd", "epoch_millis"))) == expected)
    }

    @Test(arguments: [
        "yy-MM-dd", "yyyy-MM", "yyyy-MM-dd HH:mm", "dMyyyy", "yyyy-MM-MM-dd", "", "yyyyy-MM-dd",
    ])
    func `cannot have a pattern that leaves something open`(text: String) {
        #expect(throws: DatePattern.PatternFault.self) { try DatePattern(text) }
    }
}

@Suite("Other values")
struct OtherValueTests {
    @Test func `booleans are the declared words in either case`() {
        let rule = ValueRule.TypeRule.boolean(true: [Array("yes".utf8), [49]], false: [Array("no".utf8)])
        #expect(["YES", "1", " no ", "No"].map { value($0, rule) } == ["t", "t", "f", "f"])
        #expect(["0", "true", "y"].map { value($0, rule) } == ["BW158", "BW158", "BW158"])
    }

    @Test(arguments: [
        // Ids that Salesforce itself wrote in their long form.
        "0015500000Xyy06AAB", "0015500000Ygpq1AAB", "001q000000wW9BeAAK", "0051G00000600MlQAI",
        "0051G000005Mx8dQAC", "00555000003F3Q6AAK", "006q000000HddohAAB", "006q000000HdPzpAAF",
        "01t1G000002Uf3MQAS", "01t1G000000bOtkQAE", "a1L1G000002t4LAUAY", "a951G000000TQsMQAW",
    ])
    func `a Salesforce id of 15 characters becomes the one of 18`(long: String) {
        #expect(value(String(long.prefix(15)), .salesforceID) == long)
        #expect(value(long, .salesforceID) == long)
    }

    @Test func `what is no Salesforce id stays as it is`() {
        for text in ["Proposal/Price Q", "fifteen letters", "00155", "9CcfAt8qtZvCTwFvwOFLcg=="] {
            #expect(value(text, .salesforceID) == text)
        }
    }

    @Test func `text keeps its blanks and has a limit`() {
        #expect(value(" a ", .text) == " a ")
        #expect(value(String(repeating: "x", count: 1 << 20), .text).utf8.count == 1 << 20)
        #expect(value(String(repeating: "x", count: 1 << 20 + 1), .text) == "BW160")
    }

    @Test func `JSON text is escaped`() {
        var output: [UInt8] = []
        appendJSON("a\"\\\n\u{1}ü\u{7F}".utf8, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == #""a\"\\\u000a\u0001ü"# + "\u{7F}\"")
    }
}
