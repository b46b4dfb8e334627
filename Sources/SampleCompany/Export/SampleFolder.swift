import Foundation
import Model

/// The folder that nights are written into.
struct SampleFolder {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Creates the folder, or makes sure that nothing in it is mixed with what will be written.
    func prepare(replacing: Bool) throws(BellwetherError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let contents = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            guard replacing || contents.isEmpty else { throw notEmpty }
            for name in contents where Day(name) != nil { try removeNight(name) }
        } catch let error as BellwetherError {
            throw error
        } catch {
            throw FileSink.unwritable(path, "\(error)")
        }
    }

    func createNight(_ night: Day) throws(BellwetherError) {
        let folder = "\(path)/\(night)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileSink.unwritable(folder, "\(error)")
        }
    }

    /// Removes the folder of a night, unless it holds a file that is none of ours.
    private func removeNight(_ name: String) throws {
        let night = "\(path)/\(name)"
        let ours = SampleFile.allCases.map(\.name)
        for file in try FileManager.default.contentsOfDirectory(atPath: night).sorted()
        where !ours.contains(file) {
            throw BellwetherError(
                .fileUnwritable, "\(night) holds \(file), which no sample has: it is not replaced",
                hint: "Choose another folder, or move that night away.", place: Place(file: night))
        }
        try FileManager.default.removeItem(atPath: night)
    }

    private var notEmpty: BellwetherError {
        BellwetherError(
            .fileUnwritable, "\(path) is not empty",
            hint: "Choose another folder, or replace the nights in it with --force.",
            place: Place(file: path))
    }
}
