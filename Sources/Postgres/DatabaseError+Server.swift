internal import CLibPQ

extension DatabaseError {
    /// The error that a result carries, or the connection's own where there is no result.
    init(result: OpaquePointer?, connection: OpaquePointer, sql: String) {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        let state = field(DIAG_SQLSTATE)
        let kind: Kind =
            if PQstatus(connection) == CONNECTION_BAD {
                .connectionLost
            } else if state == "57014" {
                .cancelled
            } else {
                .server
            }
        // What libpq itself reports has no fields.
        let plain = Self.oneLine(result.map { PQresultErrorMessage($0) } ?? PQerrorMessage(connection))
        self.init(kind, field(DIAG_MESSAGE) ?? plain, sql: sql, hint: field(DIAG_HINT))
        sqlState = state
        detail = field(DIAG_DETAIL)
        position = field(DIAG_POSITION).flatMap { Int($0) }
        context = field(DIAG_CONTEXT)
        schema = field(DIAG_SCHEMA)
        table = field(DIAG_TABLE)
        column = field(DIAG_COLUMN)
        constraint = field(DIAG_CONSTRAINT)
        readPlaceInCopy()
    }

    /// libpq's words without its line breaks and indentation.
    static func oneLine(_ message: UnsafePointer<CChar>?) -> String {
        guard let message else { return "out of memory" }
        return String(cString: message).split(whereSeparator: \.isNewline)
            .map { $0.drop(while: \.isWhitespace) }
            .joined(separator: "; ")
    }

    // `COPY deal, line 3, column amount: "12,5"`: the line and the column are facts, the rest is a value.
    private mutating func readPlaceInCopy() {
        guard let context, context.hasPrefix("COPY "),
            let first = context.split(separator: "\n").first,
            let after = first.firstRange(of: ", line ")?.upperBound
        else { return }
        let digits = first[after...].prefix(while: \.isNumber)
        line = Int(digits)
        let rest = first[digits.endIndex...]
        guard column == nil, rest.hasPrefix(", column ") else { return }
        let name = rest.dropFirst(", column ".count)
        column = String(name[..<(name.firstRange(of: ": ")?.lowerBound ?? name.endIndex)])
    }
}

extension Substring {
    /// The first place of a text; the standard library has it only for collections of regular expressions.
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
