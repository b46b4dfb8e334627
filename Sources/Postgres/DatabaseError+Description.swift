extension DatabaseError: CustomStringConvertible {
    /// The error for people and logs: no value of a row or a parameter, no password.
    public var description: String {
        var text = messageWithoutValues
        if !facts.isEmpty { text += " (\(facts.joined(separator: ", ")))" }
        for line in functionLines { text += "\n  in \(line)" }
        if let statement = statementExcerpt { text += "\n  statement: \(statement)" }
        if let hint { text += "\n  hint: \(hint)" }
        if let rollbackFailure { text += "\n  the rollback failed too: \(rollbackFailure)" }
        return text
    }

    private var facts: [String] {
        var facts: [String] = []
        if let sqlState { facts.append("SQLSTATE \(sqlState)") }
        if let table { facts.append("table \(schema.map { "\($0)." } ?? "")\(table)") }
        if let column { facts.append("column \(column)") }
        if let row { facts.append("row \(row)") }
        if let line { facts.append("line \(line)") }
        if let constraint { facts.append("constraint \(constraint)") }
        return facts
    }

    // The messages of a data exception (class 22) quote the value at fault. Those of 22P04, a malformed
    // COPY, quote names of columns, and those of 22021 the encoding. Translations of the server's messages have quotation marks of their own.
    private var messageWithoutValues: String {
        guard let sqlState, sqlState.hasPrefix("22"), !["22P04", "22021"].contains(sqlState),
            let first = message.firstIndex(where: Self.isQuotationMark),
            let last = message.lastIndex(where: Self.isQuotationMark), first < last
        else { return message }
        return message[...first] + "…" + message[last...]
    }

    private static func isQuotationMark(_ character: Character) -> Bool {
        "\"«»„“”".contains(character)
    }

    private var functionLines: [Substring] {
        (context ?? "").split(separator: "\n").filter { $0.hasPrefix("PL/pgSQL function ") }
    }

    // The line at fault where it is known, else the beginning of the statement, on one line.
    private var statementExcerpt: String? {
        guard let sql else { return nil }
        var part = Substring(sql)
        if let lineInSQL {
            part = sql.split(separator: "\n", omittingEmptySubsequences: false)[lineInSQL - 1]
        }
        let words = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 160 ? words.prefix(159) + "…" : words
    }

    private var lineInSQL: Int? {
        guard let sql, let position else { return nil }
        return Self.line(ofCharacter: position, in: sql)
    }

    /// The line, from 1, of a character (Unicode scalar, from 1) of a text.
    static func line(ofCharacter position: Int, in text: String) -> Int {
        1 + text.unicodeScalars.prefix(max(position - 1, 0)).count { $0 == "\n" }
    }
}
