import Intake

/// The row hashes that the warehouse holds for one entity on one day, and which of them a file has shown again.
///
/// An open-addressing table of 16 bytes a slot and one bit: a million rows take 32 MB at most. A row hash is its
/// own hash code, so that looking one up costs one probe in the common case.
struct RowHashes {
    private var slots: [Hash128]
    private var seen: [UInt64]
    private var mask: Int
    private(set) var count = 0
    /// The all-zero hash marks an empty slot; a row that really hashes to it is kept here.
    private var zero: (isHeld: Bool, isSeen: Bool) = (false, false)

    /// Room for about that many hashes; it grows when there are more.
    init(capacity: Int) {
        var size = 16
        while size * 3 < capacity * 4 { size *= 2 }
        slots = Array(repeating: Hash128.zero, count: size)
        seen = Array(repeating: 0, count: (size + 63) / 64)
        mask = size - 1
    }

    /// What showing a hash found.
    enum Showing {
        /// The warehouse does not hold it.
        case new
        /// The warehouse holds it.
        case known
        /// The warehouse holds it, and an earlier row of the file had it.
        case repeated
    }

    /// Adds a hash that the warehouse holds.
    mutating func insertStored(_ hash: Hash128) {
        if hash == Hash128.zero {
            zero.isHeld = true
            return
        }
        let slot = find(hash)
        guard slots[slot] != hash else { return }
        place(hash, at: slot)
    }

    /// Notes that a row of the file has the hash, and says what that means.
    ///
    /// New hashes are not kept, so that memory grows with what the warehouse holds and not with the file: rows that
    /// repeat a new one are found among the staged rows.
    mutating func show(_ hash: Hash128) -> Showing {
        if hash == Hash128.zero {
            guard zero.isHeld else { return .new }
            defer { zero.isSeen = true }
            return zero.isSeen ? .repeated : .known
        }
        let slot = find(hash)
        guard slots[slot] == hash else { return .new }
        if isSeen(slot) { return .repeated }
        markSeen(slot)
        return .known
    }

    /// Notes that a row of the file has the hash when the warehouse holds it and no earlier row had it; otherwise
    /// nothing is added, and the answer is false.
    mutating func showIfHeld(_ hash: Hash128) -> Bool {
        if hash == Hash128.zero {
            guard zero.isHeld, !zero.isSeen else { return false }
            zero.isSeen = true
            return true
        }
        let slot = find(hash)
        guard slots[slot] == hash, !isSeen(slot) else { return false }
        markSeen(slot)
        return true
    }

    /// Whether some row that the warehouse holds has not been shown.
    var hasUnseen: Bool {
        var unseen = zero.isHeld && !zero.isSeen
        forEachUnseen { _ in unseen = true }
        return unseen
    }

    /// Forgets what was shown.
    mutating func forgetShown() {
        zero.isSeen = false
        for word in seen.indices { seen[word] = 0 }
    }

    /// Calls `body` with every stored hash that no row of the file had.
    func forEachUnseen<Failure: Error>(_ body: (Hash128) throws(Failure) -> Void) throws(Failure) {
        if zero.isHeld, !zero.isSeen { try body(Hash128.zero) }
        for slot in slots.indices where slots[slot] != Hash128.zero && !isSeen(slot) {
            try body(slots[slot])
        }
    }

    private func find(_ hash: Hash128) -> Int {
        var slot = Int(truncatingIfNeeded: hash.low) & mask
        while slots[slot] != hash, slots[slot] != Hash128.zero { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func place(_ hash: Hash128, at slot: Int) {
        slots[slot] = hash
        count += 1
        if count * 4 > slots.count * 3 { grow() }
    }

    private func isSeen(_ slot: Int) -> Bool {
        seen[slot >> 6] & (1 << UInt64(slot & 63)) != 0
    }

    private mutating func markSeen(_ slot: Int) {
        seen[slot >> 6] |= 1 << UInt64(slot & 63)
    }

    private mutating func grow() {
        var larger = RowHashes(capacity: slots.count * 3 / 2)
        for slot in slots.indices where slots[slot] != Hash128.zero {
            let target = larger.find(slots[slot])
            larger.slots[target] = slots[slot]
            if isSeen(slot) { larger.markSeen(target) }
        }
        larger.count = count
        larger.zero = zero
        self = larger
    }
}
