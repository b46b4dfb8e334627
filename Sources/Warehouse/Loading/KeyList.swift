/// Keys one behind the other in one buffer: there may be a million of them.
struct KeyList {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// How many keys there are.
    var count: Int { ends.count }

    /// Adds a key, given as UTF-8.
    mutating func append(_ key: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: key)
        ends.append(bytes.count)
    }

    /// Calls `body` with each key's UTF-8, in the order in which they came.
    func forEach(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try bytes.withUnsafeBytes { bytes in
            var start = 0
            for end in ends {
                try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                start = end
            }
        }
    }
}
