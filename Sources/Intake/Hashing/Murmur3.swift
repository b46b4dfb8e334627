/// MurmurHash3_x64_128 by Austin Appleby (public domain), the 128-bit variant for 64-bit machines.
/// The reference starts both state words at one 32-bit seed; here each has a start of its own.
struct Murmur3State {
    var h1: UInt64
    var h2: UInt64

    init(seed: Hash128) {
        h1 = seed.high
        h2 = seed.low
    }

    /// Takes in a whole block of sixteen bytes.
    @inline(__always)
    mutating func mix(_ first: UInt64, _ second: UInt64) {
        h1 ^= scramble1(first)
        h1 = (rotated(h1, 27) &+ h2) &* 5 &+ 0x52dc_e729
        h2 ^= scramble2(second)
        h2 = (rotated(h2, 31) &+ h1) &* 5 &+ 0x3849_5ab5
    }

    /// Takes in every whole block of `bytes` and gives the number of bytes that it took.
    mutating func mixBlocks(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let whole = bytes.count & ~15
        var state = self
        var offset = 0
        while offset < whole {
            state.mix(
                UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
                UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
            offset += 16
        }
        self = state
        return whole
    }

    /// Takes in the last zero to fifteen bytes and gives the hash of `count` bytes in all.
    func finished(tail: UnsafeRawBufferPointer, count: Int) -> Hash128 {
        var (h1, h2) = (h1, h2)
        if tail.count > 8 { h2 ^= scramble2(partialWord(tail, from: 8)) }
        if tail.count > 0 { h1 ^= scramble1(partialWord(tail, from: 0)) }
        h1 ^= UInt64(count)
        h2 ^= UInt64(count)
        h1 &+= h2
        h2 &+= h1
        h1 = avalanche(h1)
        h2 = avalanche(h2)
        h1 &+= h2
        h2 &+= h1
        return Hash128(high: h1, low: h2)
    }
}

/// The hash of bytes that lie together in memory.
func murmur3(_ bytes: UnsafeRawBufferPointer, seed: Hash128) -> Hash128 {
    var state = Murmur3State(seed: seed)
    let taken = state.mixBlocks(bytes)
    return state.finished(tail: UnsafeRawBufferPointer(rebasing: bytes[taken...]), count: bytes.count)
}

@inline(__always)
private func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    (word &<< bits) | (word &>> (64 - bits))
}

@inline(__always)
private func scramble1(_ word: UInt64) -> UInt64 {
    rotated(word &* 0x87c3_7b91_1142_53d5, 31) &* 0x4cf5_ad43_2745_937f
}

@inline(__always)
private func scramble2(_ word: UInt64) -> UInt64 {
    rotated(word &* 0x4cf5_ad43_2745_937f, 33) &* 0x87c3_7b91_1142_53d5
}

@inline(__always)
private func avalanche(_ word: UInt64) -> UInt64 {
    var word = word
    word ^= word &>> 33
    word &*= 0xff51_afd7_ed55_8ccd
    word ^= word &>> 33
    word &*= 0xc4ce_b9fe_1a85_ec53
    return word ^ (word &>> 33)
}

/// Up to eight bytes as a little-endian word, the missing ones zero.
@inline(__always)
private func partialWord(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
    var word: UInt64 = 0
    var index = min(bytes.count, start + 8)
    while index > start {
        index -= 1
        word = (word &<< 8) | UInt64(bytes[index])
    }
    return word
}
