import Foundation
import TestSupport
import Testing

/// What people read of calls, to the letter: see GoldenTests for how to write them anew.
@Suite("Screens of calls")
struct CallScreenTests {
    static let screens: [(name: String, arguments: [String])] = [
        ("call-forecast", ["forecast", "--period", "FY2026Q4"]),
        ("call-forecast-emea", ["forecast", "--period", "FY2026Q4", "--team", "EMEA", "--by", "person"]),
        ("call-list", ["call", "list", "--period", "FY2026Q4"]),
        ("call-list-md", ["call", "list", "--period", "FY2026Q4", "--format", "md"]),
        ("call-list-csv", ["call", "list", "--period", "FY2026Q4", "--format", "csv"]),
        ("call-list-json", ["call", "list", "--period", "FY2026Q4", "--by", "company", "--format", "json"]),
        ("call-history", ["call", "history", "--period", "FY2026Q4"]),
        ("call-deals", ["call", "list", "--deals", "--period", "FY2026Q4"]),
        ("call-deal-history", ["call", "history", "--deal", "d6"]),
    ]

    @Test(arguments: screens.map(\.name))
    func `are as they were`(name: String) throws {
        let arguments = try #require(Self.screens.first { $0.name == name }).arguments
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        try GoldenTests().compare(outcome.output, with: name, hasClock: false)
    }

    @Test func `that are being said are as they were`() throws {
        let bench = try Meridian.bench()
        var screens = ""
        for arguments in Meridian.calls + Self.more {
            let outcome = try bench.run(arguments)
            screens +=
                "$ bellwether \(arguments.joined(separator: " "))\n\(outcome.output)\(outcome.errors)status \(outcome.status)\n\n"
        }
        try GoldenTests().compare(screens, with: "call-say", hasClock: false)
    }

    private static let more = [
        [
            "call", "submit", "--node", "EMEA", "--amount", "1.9M", "--by", "p3", "--at", "2026-12-07T08:00",
            "--period", "FY2026Q4",
        ],
        [
            "call", "reset", "--node", "EMEA", "--by", "p3", "--note", "both slipped", "--at",
            "2026-12-07T09:00",
            "--period", "FY2026Q4",
        ],
        [
            "call", "submit", "--deal", "d6", "--amount", "900k", "--close-date", "2026-12-18", "--by",
            "Luc Moreau",
            "--note", "in legal", "--at", "2026-12-07T09:00",
        ],
        ["call", "submit", "--node", "Eats", "--amount", "1", "--by", "p1", "--at", "2026-12-07T09:00"],
        ["call", "submit", "--node", "East", "--amount", "1.5", "--by", "p1", "--at", "2026-12-04T16:00Z"],
    ]

    private static let bench = Result {
        let bench = try Meridian.called()
        for arguments in [
            [
                "--category", "commit", "--amount", "900k", "--close-date", "2026-12-18", "--at",
                "2026-12-05T10:00",
            ],
            ["--category", "best_case", "--note", "no budget yet", "--at", "2026-12-07T10:00"],
        ] {
            let outcome = try bench.run(["call", "submit", "--deal", "d6", "--by", "Luc Moreau"] + arguments)
            guard outcome.status == 0 else { throw Meridian.Failure(outcome: "\(outcome)") }
        }
        return bench
    }
}
