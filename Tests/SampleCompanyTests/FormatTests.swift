import Foundation
import Model
import SampleCompany
import Testing

/// The form of the exports, and that the same options give the same bytes.
@Suite struct FormatTests {
    private static let small = options {
        $0.deals = 400
        $0.nights = 4
    }

    @Test func `the default exports are well formed and move as a company does`() throws {
        try withExport(options()) { folder in
            let figures = try Oracle.figures("format.py", folder, Oracle.tables)
            func number(_ name: String) -> Double { Double(figures[name] ?? "") ?? .nan }
            #expect(figures["deals"] == "2800")
            #expect(number("bytes") < 112_000_000)
            #expect((0.25...0.30).contains(number("won")))
            #expect((0.01...0.03).contains(number("changed")))
            #expect((1...60).contains(number("weekend")))
            #expect((3...30).contains(number("past_due")))
            #expect((1...30).contains(number("undated")))
            #expect((5...60).contains(number("without_amount")))
            #expect(figures["first_close"]?.hasPrefix("2024-01") == true)
        }
    }

    @Test func `a plain company is well formed`() throws {
        try withExport(
            options {
                $0.isPlain = true
                $0.nights = 9
            }
        ) { folder in
            let lines = try Oracle.run("format.py", folder, Oracle.tables)
            #expect(lines.first == "ok")
        }
    }

    @Test func `the same options give the same bytes, on every machine`() throws {
        let first = try withExport(Self.small) { try Oracle.run("digest.py", $0) }
        let second = try withExport(Self.small) { try Oracle.run("digest.py", $0) }
        #expect(first == second)
        // Changes whenever the company does: then take the new digest from the failure.
        #expect(first == ["7af9fb8850fe8f317eaa9ccebe6f5185f549b9fc9c745fd4af8d5d1c1b1c1350"])
        var other = Self.small
        other.seed = 2
        let third = try withExport(other) { try Oracle.run("digest.py", $0) }
        #expect(third != first)
    }

    @Test func `a night does not depend on which nights are written beside it`() throws {
        func digest(_ change: (inout SampleOptions) -> Void) throws -> [String] {
            var options = Self.small
            change(&options)
            return try withExport(options) { try Oracle.run("digest.py", "\($0)/2026-12-01") }
        }
        // Not the first night, which tells of all that happened before it.
        let one = try digest { $0.nights = 8 }
        // Enough to be written in more than one batch.
        let many = try digest { $0.nights = 75 }
        #expect(many == one)
        let later = try digest {
            $0.until = Frame.present + 32
            $0.nights = 60
        }
        #expect(later == one)
    }

    @Test func `after the present the deals live on`() throws {
        try withExport(
            options {
                $0.until = Frame.present + 32
                $0.nights = 34
                $0.deals = 900
            }
        ) { folder in
            let lines = try Oracle.run("format.py", folder, Oracle.tables)
            #expect(lines.first == "ok")
            #expect(FileManager.default.fileExists(atPath: folder + "/2027-01-08/opportunity.csv"))
        }
    }

    @Test func `walking the deals gives those of the night's file`() throws {
        let company = try Company(Self.small)
        var ids: [String] = []
        company.forEachDeal(on: Frame.present) { ids.append($0.id) }
        try withExport(Self.small) { folder in
            let text = try String(contentsOfFile: folder + "/2026-12-07/opportunity.csv", encoding: .utf8)
            let lines = text.split(separator: "\n").dropFirst()
            #expect(lines.map { String($0.prefix { $0 != "," }) } == ids)
        }
    }
}
