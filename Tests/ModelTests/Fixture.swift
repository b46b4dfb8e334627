import Foundation
import Testing

/// A table that `Fixtures/make-fixtures` wrote: what Python says about the cases.
enum Fixture {
    /// The rows below the header, each a list of fields.
    static func rows(_ name: String) throws -> [[String]] {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "tsv"))
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The text in angle brackets, which keep blanks at its ends in sight.
    static func unquoted(_ field: String) -> String {
        String(field.dropFirst().dropLast())
    }
}
