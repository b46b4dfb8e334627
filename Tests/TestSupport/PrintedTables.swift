/// A table of a printed answer, for tests that look at what an answer has rather than at what it says.
public struct PrintedTable {
    /// Its name.
    public let name: String
    /// Its title; nil without one.
    public let title: String?
    /// Its columns' names and kinds, in order.
    public let columns: [(name: String, kind: String)]
    /// Its rows.
    public let rows: [PrintedRow]

    /// The columns that hold numbers.
    public var numericColumns: [String] {
        columns.filter { ["integer", "amount", "rate"].contains($0.kind) }.map(\.name)
    }
}

extension PrintedAnswer {
    /// All its tables.
    public var tables: [PrintedTable] {
        (object["tables"] as? [[String: Any]] ?? []).map { table in
            PrintedTable(
                name: table["name"] as? String ?? "", title: table["title"] as? String,
                columns: (table["columns"] as? [[String: Any]] ?? []).map {
                    ($0["name"] as? String ?? "", $0["type"] as? String ?? "")
                },
                rows: (table["rows"] as? [[String: Any]] ?? []).map { PrintedRow(values: $0) })
        }
    }

    /// The question's id.
    public var question: String { object["question"] as? String ?? "" }

    /// The metric contracts that its passport names, as `id/version`.
    public var metrics: [String] { passport("metrics") as? [String] ?? [] }
}

extension Command {
    /// Runs a command that must answer, and reads its JSON.
    ///
    /// - Throws: `Failure` when it does not.
    public func answer(_ arguments: String...) throws -> PrintedAnswer {
        let outcome = try run(arguments + ["--format", "json"])
        guard outcome.status == 0 else {
            throw Failure("\(arguments.joined(separator: " ")): \(outcome)")
        }
        return try PrintedAnswer(outcome.output)
    }
}
