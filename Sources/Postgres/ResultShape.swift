internal import CLibPQ

/// The columns of a result, read once for all its rows.
///
/// `@unchecked Sendable` holds since everything is a constant; the notices' log is only kept alive, as libpq
/// has a pointer to it in each result, and never called from here.
final class ResultShape: @unchecked Sendable {
    let names: [String]
    let types: [TypeOID]
    let formats: [ResultFormat]
    let sql: String
    /// The names that more than one column has.
    private let repeated: [String]
    private let notices: NoticeLog?

    static let none = ResultShape()

    private init() {
        (names, types, formats, sql, repeated, notices) = ([], [], [], "", [], nil)
    }

    init(_ result: OpaquePointer, sql: String, notices: NoticeLog) {
        let columns = 0..<PQnfields(result)
        names = columns.map { String(cString: PQfname(result, $0)) }
        types = columns.map { TypeOID(rawValue: PQftype(result, $0)) }
        formats = columns.map { ResultFormat(rawValue: PQfformat(result, $0)) ?? .binary }
        repeated =
            Set(names).count == names.count
            ? [] : Dictionary(grouping: names, by: \.self).filter { $1.count > 1 }.map(\.key)
        self.sql = sql
        self.notices = notices
    }

    /// The place of a column, from 0.
    func index(of column: String) throws(DatabaseError) -> Int {
        // Comparing a few short names takes less than hashing one.
        guard let index = names.firstIndex(of: column) else {
            throw error(
                "no column is named \"\(column)\"; there is \(names.joined(separator: ", "))", column: column)
        }
        guard !repeated.contains(column) else {
            throw error("more than one column is named \"\(column)\"", column: column)
        }
        return index
    }

    func error(_ message: String, column: String, row: Int? = nil) -> DatabaseError {
        var error = DatabaseError(.decoding, message, sql: sql)
        error.column = column
        error.row = row
        return error
    }
}
