internal import CLibPQ

/// All rows of a result, in the server's order.
///
/// `Sendable`: libpq does not change a result once it is made.
public struct Rows: Sendable, RandomAccessCollection {
    let result: StoredResult?
    let shape: ResultShape

    init(result: StoredResult?, shape: ResultShape) {
        self.result = result
        self.shape = shape
        endIndex = result.map { Int(PQntuples($0.pointer)) } ?? 0
    }

    static let none = Rows(result: nil, shape: ResultShape.none)

    /// 0.
    public let startIndex = 0
    /// The number of rows.
    public let endIndex: Int

    /// The columns' names, in order.
    public var columns: [String] { shape.names }

    /// A row by its place, from 0.
    public subscript(index: Int) -> Row {
        precondition((0..<endIndex).contains(index), "row \(index) of \(endIndex)")
        return Row(result: result, shape: shape, index: Int32(index), number: index + 1)
    }
}

/// A result of libpq, freed with its last row.
///
/// `@unchecked Sendable` holds since a result is read-only once libpq has handed it out, and may be read by
/// several threads (PostgreSQL manual, "Behavior in Threaded Programs"); nothing here changes it.
final class StoredResult: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQclear(pointer) }
}
