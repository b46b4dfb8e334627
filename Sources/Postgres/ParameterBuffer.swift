/// The parameters of one statement as libpq takes them: parallel arrays over one block of bytes.
struct ParameterBuffer {
    /// The protocol counts parameters in 16 bits.
    static let limit = 65_535

    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []
    private var types: [UInt32] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ parameters: [Parameter?], sql: String) throws(DatabaseError) {
        guard parameters.count <= Self.limit else {
            throw DatabaseError(
                .misuse, "\(parameters.count) parameters where at most \(Self.limit) are possible", sql: sql,
                hint: "pass an array, or load the rows with COPY")
        }
        for (index, parameter) in parameters.enumerated() {
            try append(parameter, number: index + 1, sql: sql)
        }
    }

    private mutating func append(
        _ parameter: Parameter?, number: Int, sql: String
    ) throws(DatabaseError) {
        let start = bytes.count
        switch parameter?.value {
        case .text(let text):
            bytes.append(contentsOf: text.utf8)
            // libpq reads a text up to its first NUL, and would cut it there in silence.
            guard !bytes[start...].contains(0) else {
                throw DatabaseError(.misuse, "parameter $\(number) holds a NUL byte", sql: sql)
            }
        case .binary(let value):
            bytes.append(contentsOf: value)
        case nil: break
        }
        guard let length = Int32(exactly: bytes.count - start) else {
            throw DatabaseError(.misuse, "parameter $\(number) is longer than 2 GB", sql: sql)
        }
        bytes.append(0)
        offsets.append(parameter == nil ? nil : start)
        types.append(parameter?.type?.rawValue ?? 0)
        lengths.append(length)
        if case .binary = parameter?.value { formats.append(1) } else { formats.append(0) }
    }

    /// Calls with libpq's arguments: count, types, values, lengths, formats. Valid during the call only.
    func withArguments<Result>(
        _ body: (
            Int32, UnsafePointer<UInt32>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { block in
            let values = offsets.map { offset in
                offset.flatMap { block.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return body(Int32(values.count), types, values, lengths, formats)
        }
    }
}
