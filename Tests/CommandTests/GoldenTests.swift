import Foundation
import TestSupport
import Testing

/// The screens that people see, to the letter. After a wanted change write them anew and read the difference:
/// `BELLWETHER_WRITE_GOLDENS=1 swift test --filter GoldenTests`.
@Suite("Screens")
struct GoldenTests {
    static let screens: [(name: String, arguments: [String])] = [
        ("forecast", ["forecast", "--period", "FY2026Q2"]),
        ("forecast-person", ["forecast", "--period", "FY2026Q2", "--by", "person", "--exact"]),
        ("forecast-next", ["forecast", "--period", "next", "--by", "company"]),
        ("forecast-west", ["forecast", "--team", "West", "--as-of", "2026-05-04", "--by", "person"]),
        ("forecast-ann", ["forecast", "--person", "Ann Ash"]),
        ("forecast-md", ["forecast", "--period", "FY2026Q2", "--format", "md"]),
        ("forecast-json", ["forecast", "--period", "FY2026Q2", "--by", "company", "--format", "json"]),
        ("deals", ["deals", "--period", "FY2026Q2"]),
        ("deals-commit", ["deals", "--period", "FY2026Q2", "--category", "commit"]),
        ("deals-csv", ["deals", "--line", "past-due", "--format", "csv"]),
        ("deals-none", ["deals", "--team", "East", "--category", "omitted"]),
        ("plan", ["plan", "--period", "FY2026Q2"]),
        ("plan-person", ["plan", "--period", "FY2026Q2", "--by", "person"]),
        ("plan-md", ["plan", "--period", "FY2026Q2", "--by", "company", "--format", "md"]),
        ("periods", ["periods"]), ("periods-months", ["periods", "--period", "FY2026Q2"]),
        ("loads", ["loads"]),
        ("rejects", ["rejects"]),
        ("findings", ["findings"]),
        ("verify", ["verify"]),
        ("verify-rebuild", ["verify", "--rebuild", "."]),
        ("prune", ["prune", "--keep-known", "2"]),
        ("mapping-check", ["mapping", "check", "generic", "--sample", "2026-05-05", "--rows", "3"]),
        ("mapping-sound", ["mapping", "check", "salesforce-dtc"]),
    ]

    @Test(arguments: screens.map(\.name))
    func `of the small company are as they were`(name: String) throws {
        let arguments = try #require(Self.screens.first { $0.name == name }).arguments
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        try compare(outcome.output, with: name)
    }

    @Test func `of a load are as they were`() throws {
        let bench = try Bench()
        var screens = ""
        for (day, exports) in zip(Borealis.days, Borealis.nights) {
            let outcome = try bench.load(day, exports)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
            screens += "$ bellwether load generic \(day)\n" + outcome.output + "\n"
        }
        screens +=
            "$ bellwether load generic 2026-05-05\n" + (try bench.run("load", "generic", "2026-05-05")).output
        try compare(screens, with: "load")
    }

    @Test func `of held loads, gaps and a single load are as they were`() throws {
        let bench = try Bench()
        try bench.folder.write("crm.yml", Self.guardedMapping)
        func write(_ day: String, _ header: String, _ rows: [String]) throws {
            try bench.folder.write("\(day)/deals.csv", ([header] + rows).joined(separator: "\n") + "\n")
        }
        let numbers = 1...300
        try write("2026-05-04", "id,name,amount,step", numbers.map { "d\($0),n,10,call" })
        try write(
            "2026-05-05", "id,name,amount,step,Region",
            numbers.map { "d\($0),n,\($0 == 7 ? "much" : "10"),call,x" })
        try write("2026-05-08", "id,name,amount", (1...100).map { "d\($0),n,1000" })
        var screens = ""
        for arguments in [
            ["load", "crm.yml", "2026-05-04"], ["load", "crm.yml", "2026-05-05"],
            ["load", "crm.yml", "2026-05-08"], ["load", "crm.yml", "2026-05-08", "--dry-run"],
            ["loads", "held"],
            [
                "load", "crm.yml", "2026-05-08", "--accept", "gone", "--accept", "rows", "--accept", "amount",
                "--accept", "drift:opportunity",
            ],
            ["loads", "gaps"], ["loads", "show", "2"], ["loads", "show", "3"],
        ] {
            let outcome = try bench.run(arguments)
            screens +=
                "$ bellwether \(arguments.joined(separator: " "))\n\(outcome.output)\(outcome.errors)status \(outcome.status)\n\n"
        }
        try compare(screens, with: "guards")
    }

