import Intake

/// The row hashes that the warehouse holds for one entity on one day, and which of them a file has shown again.
///
/// Files tell their rows in much the same order each night, and the table gives them back in the order in which it
/// took them in. So the hashes lie in that order, and a row of the file is looked for first where the one before it
/// was followed. Only rows out of order ask the index, an open-addressing table of places, made when it is first
/// needed: a million rows take 22 MB and, with the index, about 30.
struct RowHashes {
    private var hashes: [Hash128] = []
    /// Where each row lies in the table.
    private var blocks: [UInt32] = []
    private var offsets: [UInt16] = []
    /// One bit a hash.
    private var seen: [UInt64] = []
    /// Places in `hashes` plus one, 0 for an empty slot; empty until the first row out of order.
    private var index: [UInt32] = []
    /// Where the next row is looked for: behind the last one found, and behind the one found before the last jump.
    private var next = 0
    private var nextBeforeJump = 0

    /// Room for that many hashes; it grows when there are more.
    init(capacity: Int) {
        hashes.reserveCapacity(capacity)
        blocks.reserveCapacity(capacity)
        offsets.reserveCapacity(capacity)
    }

    /// How many hashes the warehouse holds.
    var count: Int { hashes.count }

    /// What showing a hash found.
    enum Showing {
        /// The warehouse does not hold it.
        case new
        /// The warehouse holds it.
        case known
        /// The warehouse holds it, and an earlier row of the file had it.
        case repeated
    }

    /// Adds a hash that the warehouse holds. Before any is shown.
    mutating func insertStored(_ hash: Hash128, at place: RowPlace) {
        if hashes.count & 63 == 0 { seen.append(0) }
        hashes.append(hash)
        blocks.append(place.block)
        offsets.append(place.offset)
    }

    /// Notes that a row of the file has the hash, and says what that means.
    ///
    /// New hashes are not kept, so that memory grows with what the warehouse holds and not with the file: rows that
    /// repeat a new one are found among the staged rows.
    mutating func show(_ hash: Hash128) -> Showing {
        guard let place = place(of: hash) else { return .new }
        if isSeen(place) { return .repeated }
        markSeen(place)
        return .known
    }

    /// How many rows that the warehouse holds have not been shown.
    var unseenCount: Int {
        hashes.count - seen.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// Forgets what was shown.
    mutating func forgetShown() {
        for word in seen.indices { seen[word] = 0 }
        next = 0
        nextBeforeJump = 0
    }

    /// Calls `body` with every stored hash that no row of the file had, and where its row lies.
    func forEachUnseen<Failure: Error>(
        _ body: (Hash128, RowPlace) throws(Failure) -> Void
    ) throws(Failure) {
        for place in hashes.indices where !isSeen(place) {
            try body(hashes[place], RowPlace(block: blocks[place], offset: offsets[place]))
        }
    }

    // MARK: - Finding

    private mutating func place(of hash: Hash128) -> Int? {
        if next < hashes.count, hashes[next] == hash {
            next += 1
            return next - 1
        }
        if nextBeforeJump < hashes.count, hashes[nextBeforeJump] == hash {
            swap(&next, &nextBeforeJump)
            next += 1
            return next - 1
        }
        guard let place = indexed(hash) else { return nil }
        nextBeforeJump = next
        next = place + 1
        return place
    }

    private mutating func indexed(_ hash: Hash128) -> Int? {
        guard !hashes.isEmpty else { return nil }
        if index.isEmpty { makeIndex() }
        let mask = index.count - 1
        // A row hash is its own hash code.
        var slot = Int(truncatingIfNeeded: hash.low) & mask
        while index[slot] != 0 {
            let place = Int(index[slot]) - 1
            if hashes[place] == hash { return place }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func makeIndex() {
        var size = 16
        while size * 2 < hashes.count * 3 { size *= 2 }
        index = Array(repeating: 0, count: size)
        let mask = size - 1
        for place in hashes.indices {
            var slot = Int(truncatingIfNeeded: hashes[place].low) & mask
            while index[slot] != 0 { slot = (slot + 1) & mask }
            index[slot] = UInt32(truncatingIfNeeded: place + 1)
        }
    }

    private func isSeen(_ place: Int) -> Bool {
        seen[place >> 6] & (1 &<< UInt64(place & 63)) != 0
    }

    private mutating func markSeen(_ place: Int) {
        seen[place >> 6] |= 1 &<< UInt64(place & 63)
    }
}

/// Where a row lies in its table: PostgreSQL's `tid`, which holds until the row is written again.
struct RowPlace {
    let block: UInt32
    let offset: UInt16
}
