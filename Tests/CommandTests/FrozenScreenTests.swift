import Foundation
import TestSupport
import Testing

/// What people read of frozen periods, to the letter, on three widths: see GoldenTests for how to write them anew.
@Suite("Screens of frozen periods")
struct FrozenScreenTests {
    static let screens: [(name: String, arguments: [String], widths: [Int])] = [
        ("frozen-forecast", ["forecast", "--period", "FY2026Q1"], [80, 100, 140]),
        (
            "frozen-forecast-json",
            ["forecast", "--period", "FY2026Q1", "--by", "company", "--format", "json"], [100]
        ),
        ("frozen-deals", ["deals", "--period", "FY2026Q1", "--category", "closed"], [100]),
        ("restatements", ["restatements", "--period", "FY2026Q1"], [80, 100, 140]),
        ("restatements-md", ["restatements", "--period", "FY2026Q1", "--format", "md"], [100]),
        ("restatements-csv", ["restatements", "--period", "FY2026Q1", "--format", "csv"], [100]),
        ("miss", ["miss", "--period", "FY2026Q1", "--week", "10"], [80, 100, 140]),
        ("miss-west", ["miss", "--period", "FY2026Q1", "--week", "10", "--team", "West"], [100]),
        ("miss-md", ["miss", "--period", "FY2026Q1", "--week", "10", "--format", "md"], [100]),
        ("miss-csv", ["miss", "--period", "FY2026Q1", "--week", "10", "--format", "csv"], [100]),
    ]

    @Test(arguments: screens.map(\.name))
    func `are as they were`(name: String) throws {
        let screen = try #require(Self.screens.first { $0.name == name })
        let bench = try Larkin.restated.get()
        var text = ""
        for width in screen.widths {
            let command = Command(
                environment: ["BELLWETHER_DB": bench.url, "COLUMNS": String(width)], folder: bench.folder.path
            )
            let outcome = try command.run(screen.arguments)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
            let isFitted = outcome.output.split(separator: "\n").allSatisfy { $0.count <= width }
            #expect(isFitted || screen.arguments.contains("--format"), "\(width)")
            text += screen.widths.count > 1 ? "\(width) columns\n\(outcome.output)\n" : outcome.output
        }
        try GoldenTests().compare(text, with: name, hasClock: false)
    }
}
