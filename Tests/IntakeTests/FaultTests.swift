import Model
import Testing

@testable import Intake

@Suite("Bad files are refused")
struct BadFileTests {
    /// How a refusal is told: code, place, message and hint.
    private func told(_ bytes: [UInt8], _ mapping: String = dealMapping()) throws -> String {
        let folder = try TemporaryFolder(["deals.csv": bytes])
        var sink = Collector()
        guard let error = failure({ try read(mapping, in: folder, into: &sink) }) else { return "no error" }
        #expect(error.place?.file == folder.file("deals.csv"))
        let place = [error.place?.line.map { "line \($0)" }, error.place?.column].compactMap(\.self)
        return ([error.code.rawValue] + place + [error.message]).joined(separator: " | ")
            + (error.hint.map { " [\($0)]" } ?? "")
    }

    private func told(_ text: String, _ mapping: String = dealMapping()) throws -> String {
        try told(Array(text.utf8), mapping)
    }

    @Test func `when they are empty`() throws {
        let expected =
            "BW102 | the file is empty: it has not even a header [a day without rows still needs the header; "
            + "check whether the export broke off]"
        for text in ["", "\u{FEFF}", "\n\r\n\n", "  \n", " \t"] { #expect(try told(text) == expected) }
    }

    @Test func `but not when they have a header only`() throws {
        let folder = try TemporaryFolder(["deals.csv": Array("id,name,amount,close_date".utf8)])
        var sink = Collector()
        #expect(try read(dealMapping(), in: folder, into: &sink).rowsRead == 0)
    }

    @Test func `when they are workbooks or archives`() throws {
        #expect(
            try told([0x50, 0x4B, 3, 4, 20, 0])
                == "BW103 | the file is an Excel workbook or a ZIP archive, not text [export it as CSV, or unpack "
                + "it first]")
        #expect(
            try told([0xD0, 0xCF, 0x11, 0xE0, 0xA1])
                == "BW103 | the file is an old Excel workbook, not text [export it as CSV, or unpack it first]"
        )
        #expect(
            try told([0x1F, 0x8B, 8, 0])
                == "BW103 | the file is compressed with gzip, not text [unpack it first]")
    }

    @Test func `when a mapped column is missing`() throws {
        #expect(
            try told("id,name,amounts,close_date\n")
                == "BW105 | line 1 | amount | the header has no column amount [did you mean amounts?]")
        #expect(
            try told("id,name,x,y\n")
                == "BW105 | line 1 | amount | the header has no column amount [the file has: id, name, x, y]")
        #expect(
            try told("\nid;name;amount;close_date\n")
                == "BW105 | line 2 | id | the header has no column id [the columns seem to be divided by another "
                + "delimiter: set `delimiter: \";\"`]")
        #expect(
            try told("id\n", dealMapping("id: id, name: {column: [Name, Label]}"))
                == "BW105 | line 1 | Name | the header has no column Name or Label [the file has: id]")
    }

    @Test func `when a mapped column stands twice`() throws {
        #expect(
            try told("id,name,amount,close_date, name\n")
                == "BW106 | line 1 | name | the header has the column name more than once: as column 2 and 5 "
                + "[rename or remove one of them in the export]")
        let folder = try TemporaryFolder(["deals.csv": Array("id,x,x,\n1,2,3,\n".utf8)])
        var sink = Collector()
        let report = try read(dealMapping("id: id"), in: folder, into: &sink)
        #expect(report.duplicateColumns == ["x"])
        #expect(sink.records.count == 1)
    }

    @Test func `when a quote never closes`() throws {
        #expect(
            try told("id,name,amount,close_date\n1,a,1,\n2,\"x\ny\",2,\n3,\"z\n4,b,4,\n5,c,5,\n")
                == "BW107 | line 5 | a quote is opened and never closed [close it, or set `quote: none` in the "
                + "mapping's format if quotes mean nothing in this file]")
    }

    @Test func `when the header is not in the declared encoding`() throws {
        #expect(
            try told([0x69, 0x64, 0x2C, 0xFC, 0x0A])
                == "BW104 | line 1 | the header is not UTF-8 [set `encoding` in the mapping's format: utf-8, "
                + "utf-16le, utf-16be, latin-1, windows-1252]")
    }

    @Test func `when they are not there`() throws {
        let folder = try TemporaryFolder(["a.txt": [1]])
        let mapping = try Mapping.parse(text: dealMapping(), file: "m", schemas: [deal])
        let none = failure { _ = try mapping.resolve(in: folder.path) }
        #expect(none?.code == .noFiles)
        #expect(none?.hint == "it reads *.csv")
        let missing = failure { _ = try mapping.resolve(in: folder.path + "/none") }
        #expect(missing?.code == .fileUnreadable)
    }
}

@Suite("Bad rows are set aside")
struct BadRowTests {
    private func rejects(_ bytes: [UInt8], _ mapping: String = dealMapping()) throws -> [Reject] {
        let folder = try TemporaryFolder(["deals.csv": bytes])
        var sink = Collector()
        let report = try read(mapping, in: folder, into: &sink)
        #expect(report.rowsRejected == sink.rejects.count)
        return sink.rejects
    }

