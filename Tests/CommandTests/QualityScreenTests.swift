import Foundation
import TestSupport
import Testing

/// What people read of data quality and of accuracy, to the letter: see GoldenTests for how to write them anew.
@Suite("Screens of quality and accuracy")
struct QualityScreenTests {
    static let screens: [(name: String, arguments: [String])] = [
        ("quality", ["quality", "--limit", "5"]),
        ("quality-person", ["quality", "--person", "Bob", "--limit", "3"]),
        ("quality-defect", ["quality", "--defect", "no_next_step"]),
        ("quality-md", ["quality", "--by", "company", "--format", "md", "--limit", "2"]),
    ]

    @Test(arguments: screens.map(\.name))
    func `of quality are as they were`(name: String) throws {
        let arguments = try #require(Self.screens.first { $0.name == name }).arguments
        let outcome = try QualityTests.bench.get().run(arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        try GoldenTests().compare(outcome.output, with: name, hasClock: false)
    }

    @Test(arguments: [("accuracy", "terminal"), ("accuracy-csv", "csv")])
    func `of accuracy are as they were`(name: String, format: String) throws {
        let outcome = try AccuracyTests.bench.get().run("accuracy", "--by", "person", "--format", format)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        try GoldenTests().compare(outcome.output, with: name, hasClock: false)
    }
}
