import Model
import Testing

@testable import Intake

@Suite("Hash128")
struct HashTests {
    struct Vector: Decodable {
        let data: String
        let seed: String
        let hash: String
    }

    private func vectors() throws -> [(data: [UInt8], seed: Hash128, hash: Hash128)] {
        try fixture("murmur3.json", as: [Vector].self).map { vector in
            (
                bytes(hex: vector.data), try #require(Hash128(vector.seed)),
                try #require(Hash128(vector.hash))
            )
        }
    }

    @Test func `is MurmurHash3_x64_128 as Python computes it`() throws {
        for (data, seed, hash) in try vectors() {
            #expect(data.withUnsafeBytes { Hash128(of: $0, seed: seed) } == hash, "\(data.count) bytes")
        }
    }

    @Test func `of a stream does not depend on where it is cut`() throws {
        var random = Seeded(7)
        for (data, seed, hash) in try vectors() {
            for _ in 0..<20 {
                var hasher = StreamHasher(seed: seed)
                var rest = data[...]
                while !rest.isEmpty {
                    let piece = rest.prefix(Int.random(in: 0...40, using: &random))
                    piece.withUnsafeBytes { hasher.update($0) }
                    rest = rest.dropFirst(piece.count)
                }
                #expect(hasher.finished() == hash, "\(data.count) bytes")
            }
        }
    }

    @Test func `reads and writes PostgreSQL's form of a uuid`() throws {
        // The reference's hash of "hello" from seed 0.
        let hash = Hash128(of: "hello")
        #expect(hash.description == "cbd8a7b3-41bd-9b02-5b1e-906a48ae1d19")
        #expect(Hash128(hash.description) == hash)
        #expect(hash.bytes.first == 0xcb)
        #expect(hash.bytes.last == 0x19)
        #expect(hash.bytes.count == 16)
        #expect(Hash128("cbd8a7b3-41bd-9b02-5b1e-906a48ae1d1") == nil)
        #expect(Hash128("cbd8a7b3-41bd-9b02-5b1e-906a48ae1d1g") == nil)
    }
}
