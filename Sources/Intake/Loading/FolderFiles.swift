import Foundation
import Model

/// The files of one entity in a folder.
public struct EntityFiles: Sendable {
    /// One file of an input.
    struct File: Sendable {
        let path: String
        let name: String
        let bytes: Int
    }

    /// The entity.
    public let entity: EntityMapping
    /// One list an input of the entity, in order; empty for inputs without files.
    let files: [[File]]
    /// The patterns of inputs that no file matches. The inputs of an entity are one snapshot, so one
    /// missing input makes a gap of it, never a smaller snapshot.
    public let missing: [String]

    /// Whether the folder has none of its files, and need not have any.
    public var isLeftOut: Bool { entity.isOptional && files.allSatisfy(\.isEmpty) }

    /// Whether no input lacks its file: whether there is a snapshot to read.
    public var isComplete: Bool { missing.isEmpty }

    /// The names of its files, each once, in the order of reading.
    public var names: [String] {
        var names: [String] = []
        for file in files.joined() where !names.contains(file.name) { names.append(file.name) }
        return names
    }

    /// The bytes that will be read.
    public var totalBytes: Int { files.joined().reduce(0) { $0 + $1.bytes } }
}

/// What a mapping finds in a folder.
public struct FolderFiles: Sendable {
    /// One for each entity of the mapping, in its order.
    public let entities: [EntityFiles]
    /// The files of the folder that no entity reads, sorted.
    public let unmapped: [String]
}

extension Mapping {
    /// Finds the files of each entity in a folder; files in folders within it are not looked at. A mapping that holds
    /// all of its records itself needs no folder.
    ///
    /// - Throws: BW101 when the folder cannot be read, BW109 when no file of it belongs to an entity.
    public func resolve(in folder: String) throws(BellwetherError) -> FolderFiles {
        if entities.allSatisfy(\.isConstant) { return try resolve(paths: [], within: folder) }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw BellwetherError(
                .fileUnreadable, "cannot read the folder", detail: error.localizedDescription,
                hint: "give the folder that holds one day's exports", place: Place(file: folder))
        }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        return try resolve(paths: names.filter { !$0.hasPrefix(".") }.map { prefix + $0 }, within: folder)
    }

    /// Finds the files of one entity in a folder, perhaps none; nil for no folder.
    public func files(of entity: EntityMapping, in folder: String?) -> EntityFiles {
        let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        let paths = names.filter { !$0.hasPrefix(".") }.map { (folder ?? "") + "/" + $0 }
        return EntityFiles(entity: entity, among: Self.regularFiles(paths))
    }

    /// Finds the entities that read some files.
    ///
    /// - Throws: BW109 when none of them belongs to an entity.
    public func resolve(paths: [String], within folder: String) throws(BellwetherError) -> FolderFiles {
        let files = Self.regularFiles(paths)
        let entities = entities.map { EntityFiles(entity: $0, among: files) }
        let used = Set(entities.flatMap(\.names))
        let patterns = entities.filter { !$0.entity.isOptional }.flatMap(\.entity.patterns)
        guard !used.isEmpty || entities.allSatisfy(\.entity.patterns.isEmpty) else {
            throw BellwetherError(
                .noFiles, "no file here belongs to the mapping \(name)",
                detail: files.isEmpty ? "the folder has no files" : nil,
                hint: "it reads "
                    + patterns.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
                    .joined(separator: ", "),
                place: Place(file: folder))
        }
        return FolderFiles(entities: entities, unmapped: files.map(\.name).filter { !used.contains($0) })
    }

    /// Those that are no folders, by name.
    private static func regularFiles(_ paths: [String]) -> [EntityFiles.File] {
        paths.compactMap { path -> EntityFiles.File? in
            // A link that leads nowhere stays: whoever wants to read it must hear of it.
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return nil }
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return EntityFiles.File(path: path, name: name, bytes: Int(status.st_size))
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

extension EntityFiles {
    fileprivate init(entity: EntityMapping, among all: [File]) {
        let files = entity.inputs.map { input in
            for pattern in input.patterns {
                let matching = all.filter { matches($0.name, pattern: pattern) }
                if !matching.isEmpty { return matching }
            }
            return []
        }
        // A delta speaks of what it names alone, so that one of several inputs may be silent.
        let maySkip = entity.kind == .delta && files.contains { !$0.isEmpty }
        missing = zip(entity.inputs, files).compactMap { input, files in
            guard files.isEmpty, !input.patterns.isEmpty, !(maySkip && input.isOptional) else { return nil }
            return input.patterns.joined(separator: " or ")
        }
        self.files = files
        self.entity = entity
    }
}

/// Whether a name matches a pattern in which `*` stands for any characters and `?` for one.
func matches(_ name: String, pattern: String) -> Bool {
    let name = Array(name.unicodeScalars)
    let pattern = Array(pattern.unicodeScalars)
    var (at, inPattern) = (0, 0)
    /// Where to go on when the characters behind the last star do not match.
    var star: (pattern: Int, name: Int)?
    while at < name.count {
        if inPattern < pattern.count, pattern[inPattern] == "*" {
            star = (inPattern, at)
            inPattern += 1
        } else if inPattern < pattern.count, pattern[inPattern] == "?" || pattern[inPattern] == name[at] {
            at += 1
            inPattern += 1
        } else if let last = star {
            star = (last.pattern, last.name + 1)
            at = last.name + 1
            inPattern = last.pattern + 1
        } else {
            return false
        }
    }
    return pattern[inPattern...].allSatisfy { $0 == "*" }
}
