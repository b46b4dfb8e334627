import Foundation
import Model

/// A folder of exports that is named by its day.
struct NightFolder {
    let day: Day
    let path: String

    /// The folders of a folder that are named by a day, in the order of days.
    ///
    /// - Throws: `BW101` when the folder cannot be read, `BW109` when none of its folders is named by a day.
    static func all(in folder: String) throws(BellwetherError) -> [NightFolder] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw BellwetherError(
                .fileUnreadable, "cannot read the folder", detail: error.localizedDescription,
                place: Place(file: folder))
        }
        let nights = names.compactMap { name in
            Day(name).map { NightFolder(day: $0, path: folder + "/" + name) }
        }
        guard !nights.isEmpty else {
            throw BellwetherError(
                .noFiles, "no folder here is named by a day, such as 2026-12-07",
                hint: "Give the folder that holds one folder a day.", place: Place(file: folder))
        }
        return nights.sorted { $0.day < $1.day }
    }
}
