import Foundation
import Postgres
import Testing

#if os(Linux)
    @Suite("Memory") struct MemoryTests {
        let connection: Connection
        init() throws { connection = try connect() }

        /// The resident memory in bytes.
        func resident() throws -> Int {
            let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .ascii).split(
                separator: " ")
            return try #require(Int(fields[1])) * sysconf(Int32(_SC_PAGESIZE))
        }

        // 200 MB pass; other tests run meanwhile and take some.
        let bound = 128 * 1024 * 1024

        @Test func `a stream of 200,000 rows needs the memory of a few`() throws {
            let before = try resident()
            var peak = 0
            var sum = 0
            let count = try connection.forEachRow(
                "select n, repeat('x', 1000) as x from generate_series(1, 200000) n"
            ) {
                sum += try $0.decode("n", as: Int.self)
                if sum % 5000 == 0 { peak = max(peak, try resident()) }
            }
            #expect(count == 200_000)
            #expect(sum == 200_000 * 200_001 / 2)
            #expect(peak - before < bound)
        }

        @Test func `a COPY of 200,000 rows out and in needs the memory of a few`() throws {
            let before = try resident()
            var (peak, bytes, chunks) = (0, 0, 0)
            try connection.copyOut(
                "copy (select repeat('x', 1000) from generate_series(1, 200000)) to stdout"
            ) {
                bytes += $0.count
                chunks += 1
                if chunks % 5000 == 0 { peak = max(peak, try resident()) }
            }
            #expect(bytes == 200_000 * 1001)
            try connection.execute("create temp table t (a text)")
            let text = String(repeating: "x", count: 1000)
            let count = try connection.copyIn("copy t from stdin") { copy in
                for row in 0..<200_000 {
                    try copy.field(text)
                    try copy.endRow()
                    if row % 5000 == 0 { peak = max(peak, try resident()) }
                }
            }
            #expect(count == 200_000)
            #expect(peak - before < bound)
        }
    }
#endif
