import Model

/// An answer by the schema `bellwether.answer/1`: keys in a fixed order, one row a line.
///
/// Money is a decimal string, a rate a number, a day `2026-12-07`, an absent value null.
/// `total_rows` stands in a table only when its rows were cut.
struct JSONText {
    let exact: Bool

    func text(of answer: Answer) -> String {
        let warnings = answer.warnings.map {
            object([("code", string($0.code)), ("text", string(render($0.text, exact: exact)))])
        }
        let members: [(String, String)] = [
            ("schema", string("bellwether.answer/1")),
            ("question", string(answer.question)),
            ("headline", string(render(answer.headline, exact: exact))),
            ("tables", list(answer.tables.map(table), depth: 1)),
            ("charts", list(answer.charts.map(chart), depth: 1)),
            ("warnings", list(warnings, depth: 1)),
            ("passport", passport(answer.passport)),
        ]
        return block(members, depth: 0) + "\n"
    }

    private func table(_ table: AnswerTable) -> String {
        let columns = table.columns.map {
            object([
                ("name", string($0.name)), ("type", string($0.kind.rawValue)),
                ("unit", $0.unit.map(string) ?? "null"),
            ])
        }
        let rows = table.dataRows.map { row in
            object(table.columns.indices.map { (table.columns[$0].name, value(table.value(row, $0))) })
        }
        var members = [
            ("name", string(table.name)), ("columns", list(columns, depth: 3)),
            ("rows", list(rows, depth: 3)),
        ]
        if let total = table.totalRows, total > table.rows.count {
            members.append(("total_rows", String(total)))
        }
        return block(members, depth: 2)
    }

    private func chart(_ chart: AnswerChart) -> String {
        let parts = chart.parts.map { object([("name", string($0.name)), ("title", string($0.title))]) }
        let bars = chart.bars.map { bar in
            object(
                [("label", string(bar.label)), ("depth", String(bar.depth))]
                    + zip(chart.parts, bar.amounts).map { ($0.name, string($1.description)) }
                    + [("target", bar.target.map { string($0.description) } ?? "null")]
                    + (bar.base.map { [("base", string($0.description))] } ?? []))
        }
        return block(
            [
                ("name", string(chart.name)), ("unit", string(chart.unit)),
                ("target", chart.targetTitle.map(string) ?? "null"), ("parts", list(parts, depth: 3)),
                ("bars", list(bars, depth: 3)),
            ], depth: 2)
    }

    private func value(_ value: AnswerValue) -> String {
        switch value {
        case .null: "null"
        case .text(let text): string(text)
        case .integer(let number): String(number)
        case .amount(let amount): string(amount.description)
        case .rate(let rate): NumberText.plain(rate) ?? "null"
        case .day(let day): string(day.description)
        case .boolean(let isTrue): isTrue ? "true" : "false"
        case .measure(let measure): self.measure(measure)
        case .trend(let values):
            "[" + values.map { $0.flatMap(NumberText.plain) ?? "null" }.joined(separator: ", ") + "]"
        }
    }

    /// Number and unit, since the column cannot say it.
    private func measure(_ measure: Measure) -> String {
        let number =
            switch measure.number {
            case .amount(let amount): string(amount.description)
            case .count(let count): String(count)
            case .rate(let rate): NumberText.plain(rate) ?? "null"
            }
        return object([("number", number), ("unit", measure.unit.map(string) ?? "null")])
    }

    private func passport(_ passport: Passport) -> String {
        let filters = passport.filters.map {
            object([("name", string($0.name)), ("value", string($0.value))])
        }
        let exclusions = passport.exclusions.map {
            object([
                ("reason", string($0.reason)), ("count", String($0.count)),
                ("amount", $0.amount.map { string($0.description) } ?? "null"),
            ])
        }
        return block(
            [
                ("question", string(passport.question)),
                ("metrics", list(passport.metrics.map(string), depth: 2)),
                ("as_of", passport.asOf.map { string($0.description) } ?? "null"),
                ("snapshot_day", passport.snapshotDay.map { string($0.description) } ?? "null"),
                ("load", passport.load.map(String.init) ?? "null"),
                ("filters", list(filters, depth: 2)),
                ("row_count", String(passport.rowCount)),
                ("exclusions", list(exclusions, depth: 2)),
                ("sql", list(passport.sql.map(string), depth: 2)),
                ("program_version", string(passport.programVersion)),
            ], depth: 1)
    }

    /// Members in one line.
    private func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(string($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
    }

    /// Members one a line.
    private func block(_ members: [(String, String)], depth: Int) -> String {
        let indent = String(repeating: "  ", count: depth)
        let lines = members.map { "\(indent)  \(string($0.0)): \($0.1)" }
        return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }

    /// Items one a line.
    private func list(_ items: [String], depth: Int) -> String {
        guard !items.isEmpty else { return "[]" }
        let indent = String(repeating: "  ", count: depth)
        return "[\n" + items.map { "\(indent)  \($0)" }.joined(separator: ",\n") + "\n\(indent)]"
    }

    /// Text in quotes; control characters and the line separators that JavaScript minds escaped.
    private func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x0A: result += "\\n"
            case 0x0D: result += "\\r"
            case 0x09: result += "\\t"
            case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
