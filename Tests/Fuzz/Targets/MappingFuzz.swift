import Foundation
import Model

@testable import Intake

/// Reads any text as a mapping, and with a mapping that is one a small export.
public struct MappingFuzz: Sendable {
    private let folder: String

    /// A reader whose export lies in a folder of its own.
    ///
    /// - Throws: When the folder cannot be written.
    public init(folder: String) throws {
        self.folder = folder
        let text = "id,name,amount,close_date,note\n1,a,1.5,2026-03-31,x\n2,,,,\n1,b,-,31.3.2026,y\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/deals.csv"))
    }

    /// Parses the input, and reads with it.
    ///
    /// - Returns: What was wrong, nil when nothing was. A mapping that is refused with a code of its own is right.
    public func complaint(about input: [UInt8]) -> String? {
        // A file that is not UTF-8 is refused before it gets here.
        guard let text = String(validating: input, as: UTF8.self) else { return nil }
        do {
            let mapping = try Mapping.parse(text: text, file: "fuzz.yml", schemas: [FuzzSchema.deal])
            if mapping.name.isEmpty || mapping.source.isEmpty { return "a mapping without a name" }
            return read(mapping)
        } catch {
            if error.place?.line.map({ $0 < 1 }) == true { return "a line before the first" }
            let codes: [ErrorCode] = [.mappingSyntax, .mappingUnknownName, .mappingBadValue]
            return codes.contains(error.code) ? nil : "refused with \(error.code)"
        }
    }

    private func read(_ mapping: Mapping) -> String? {
        do {
            for files in try mapping.resolve(in: folder).entities where files.isComplete {
                var sink = FuzzReading()
                _ = try EntityReader(mapping: mapping, files: files).read(into: &sink)
                if let fault = sink.fault { return fault }
            }
            return nil
        } catch is BellwetherError {
            return nil
        } catch {
            return "\(error)"
        }
    }
}