    /// How a reject is told: line, code, key, column, value and reason.
    private func told(_ text: String, _ mapping: String = dealMapping()) throws -> [String] {
        try rejects(Array(("id,name,amount,close_date\n" + text).utf8), mapping).map { reject in
            #expect(reject.entity == "deal" && reject.file == "deals.csv")
            return [
                "\(reject.line)", reject.code.rawValue, reject.id ?? "-", reject.column ?? "-",
                reject.value ?? "-", reject.reason,
            ].joined(separator: " | ")
        }
    }

    @Test func `when they have too few or too many cells`() throws {
        #expect(
            try told("1,a,1\n2,a,1,2026-01-01,\n3,\"a\" b,1,2026-01-01\n4,a,1,2026-01-01\n") == [
                "2 | BW150 | - | - | - | the row has 3 cells where the header has 4",
                "3 | BW150 | - | - | - | the row has 5 cells where the header has 4",
                "4 | BW150 | - | - | - | text stands between a closing quote and the delimiter",
            ])
        // The same when not every column is mapped, and the row need be cut to be hashed.
        #expect(
            try told("1,a,1\n", dealMapping("id: id, amount: amount")) == [
                "2 | BW150 | - | - | - | the row has 3 cells where the header has 4"
            ])
    }

    @Test func `when they have no id`() throws {
        #expect(
            try told(",a,1,2026-01-01\n") == ["2 | BW151 | - | id |  | id has no value and is the row's key"])
    }

    @Test func `but not when they have no value at all`() throws {
        let folder = try TemporaryFolder(["deals.csv": Array("id,name\n1,a\n,\n , \n,\n".utf8)])
        var sink = Collector()
        let report = try read(dealMapping("id: id, name: name"), in: folder, into: &sink)
        #expect(sink.rejects.isEmpty)
        #expect(report.rowsBlank == 3)
    }

    @Test func `when a number is none or out of range`() throws {
        #expect(
            try told("1,a,\"1,000\",\n2,a,1e999,\n3,a,NaN,\n4,a,1000000000000000,\n5,a,0.1234567,\n") == [
                "2 | BW155 | 1 | amount | 1,000 | amount is not a number of the form 1250.5; state another with "
                    + "`numbers`",
                "3 | BW156 | 2 | amount | 1e999 | amount is out of range: a number must be below 10^15 in size "
                    + "with at most six decimals",
                "4 | BW155 | 3 | amount | NaN | amount is not a number of the form 1250.5; state another with "
                    + "`numbers`",
                "5 | BW156 | 4 | amount | 1000000000000000 | amount is out of range: a number must be below 10^15 "
                    + "in size with at most six decimals",
                "6 | BW156 | 5 | amount | 0.1234567 | amount is out of range: a number must be below 10^15 in "
                    + "size with at most six decimals",
            ])
    }

    @Test func `but not when an amount is negative`() throws {
        #expect(try told("1,a,-5000,2026-01-01\n").isEmpty)
    }

    @Test func `when a date is none`() throws {
        #expect(
            try told("1,a,1,2023-02-30\n2,a,1,31.12.2026\n") == [
                "2 | BW157 | 1 | close_date | 2023-02-30 | close_date is no day of the calendar (read as "
                    + "yyyy-MM-dd)",
                "3 | BW157 | 2 | close_date | 31.12.2026 | close_date is not a date of the form yyyy-MM-dd",
            ])
    }

    @Test func `with all their faults`() throws {
        let found = try rejects(
            Array("id,amount,close_date\n7,x,y\n".utf8),
            dealMapping("id: id, amount: amount, close_date: close_date"))
        #expect(found.map(\.id) == ["7"])
        #expect(found.first?.faults.map(\.code) == [.valueNotANumber, .valueNotADate])
        #expect(
            found.first?.reason == "amount is not a number of the form 1250.5; state another with `numbers`; "
                + "close_date is not a date of the form yyyy-MM-dd")
    }

    @Test func `when they have NUL bytes`() throws {
        let found = try rejects(Array("id,name,amount,close_date\n1,a\0b,1,\n2\0,a,1,\n".utf8))
        #expect(found.map(\.code) == [.rowNulByte, .rowNulByte])
        #expect(found.map(\.id) == ["1", nil])
    }

    @Test func `when a required value is missing or of an unknown kind`() throws {
        let mapping = dealMapping("id: id, name: {column: name, required: true}, is_won: amount")
        #expect(
            try told("1,,1,\n2,a,maybe,\n", mapping) == [
                "2 | BW159 | 1 | name |  | name has no value and must have one",
                "3 | BW158 | 2 | amount | maybe | amount is none of true, t, yes, y, 1, false, f, no, n, 0",
            ])
    }

    @Test func `when a text is too long, and the value shown is cut`() throws {
        let found = try rejects(
            Array(("id,name,amount,close_date\n1," + String(repeating: "ü", count: 1 << 20) + ",1,\n").utf8))
        #expect(found.map(\.code) == [.valueTooLong])
        #expect(found.first?.value == String(repeating: "ü", count: 200))
    }
}
