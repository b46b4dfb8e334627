import Foundation
import Intake
import Model
import ShippedFiles
import Warehouse

/// Finds a mapping: a file, or one that ships with the program.
enum MappingSource {
    /// The mapping of a path or of a shipped name such as `generic`.
    ///
    /// - Throws: `BW120` when there is none, `BW121`–`BW124` when it has a mistake.
    static func mapping(_ name: String) throws(BellwetherError) -> Mapping {
        if let shipped = ShippedFile.files(below: folder).first(where: { $0.path == "\(folder)/\(name).yml" })
        {
            return try Mapping.parse(text: shipped.text, file: shipped.path, schemas: EntityCatalog.all)
        }
        let text: String
        do {
            text = try String(contentsOfFile: name, encoding: .utf8)
        } catch {
            if FileManager.default.fileExists(atPath: name) {
                throw BellwetherError(
                    .mappingSyntax, "the mapping cannot be read as text", detail: error.localizedDescription,
                    hint: "Give a file in UTF-8 that you may read.", place: Place(file: name))
            }
            let near = nearestNames(to: name, among: shippedNames)
            throw BellwetherError(
                .mappingNotFound, "there is no mapping “\(name)”",
                hint: near.isEmpty
                    ? "Give a file, or one of: \(shippedNames.joined(separator: ", "))."
                    : "Did you mean \(near.joined(separator: " or "))?")
        }
        return try Mapping.parse(text: text, file: name, schemas: EntityCatalog.all)
    }

    /// The names of the mappings that ship with the program.
    static var shippedNames: [String] {
        ShippedFile.files(below: folder).map { String($0.path.dropFirst(folder.count + 1).dropLast(4)) }
    }

    /// The text of a shipped mapping; nil when there is none of that name.
    static func shippedText(_ name: String) -> String? {
        ShippedFile.files(below: folder).first { $0.path == "\(folder)/\(name).yml" }?.text
    }

    private static let folder = "etl/mappings"
}
