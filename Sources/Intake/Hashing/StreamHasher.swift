/// Hashes bytes that come in pieces; the result does not depend on where they were cut.
struct StreamHasher {
    private var state: Murmur3State
    /// The bytes behind the last whole block, at most fifteen between two calls.
    private var pending: [UInt8] = []
    private var count = 0

    init(seed: Hash128 = .zero) {
        state = Murmur3State(seed: seed)
        pending.reserveCapacity(16)
    }

    /// Takes in the next bytes.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count += bytes.count
        var rest = bytes[...]
        if !pending.isEmpty {
            let wanted = min(16 - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(wanted))
            rest = rest.dropFirst(wanted)
            guard pending.count == 16 else { return }
            _ = pending.withUnsafeBytes { state.mixBlocks($0) }
            pending.removeAll(keepingCapacity: true)
        }
        let taken = state.mixBlocks(UnsafeRawBufferPointer(rebasing: rest))
        pending.append(contentsOf: rest.dropFirst(taken))
    }

    /// The hash of everything taken in so far.
    func finished() -> Hash128 {
        pending.withUnsafeBytes { state.finished(tail: $0, count: count) }
    }
}
