import Foundation
import Model
import TestSupport
import Testing

/// A row with a fault is set aside with its place and reason; its record keeps the last good state, and the rest
/// of the file is loaded.
@Suite("Rows that are set aside")
struct RejectTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        /// Lines of deals after the good `d2`, which stands on line 2.
        let rows: [UInt8]
        /// Where and why, in the order of the file.
        let rejects: [Expected]
        var testDescription: String { name }

        init(_ name: String, _ rows: String, _ rejects: Expected...) {
            self.init(name, bytes: Array(rows.utf8), rejects)
        }

        init(_ name: String, bytes: [UInt8], _ rejects: [Expected]) {
            self.name = name
            rows = bytes
            self.rejects = rejects
        }
    }

    struct Expected: Sendable, Equatable {
        var line: Int
        var code: String
        var column: String?
        var value: String?
    }

    static let cases = [
        Case(
            "an amount of 1e999", "d1,First,a1,p1,New,commit,1e999,USD,2026-06-30\n",
            Expected(line: 3, code: "BW156", column: "amount", value: "1e999")),
        Case(
            "an amount in words", "d1,First,a1,p1,New,commit,much,USD,2026-06-30\n",
            Expected(line: 3, code: "BW155", column: "amount", value: "much")),
        Case(
            "a day that the calendar has not", "d1,First,a1,p1,New,commit,1,USD,2023-02-30\n",
            Expected(line: 3, code: "BW157", column: "close_date", value: "2023-02-30")),
        Case("too few cells", "d1,First,a1,p1,New\n", Expected(line: 3, code: "BW150")),
        Case(
            "too many cells", "d1,First,a1,p1,New,commit,1,USD,2026-06-30,more,and more\n",
            Expected(line: 3, code: "BW150")),
        Case(
            "one key, two contents",
            "d1,First,a1,p1,New,commit,1,USD,2026-06-30\nd1,First,a1,p1,New,commit,2,USD,2026-06-30\n",
            Expected(line: 3, code: "BW152"), Expected(line: 4, code: "BW152")),
        Case(
            "a NUL byte", "d1,Fi\u{0}rst,a1,p1,New,commit,1,USD,2026-06-30\n",
            Expected(line: 3, code: "BW153")),
        Case(
            "Latin-1 in a file that is UTF-8",
            bytes: Array("d1,Caf".utf8) + [0xE9] + Array(",a1,p1,New,commit,1,USD,2026-06-30\n".utf8),
            [Expected(line: 3, code: "BW154")]),
        Case(
            "a record of several lines",
            "d3,\"two\nlines\",a1,p1,New,commit,5,USD,2026-06-30\nd1,x,a1,p1,New,commit,?,,\n",
            Expected(line: 5, code: "BW155", column: "amount", value: "?")),
    ]

    @Test(arguments: cases)
    func `are on record, and their records stay as they were`(bad: Case) throws {
        let bench = try Self.bench.get()
        let number = try #require(Self.cases.firstIndex { $0.name == bad.name })
        let day = "2026-05-\(10 + number)"
        let good = Acme.deals("d2,Second,a1,p2,New,commit,250,USD,2026-06-30")
        try bench.folder.write("\(day)/opportunity.csv", bytes: Array(good.utf8) + bad.rows)
        let load = try bench.answer("load", "generic", day)
        let loadNumber = try #require(load.passport("load") as? Int)
        #expect(load.warnings["rejects"]?.contains("bellwether rejects") == true)
        let found = try bench.answer("rejects", "--load", String(loadNumber)).rows()
        #expect(
            found.map {
                Expected(
                    line: $0.integer("line") ?? 0, code: $0.text("code") ?? "", column: nil, value: nil)
            }
                == bad.rejects.map { Expected(line: $0.line, code: $0.code) })
        for (row, expected) in zip(found, bad.rejects) {
            #expect(row.text("file") == "opportunity.csv" && row.text("entity") == "opportunity")
            #expect(row.text("reason")?.isEmpty == false)
            if expected.column != nil { #expect(row.text("column") == expected.column) }
            if expected.value != nil { #expect(row.text("value") == expected.value) }
        }
        // d1 keeps its 100 of the day before; d2, a row of the same file, is taken.
        let lines = try bench.answer("forecast", "--period", "FY2026Q2", "--by", "person", "--as-of", day)
            .rows()
        let first = try #require(lines.first { $0.text("node") == "Ann" }).amount("commit")
        #expect(first == (bad.name == "a record of several lines" ? Amount(105) : Amount(100)))
        #expect(try #require(lines.first { $0.text("node") == "Bob" }).text("commit") == "250")
    }

    @Test func `equal rows of one key are one record and no reject`() throws {
        let bench = try Bench()
        let line = "d1,First,a1,p1,New,commit,100,USD,2026-06-30"
        for (entity, text) in Acme.reference { try bench.folder.write("2026-05-04/\(entity).csv", text) }
        // The third says the same in other words.
        try bench.folder.write(
            "2026-05-04/opportunity.csv",
            Acme.deals(line, line, "d1,\"First\",a1,p1,New,commit,100.00,USD,2026-06-30"))
        let load = try bench.answer("load", "generic", "2026-05-04")
        let row = try #require(load.rows("load").first { $0.text("entity") == "opportunity" })
        #expect(row.integer("read") == 3 && row.integer("new") == 1 && row.integer("rejected") == 0)
        #expect(try bench.answer("forecast", "--period", "FY2026Q2").rows()[0].text("commit") == "100")
    }

    @Test func `too many of them hold the load until somebody accepts them`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let before = try bench.visibleState()
        let faulty = (1...11).map { "x\($0),Bad,a1,p1,New,commit,much,USD,2026-06-30" }
        let deals = Acme.deals + faulty.joined(separator: "\n") + "\n"
        let held = try bench.load("2026-05-05", ["opportunity": deals])
        #expect(held.status == 3 && held.errors.contains("BW301"), "\(held)")
        #expect(try bench.visibleState() == before)
        // What was set aside is on record although nothing was published.
        let rejects = try bench.answer("rejects")
        #expect(rejects.rows().count == 11 && rejects.headline.contains("published nothing"))
        let taken = try bench.run("load", "generic", "2026-05-05", "--accept", "rejects")
        #expect(taken.status == 0, "\(taken)")
    }

    @Test func `a full export with a row whose key cannot be read closes nothing`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let nameless = Acme.deals(
            "d2,Second,a1,p2,New,commit,200,USD,2026-06-30", ",Nameless,a1,p2,New,commit,200,USD,2026-06-30")
        try bench.mustLoad("2026-05-05", ["opportunity": nameless])
        #expect(try bench.value("select count(*) as value from bellwether.opportunity") == "2")
        let reject = try bench.answer("rejects").rows()[0]
        #expect(reject.text("column") == "id" && reject.integer("line") == 3)
    }

    @Test(arguments: ["--load", "--attempt"])
    func `of a load that is not there are not none`(option: String) throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        #expect(try bench.run("rejects", option, "1").status == 0)
        let outcome = try bench.run("rejects", option, "99")
        #expect(outcome.status == 64 && outcome.errors.contains("BW509 there is no"), "\(outcome)")
    }

    private static let bench = Result {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        return bench
    }
}