    private static let guardedMapping = """
        mapping: crm
        source: crm
        expected: weekdays
        entities:
          opportunity:
            file: deals.csv
            columns:
              id: id
              name: name
              amount: amount
              next_step: {column: step, optional: true}

        """

    @Test func `of errors are as they were`() throws {
        let bench = try Self.bench.get()
        var screens = ""
        try bench.folder.write("bad/opportunity.csv", "id,name,id\nd1,x,d1\n")
        for arguments in [
            ["forecast", "--team", "Wets"], ["forecast", "--period", "Q2"], ["deals", "--person", "Nobody"],
            ["load", "generic", "bad", "--date", "2026-05-06"],
            ["load", "generik", "bad", "--date", "2026-05-06"],
            ["forecast", "--as-known", "99"],
        ] {
            let outcome = try bench.run(arguments)
            #expect(outcome.output.isEmpty, "\(outcome)")
            screens +=
                "$ bellwether \(arguments.joined(separator: " "))\n\(outcome.errors)status \(outcome.status)\n\n"
        }
        try compare(screens, with: "errors")
    }

    @Test func `of the status are as they were`() throws {
        // A warehouse of its own: the errors above leave failed runs behind.
        let outcome = try Self.loaded().run("status", "--tables")
        #expect(outcome.status == 4)
        // Ages, sizes and the user differ from run to run, and with them the widths.
        let screen = (outcome.output + outcome.errors)
            .replacing(/\d+ (s|min)\b/, with: "0 s").replacing(/\d+ [kM]B/, with: "0 MB")
            .replacing(/seconds +[\d.]+/, with: "seconds  0.0").replacing(/[ ]by \S+/, with: " by somebody")
            .replacing(/[ ]{2,}/, with: "  ").replacing(/─+/, with: "─")
        try compare(screen, with: "status")
    }

    // MARK: - Files

    /// - Parameter hasClock: Whether the screen has times of the machine's clock.
    func compare(_ screen: String, with name: String, hasClock: Bool = true) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Goldens/\(name).txt")
        let found = hasClock ? steady(screen) : withoutVersion(screen)
        if ProcessInfo.processInfo.environment["BELLWETHER_WRITE_GOLDENS"] == "1" {
            try Data(found.utf8).write(to: file)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        let pairs = zip(golden.split(separator: "\n"), found.split(separator: "\n"))
        let first = pairs.first { $0 != $1 }.map { "- \($0)\n+ \($1)" } ?? "one of them ends early"
        #expect(found == golden, "\(name)\n\(first)")
    }

    /// Clock, stopwatch and version, which differ from run to run, at their own widths.
    private func steady(_ screen: String) -> String {
        withoutVersion(screen).replacing(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "YYYY-MM-DD HH:MM")
            .replacing(/\s+\d+\.\d\d(?=  YYYY)/, with: "     0.00")
            .replacing(/(?<name>seconds +)\d+\.\d\d/) { "\($0.output.name)0.00" }
            .replacing(/(?<name>\nloaded by +)[^\n]+/) { "\($0.output.name)somebody" }
    }

    private func withoutVersion(_ screen: String) -> String {
        screen.replacing(/"program_version": "[^"]*"/, with: #""program_version": "…""#)
    }

    private static let bench = Result { try loaded() }

    private static func loaded() throws -> Bench {
        let bench = try Bench()
        for (day, exports) in zip(Borealis.days, Borealis.nights) { try bench.mustLoad(day, exports) }
        return bench
    }
}
