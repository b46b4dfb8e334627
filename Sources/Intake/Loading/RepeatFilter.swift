/// Leaves out rows that give a record again, for inputs in which that is expected.
///
/// Such a record is known by the hash of its content instead of its row's, so that it does not matter
/// which of the rows, or which of several inputs, gave it first.
struct RepeatFilter {
    let seed: Hash128
    private var rows: Set<Hash128> = []
    private var contents: Set<Hash128> = []

    init(seed: Hash128) {
        self.seed = seed
    }

    /// Whether a row of that hash has been read before; from now on it has.
    mutating func hasSeen(row hash: Hash128) -> Bool {
        // Rows that are cut wrongly have no hash; each of them is set aside on its own.
        hash != .zero && !rows.insert(hash).inserted
    }

    /// Whether the same record came before. Gives it the hash of its content.
    mutating func isRepeat(_ record: inout CheckedRecord) -> Bool {
        record.rowHash = record.contentHash(seed: seed)
        return !contents.insert(record.rowHash).inserted
    }
}
