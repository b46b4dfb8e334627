internal import CLibPQ

/// One row of a result.
///
/// ```swift
/// let name = try row.decode("name", as: String.self)
/// let closed: Int? = try row.decode("closed")
/// ```
public struct Row: Sendable {
    let result: StoredResult?
    let shape: ResultShape
    let index: Int32

    /// The row's place in the result, from 1.
    public let number: Int

    init(result: StoredResult?, shape: ResultShape, index: Int32, number: Int) {
        self.result = result
        self.shape = shape
        self.index = index
        self.number = number
    }

    /// The columns' names, in order.
    public var columns: [String] { shape.names }

    /// The value of a column; an optional type takes NULL as nil.
    ///
    /// - Throws: `decoding`, with column, row and SQL, when no or more than one column has the name, when the
    ///   value is NULL and the type is not optional, or when it is not such a value.
    @inlinable
    public func decode<Value: ColumnDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        try value(at: place(of: column))
    }

    /// The value of a column by its place, from 0.
    ///
    /// - Throws: As by name.
    @inlinable
    public func decode<Value: ColumnDecodable>(
        _ column: Int, as type: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        try requireColumn(column)
        return try value(at: column)
    }

    // Inlinable, so that it is compiled for each type where it is used: a forecast decodes half a million values.
    @inlinable
    func value<Value: ColumnDecodable>(at column: Int) throws(DatabaseError) -> Value {
        // The cell points into the result, which lives as long as the row.
        let cell = cell(at: column)
        defer { withExtendedLifetime(self) {} }
        guard let cell else {
            guard let null = Value.null else { throw refusal(of: column, isNull: true, type: Value.self) }
            return null
        }
        guard let value = Value(cell: cell) else {
            throw refusal(of: column, isNull: false, type: Value.self)
        }
        return value
    }

    @usableFromInline
    func place(of column: String) throws(DatabaseError) -> Int {
        try shape.index(of: column)
    }

    @usableFromInline
    func requireColumn(_ column: Int) throws(DatabaseError) {
        guard shape.names.indices.contains(column) else {
            throw shape.error(
                "no column \(column); the result has \(shape.names.count)", column: "\(column)", row: number)
        }
    }

    /// What a column holds, nil for NULL.
    @usableFromInline
    func cell(at column: Int) -> Cell? {
        guard let result, PQgetisnull(result.pointer, index, Int32(column)) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result.pointer, index, Int32(column)),
            count: Int(PQgetlength(result.pointer, index, Int32(column))))
        return Cell(bytes: bytes, format: shape.formats[column], type: shape.types[column])
    }

    @usableFromInline
    func refusal(of column: Int, isNull: Bool, type: Any.Type) -> DatabaseError {
        let what = isNull ? "an unexpected NULL" : "a value of type \(shape.types[column]) that is no \(type)"
        return shape.error(
            "column \"\(shape.names[column])\" has \(what)", column: shape.names[column], row: number)
    }
}
