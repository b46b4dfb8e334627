import Model
import Testing

@testable import Intake

@Suite("Damaged files")
struct FuzzTests {
    private static let seeds: [UInt64] = [1, 2, 3, 4]

    private let whole: [UInt8] =
        Array(
            #"""
            id,name,amount,close_date,is_won,seen_at,note
            1,"Zoë, ""Z""",1250.50,2026-03-31,true,2026-03-31T10:00:00Z,x
            2,plain,-1,2026-04-01,false,,"two
            lines"
            3,,,,,,

            4,"€",1e3,2026-04-30 10:00,0,2026-01-01,x
            """#.utf8) + [13, 10]

    private let text = dealMapping(
        "id: id, name: \"{name?} {note?}\", amount: amount, close_date: close_date, is_won: is_won, seen_at: seen_at",
        "keep: [note]\nwhere: {column: name, is_not: skip}")

    /// Changes a few bytes: swaps, drops, doubles or puts in what hurts.
    private func damaged(using random: inout Seeded) -> [UInt8] {
        let nasty: [UInt8] = [0, 9, 10, 13, 34, 44, 59, 0x80, 0xC3, 0xE2, 0xED, 0xF4, 0xFF, 48, 45, 101]
        var bytes = whole
        for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[at] = nasty.randomElement(using: &random) ?? 0
            case 1: bytes.insert(nasty.randomElement(using: &random) ?? 0, at: at)
            case 2: bytes.remove(at: at)
            case 3: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 4: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 9)], at: at)
            }
        }
        return bytes
    }

    @Test(arguments: seeds)
    func `give records, rejects or a refusal, the same whatever the block size`(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let mapping = try Mapping.parse(text: text, file: "m", schemas: [deal])
        var random = Seeded(seed)
        var refusals = 0
        for round in 0..<700 {
            let bytes = damaged(using: &random)
            try folder.write(bytes, to: "deals.csv")
            var results: [(Collector, ErrorCode?)] = []
            for blockSize in [Int.random(in: 1...40, using: &random), 1 << 16] {
                var sink = Collector()
                let error = failure {
                    let report = try read(
                        mapping, in: folder, into: &sink, limit: 1 << 12, blockSize: blockSize)
                    let counted =
                        report.rowsAccepted + report.rowsRejected + report.rowsFiltered + report.rowsBlank
                    #expect(counted == report.rowsRead)
                    #expect(report.files[0].hash == bytes.withUnsafeBytes { Hash128(of: $0) })
                }
                results.append((sink, error?.code))
            }
            #expect(results[0].0.records == results[1].0.records, "seed \(seed), round \(round)")
            #expect(results[0].0.rejects == results[1].0.rejects, "seed \(seed), round \(round)")
            #expect(results[0].1 == results[1].1, "seed \(seed), round \(round)")
            for record in results[0].0.records {
                for (column, text) in zip(deal.columns, record.values) {
                    guard let text else { continue }
                    #expect(isCanonical(text, column.type), "seed \(seed), round \(round): \(text)")
                }
            }
            if results[0].1 != nil { refusals += 1 }
        }
        // Most damage hurts a row; some hurts the file.
        #expect((1..<600).contains(refusals))
    }

    private func isCanonical(_ text: String, _ type: ColumnType) -> Bool {
        guard !text.contains("\0"), !text.contains("\u{FFFD}") else { return false }
        switch type {
        case .amount: return Amount(text).map { "\($0)" } == text
        case .date: return Day(text).map { "\($0)" } == text
        case .boolean: return text == "t" || text == "f"
        case .integer: return Int32(text).map { "\($0)" } == text
        case .timestamp: return Day(String(text.prefix(10))) != nil
        case .text: return true
        }
    }
}
