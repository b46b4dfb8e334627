import Foundation
import Model
import Testing

@testable import SampleCompany

/// What is refused, and what a second run may replace.
@Suite struct FolderTests {
    private static let one = options {
        $0.deals = 1
        $0.nights = 1
    }

    private func write(
        _ options: SampleOptions = one, into folder: String, replacing: Bool = false
    ) throws -> SampleSummary {
        try NightlyExport(Company(options), into: folder).write(replacing: replacing)
    }

    @Test func `a folder that is not empty is refused`() throws {
        try withFolder { folder in
            _ = try write(into: folder)
            let error = #expect(throws: BellwetherError.self) { try write(into: folder) }
            #expect(error?.code == .fileUnwritable)
            #expect(error?.hint?.contains("--force") == true)
        }
    }

    @Test func `replacing removes the nights of an earlier run and nothing else`() throws {
        try withFolder { folder in
            _ = try write(
                options {
                    $0.deals = 1
                    $0.nights = 3
                }, into: folder)
            try "kept".write(toFile: folder + "/notes.txt", atomically: true, encoding: .utf8)
            let summary = try write(into: folder, replacing: true)
            #expect(summary.nights == [Frame.present])
            let contents = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(contents == ["2026-12-07", "notes.txt"])
        }
    }

    @Test func `a night with a file of someone else is not replaced`() throws {
        try withFolder { folder in
            _ = try write(into: folder)
            let foreign = folder + "/2026-12-07/orders.csv"
            try "id\n".write(toFile: foreign, atomically: true, encoding: .utf8)
            let error = #expect(throws: BellwetherError.self) { try write(into: folder, replacing: true) }
            #expect(error?.code == .fileUnwritable)
            #expect(error?.message.contains("orders.csv") == true)
            #expect(FileManager.default.fileExists(atPath: foreign))
        }
    }

    @Test func `a file in the place of the folder is an error that names it`() throws {
        try withFolder { folder in
            try "".write(toFile: folder, atomically: true, encoding: .utf8)
            let error = #expect(throws: BellwetherError.self) { try write(into: folder) }
            #expect(error?.code == .fileUnwritable)
            #expect(error?.place?.file == folder)
        }
    }

    @Test func `a full disk is an error`() throws {
        // A device that takes no byte; only Linux has it.
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        var sink = try FileSink("/dev/full", header: ["id"])
        let error = #expect(throws: BellwetherError.self) { try sink.close() }
        #expect(error?.code == .fileUnwritable)
        #expect(error?.place?.file == "/dev/full")
    }

    @Test func `the summary counts what was written`() throws {
        try withFolder { folder in
            let summary = try write(into: folder)
            var rows = 0
            var bytes = 0
            for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/2026-12-07") {
                let text = try String(contentsOfFile: "\(folder)/2026-12-07/\(name)", encoding: .utf8)
                bytes += text.utf8.count
                // No cell of these has a line feed.
                rows += text.split(separator: "\n").count - 1
            }
            #expect(summary.rows == rows)
            #expect(summary.bytes == bytes)
            #expect(summary.missingNights.isEmpty)
        }
    }

    @Test(arguments: [
        ("people", options { $0.people = 5 }), ("people", options { $0.people = 10_001 }),
        ("deals", options { $0.deals = 0 }), ("nights", options { $0.nights = 0 }),
        ("nights", options { $0.nights = 1100 }), ("fact", options { $0.without = ["slips"] }),
    ])
    func `options that cannot be met are refused`(what: String, options: SampleOptions) {
        let error = #expect(throws: BellwetherError.self) { try Company(options) }
        #expect(error?.code == .badOption)
        #expect(error?.message.contains(what) == true)
        #expect(error?.hint?.isEmpty == false)
    }

    @Test func `a name that is almost a fact's is answered with the fact's`() {
        let error = #expect(throws: BellwetherError.self) {
            try Company(options { $0.without = ["orbit"] })
        }
        #expect(error?.hint == "Perhaps you meant orbis.")
    }

    @Test(arguments: [Frame.historyStart - 1, Frame.end])
    func `a day outside the story is refused`(day: Day) {
        let error = #expect(throws: BellwetherError.self) { try Company(options { $0.until = day }) }
        #expect(error?.code == .badDay)
    }
}
