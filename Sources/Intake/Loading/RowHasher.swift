import Model

/// Hashes what a row says: the raw bytes of its mapped cells, without converting them.
struct RowHasher {
    /// Raised whenever equal bytes would be read into other values than before.
    private static let readerVersion = "1"

    let seed: Hash128
    private let runs: [ClosedRange<Int>]

    /// The seed carries everything else that the meaning of a row depends on.
    init(mapping: Hash128, entity: String, input: Int, header: [String], runs: [ClosedRange<Int>]) {
        var seed = RowHasher.seed(mapping: mapping, entity: entity)
        for part in [String(input)] + header { seed = Hash128(of: part, seed: seed) }
        self.seed = seed
        self.runs = runs
    }

    /// The seed of hashes of content, which depend on no file.
    static func seed(mapping: Hash128, entity: String) -> Hash128 {
        Hash128(of: entity, seed: Hash128(of: readerVersion, seed: mapping))
    }

    /// The hash of a row of which every cell counts.
    @inline(__always)
    func hash(wholeRow row: Bytes) -> Hash128 {
        murmur3(UnsafeRawBufferPointer(row), seed: seed)
    }

    /// The hash of the counted cells of a row. Each run starts from the hash of the one before, which
    /// has its length in it: bytes cannot move from one run to the next unseen.
    func hash(_ row: Bytes, cells: CellTable) -> Hash128 {
        var hash = seed
        for run in runs {
            let start = Int(cells.cells[run.lowerBound].start)
            let end = Int(cells.cells[run.upperBound].end)
            hash = murmur3(
                UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(row)[start..<end]), seed: hash)
        }
        return hash
    }
}
