import Foundation
import Model
import TestSupport
import Testing

/// An export that nobody should believe: refused or held as a whole, with the file and the line, and nothing of
/// its folder loaded.
@Suite("Bad input that is refused")
struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: @Sendable () -> [UInt8]
        /// The status and the words that standard error must have.
        let status: Int32
        let says: [String]
        var testDescription: String { name }

        init(_ name: String, _ status: Int32, _ says: [String], _ bytes: @escaping @Sendable () -> [UInt8]) {
            self.name = name
            self.bytes = bytes
            self.status = status
            self.says = says
        }

        static func text(_ name: String, _ status: Int32, _ says: [String], _ text: String) -> Case {
            Case(name, status, says) { Array(text.utf8) }
        }
    }

    static let cases = [
        Case.text("an empty file", 2, ["BW102", "opportunity.csv"], ""),
        Case.text(
            "a header and no row", 3, ["BW302", "opportunity.csv", "--accept empty"], Acme.dealHeader + "\n"),
        Case.text(
            "no column for the key", 2, ["BW105", "opportunity.csv:1", "id"],
            "number,name,amount\nd1,First,1\n"),
        Case.text(
            "a column twice", 2, ["BW106", "opportunity.csv:1", "amount"],
            "id,amount,name,amount\nd1,1,First,2\n"),
        Case.text(
            "a quote that nobody closes", 2, ["BW107", "opportunity.csv:3"],
            Acme.deals(
                "d1,First,a1,p1,New,commit,1,USD,2026-06-30", "d2,\"Second,a1,p2,New,commit,2,USD,2026-06-30")
        ),
        Case("UTF-16 that nobody declared", 2, ["opportunity.csv", "UTF-16"]) {
            utf16LittleEndian(Acme.deals)
        },
        Case("a spreadsheet under a false name", 2, ["BW103", "opportunity.csv", "Excel"]) {
            // What every .xlsx begins with: a ZIP archive's first entry.
            [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00, 0x08, 0x00, 0x00, 0x00]
                + Array("[Content_Types].xml".utf8) + [UInt8](repeating: 0xA7, count: 400)
        },
        Case("a line of 40 MB", 2, ["BW108", "opportunity.csv:2", "16777216"]) {
            Array((Acme.dealHeader + "\nd1,").utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 40_000_000)
        },
        Case("a quoted field of 40 MB", 2, ["BW108", "opportunity.csv:2", "16777216"]) {
            Array((Acme.dealHeader + "\nd1,\"").utf8)
                + [UInt8](repeating: UInt8(ascii: "\n"), count: 40_000_000) + Array("\",a1,p1,,,,,\n".utf8)
        },
    ]

    @Test(arguments: cases)
    func `says where and changes nothing`(bad: Case) throws {
        let bench = try Self.bench.get()
        let before = try bench.visibleState()
        let attemptsBefore = try attempts(bench)
        // A good file beside the bad one, which must not be loaded either.
        let day = "bad \(Self.cases.firstIndex { $0.name == bad.name } ?? 0)"
        try bench.folder.write("\(day)/account.csv", "id,name\na1,Other name\na2,New account\n")
        try bench.folder.write("\(day)/opportunity.csv", bytes: bad.bytes())
        let outcome = try bench.run("load", "generic", day, "--date", "2026-05-05")
        #expect(outcome.status == bad.status, "\(outcome)")
        for words in bad.says { #expect(outcome.errors.contains(words), "\(words)\n\(outcome)") }
        #expect(outcome.output.isEmpty, "\(outcome)")
        #expect(try bench.visibleState() == before)
        let attempts = try attempts(bench)
        #expect(Set(attempts).subtracting(attemptsBefore).contains { $0?.hasSuffix(code(outcome)) == true })
    }

    /// A byte order mark says what the encoding is, whoever forgot to say so in the mapping.
    @Test func `UTF-16 with its mark is read`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let deals = Acme.deals("d1,Café “Ü”,a1,p1,New,commit,100,USD,2026-06-30")
        let exports = [
            "2026-05-05": [0xFF, 0xFE] + Self.utf16LittleEndian(deals),
            "2026-05-06": [0xFE, 0xFF] + Self.utf16LittleEndian(deals, swapped: true),
        ]
        for (day, bytes) in exports {
            try bench.folder.write("\(day)/opportunity.csv", bytes: bytes)
            let outcome = try bench.run("load", "generic", day)
            #expect(outcome.status == 0, "\(outcome)")
            let names = try bench.answer("deals", "--period", "FY2026Q2", "--as-of", day).rows().map {
                $0.text("deal")
            }
            #expect(names == ["Café “Ü”"], "\(day)")
        }
    }

    @Test func `an entity without its file is a gap, not an end`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let load = try bench.folder.write("2026-05-05/account.csv", "id,name\na1,Globex\n")
        #expect(!load.isEmpty)
        let answer = try bench.answer("load", "generic", "2026-05-05")
        #expect(answer.warnings["absent_files"]?.contains("opportunity") == true)
        #expect(try bench.value("select count(*) as value from bellwether.opportunity") == "2")
    }

    @Test func `a folder without any file that the mapping names is refused`() throws {
        let bench = try Bench()
        try bench.folder.write("2026-05-05/readme.txt", "nothing\n")
        let outcome = try bench.run("load", "generic", "2026-05-05")
        #expect(outcome.status == 2 && outcome.errors.contains("BW109"), "\(outcome)")
        let missing = try bench.run("load", "generic", "2026-05-06")
        #expect(missing.status == 2 && missing.errors.contains("2026-05-06"), "\(missing)")
    }

    private func code(_ outcome: Command.Outcome) -> String {
        outcome.errors.split(separator: " ").first { $0.hasPrefix("BW") }.map(String.init) ?? "no code"
    }

    private static func utf16LittleEndian(_ text: String, swapped: Bool = false) -> [UInt8] {
        text.utf16.flatMap { unit -> [UInt8] in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return swapped ? bytes.reversed() : bytes
        }
    }

    /// Number and error code of each attempt.
    private func attempts(_ bench: Bench) throws -> [String?] {
        try bench.values(
            "select number || ' ' || coalesce(error_code, '') as value from bellwether_store.attempt")
    }

    private static let bench = Result {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        return bench
    }
}
