import Foundation
import TestSupport
import Testing

/// What people read of whether it is enough, to the letter: see GoldenTests for how to write them anew.
@Suite("Screens of what is enough")
struct EnoughScreenTests {
    static let screens: [(name: String, arguments: [String])] = [
        ("coverage", ["coverage", "--by", "person"]), ("coverage-next", ["coverage", "--period", "next"]),
        ("coverage-json", ["coverage", "--by", "company", "--format", "json"]),
        ("pacing", ["pacing", "--by", "team"]),
        ("pacing-past", ["pacing", "--as-of", "2026-03-07", "--as-known", "3", "--team", "West"]),
        ("attainment", ["attainment", "--by", "person", "--ramp", "0.5"]),
        ("concentration", ["concentration", "--as-of", "2026-03-07"]), ("linearity", ["linearity"]),
        ("linearity-md", ["linearity", "--period", "last", "--by", "person", "--format", "md"]),
    ]

    @Test(arguments: screens.map(\.name))
    func `are as they were`(name: String) throws {
        let arguments = try #require(Self.screens.first { $0.name == name }).arguments
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        try GoldenTests().compare(outcome.output, with: name, hasClock: false)
    }

    @Test func `of a summary are as they were`() throws {
        let outcome = try Corvid.bench().run("summarise", "--weekly")
        try GoldenTests().compare(outcome.output, with: "summarise", hasClock: false)
    }

    private static let bench = Result { try Corvid.bench() }
}
