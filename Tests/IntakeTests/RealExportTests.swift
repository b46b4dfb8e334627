import Foundation
import Model
import Testing

@testable import Intake

/// The folder of public exports beside the package, or where `BELLWETHER_EXPORTS` says; nil without.
private let exports: String? = {
    let environment = ProcessInfo.processInfo.environment
    let beside = packageRoot.deletingLastPathComponent().appending(path: "shared/data").path
    let path = environment["BELLWETHER_EXPORTS"] ?? beside
    return FileManager.default.fileExists(atPath: path + "/maven-crm") ? path : nil
}()

private let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] == "true"

@Suite(
    "Real exports",
    .enabled(
        if: exports != nil || isContinuousIntegration,
        "the public exports are not in ../shared/data: set BELLWETHER_EXPORTS to their folder"))
struct RealExportTests {
    struct Export: Decodable {
        let mapping: String
        let entities: [String: Summary]
    }

    struct Summary: Decodable, Equatable {
        let records: Int
        let values: [String: Int]
        let amount: String
        let hash: String
    }

    /// The summary that `read_real_exports.py` makes of the same files by its own reading.
    private func summary(_ records: [Collector.Record], of schema: EntitySchema) throws -> Summary {
        var values: [String: Int] = [:]
        var amount = Amount.zero
        var lines: [[UInt8]] = []
        for record in records {
            for (column, value) in zip(schema.columns, record.values) where value != nil {
                values[column.name, default: 0] += 1
                if column.name == "amount" { amount += try #require(Amount(value ?? "")) }
            }
            let cells = [record.id] + record.values.map { $0 ?? "\\N" }
            lines.append(Array((cells.joined(separator: "\t") + "\n").utf8))
        }
        lines.sort { $0.lexicographicallyPrecedes($1) }
        let hash = Array(lines.joined()).withUnsafeBytes { Hash128(of: $0) }
        return Summary(
            records: records.count, values: values, amount: "\(amount)",
            hash: "\(hash)".replacing("-", with: ""))
    }

    @Test(arguments: ["maven-crm", "salesforce-dtc", "fivetran-salesforce", "fivetran-hubspot"])
    func `give record for record what Python reads`(name: String) throws {
        let folder = try #require(exports, "CI must have the public exports") + "/" + name
        let expected = try #require(try fixture("real_exports.json", as: [String: Export].self)[name])
        let mapping = try ShippedMappingTests.mapping(expected.mapping + ".yml")
        let found = try mapping.resolve(in: folder)
        for (entity, summary) in expected.entities {
            let files = try #require(found.entities.first { $0.entity.name == entity })
            #expect(files.isComplete)
            var sink = Collector()
            let reader = EntityReader(mapping: mapping, files: files)
            let report = try reader.read(into: &sink)
            #expect(sink.rejects.isEmpty, "\(entity)")
            #expect(report.rowsBlank == 0)
            #expect(try self.summary(sink.records, of: files.entity.schema) == summary, "\(name) \(entity)")
            // The same export again: nothing is new.
            var again = Collector(known: Set(sink.records.map(\.hash)))
            #expect(try reader.read(into: &again).rowsAccepted == 0)
        }
    }
}
