import Foundation
import Model

/// An answer as `--format json` prints it, read by Foundation.
public struct PrintedAnswer {
    let object: [String: Any]

    /// The answer of a printed text.
    ///
    /// - Throws: `Command.Failure` when the text is not an answer.
    public init(_ text: String) throws {
        guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
            object["schema"] as? String == "bellwether.answer/1"
        else { throw Command.Failure("not an answer: \(text.prefix(200))") }
        self.object = object
    }

    /// The headline.
    public var headline: String { object["headline"] as? String ?? "" }

    /// The passport's member of that name.
    public func passport(_ name: String) -> Any? {
        (object["passport"] as? [String: Any])?[name]
    }

    /// The warnings by code.
    public var warnings: [String: String] {
        let list = object["warnings"] as? [[String: Any]] ?? []
        return Dictionary(
            list.map { ($0["code"] as? String ?? "", $0["text"] as? String ?? "") },
            uniquingKeysWith: { $0 + "\n" + $1 })
    }

    /// The rows of the table of that name, else of the first.
    public func rows(_ table: String? = nil) -> [PrintedRow] {
        let tables = object["tables"] as? [[String: Any]] ?? []
        let wanted = table.map { name in tables.first { $0["name"] as? String == name } } ?? tables.first
        return (wanted?["rows"] as? [[String: Any]] ?? []).map { PrintedRow(values: $0) }
    }
}

/// A row of a printed answer.
public struct PrintedRow {
    /// Its values by column, as JSON has them.
    public let values: [String: Any]

    /// Text of that column; nil where it is null.
    public func text(_ column: String) -> String? { values[column] as? String }

    /// Whole number of that column; nil where it is null.
    public func integer(_ column: String) -> Int? { (values[column] as? NSNumber)?.intValue }

    /// Exact amount of that column, in JSON a text; nil where it is null.
    public func amount(_ column: String) -> Amount? { text(column).flatMap { Amount($0) } }

    /// Whether the column is null.
    public func isNull(_ column: String) -> Bool { values[column] is NSNull }
}
