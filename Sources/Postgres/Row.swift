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
    public func decode<Value: ColumnDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        try value(at: shape.index(of: column))
    }

    /// The value of a column by its place, from 0.
    ///
    /// - Throws: As by name.
    public func decode<Value: ColumnDecodable>(
        _ column: Int, as type: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        guard shape.names.indices.contains(column) else {
            throw shape.error(
                "no column \(column); the result has \(shape.names.count)", column: "\(column)", row: number)
        }
        return try value(at: column)
    }

    private func value<Value: ColumnDecodable>(at column: Int) throws(DatabaseError) -> Value {
        let (value, isNull): (Value?, Bool) = withCell(column) { cell in
            if let cell { (Value(cell: cell), false) } else { (Value.null, true) }
        }
        if let value { return value }
        let what =
            isNull ? "an unexpected NULL" : "a value of type \(shape.types[column]) that is no \(Value.self)"
        throw shape.error(
            "column \"\(shape.names[column])\" has \(what)", column: shape.names[column], row: number)
    }

    // The cell points into the result, which must outlive the call.
    private func withCell<Value>(_ column: Int, _ body: (Cell?) -> Value) -> Value {
        guard let result else { return body(nil) }
        return withExtendedLifetime(result) {
            guard PQgetisnull(result.pointer, index, Int32(column)) == 0 else { return body(nil) }
            let bytes = UnsafeRawBufferPointer(
                start: PQgetvalue(result.pointer, index, Int32(column)),
                count: Int(PQgetlength(result.pointer, index, Int32(column))))
            return body(Cell(bytes: bytes, format: shape.formats[column], type: shape.types[column]))
        }
    }
}
