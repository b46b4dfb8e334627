import TestSupport
import Testing

/// What people read of the week and of the leading indicators, to the letter: see GoldenTests for how to write them anew.
@Suite("Screens of indicators")
struct IndicatorScreenTests {
    static let screens: [(name: String, arguments: [String])] = [
        ("weekly", ["weekly", "--by", "person", "--weeks", "3"]),
        ("generation", ["generation"]),
        ("indicators", ["indicators", "--by", "team"]),
        ("indicators-json", ["indicators", "--by", "company", "--format", "json"]),
        ("indicators-md", ["indicators", "--person", "Ann", "--weeks", "2", "--format", "md"]),
        ("indicators-csv", ["indicators", "--by", "company", "--format", "csv"]),
        ("metrics-show", ["metrics", "show", "pipeline_generation"]),
        ("metrics-volume", ["metrics", "--family", "volume"]),
    ]

    @Test(arguments: screens.map(\.name))
    func `are as they were`(name: String) throws {
        let arguments = try #require(Self.screens.first { $0.name == name }).arguments
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        try GoldenTests().compare(outcome.output, with: name, hasClock: false)
    }

    private static let bench = Result { try Corvid.bench() }
}
