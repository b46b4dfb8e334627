import Foundation
import Intake
import Model

/// A folder of exports that is named by its day.
struct NightFolder {
    let day: Day
    let path: String

    /// The folders of a folder that are named by a day, in the order of days.
    ///
    /// - Throws: `BW101` when the folder cannot be read, `BW109` when none of its folders is named by a day.
    static func all(in folder: String) throws(BellwetherError) -> [NightFolder] {
        try requireFolder(folder)
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

    /// The day by which a folder is named.
    ///
    /// - Throws: `BW504` when its name is no day, `BW101` when it is not there.
    static func day(ofFolder folder: String) throws(BellwetherError) -> Day {
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        if let day = Day(name) { return day }
        try requireFolder(folder)
        let holdsNights = (try? all(in: folder)) != nil
        throw BellwetherError(
            .badDay, "the folder's name “\(name)” is not a day",
            hint: holdsNights
                ? "It holds folders that are named by days: --from-dir \(folder) --all-missing loads them."
                : "Say which day's end the exports describe: --date YYYY-MM-DD.")
    }

    private static func requireFolder(_ folder: String) throws(BellwetherError) {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
        guard !exists || !isFolder.boolValue else { return }
        throw BellwetherError(
            .fileUnreadable, exists ? "this is a file, not a folder" : "there is no such folder",
            hint: "Give the folder that the exports are written to.", place: Place(file: folder))
    }
}

extension NightFolder {
    /// The entities whose files are there in full: those that a load of the folder would bring; nil when that cannot
    /// be told, which loading it will.
    func entities(of mapping: Mapping) -> [EntityFiles]? {
        try? mapping.resolve(in: path).entities.filter(\.isComplete)
    }
}

/// A night to load, and what of it.
struct NightPlan {
    let night: NightFolder
    /// The entities that are not loaded yet; nil for whatever the folder holds.
    let only: Set<String>?
    /// The bytes to read.
    let bytes: Int

    private init(_ night: NightFolder, only: Set<String>?, _ files: [EntityFiles]) {
        self.night = night
        self.only = only
        bytes = files.reduce(0) { $0 + $1.totalBytes }
    }

    /// All of a folder.
    init(_ night: NightFolder, _ mapping: Mapping) {
        self.init(night, only: nil, night.entities(of: mapping) ?? [])
    }

    /// What of a folder is not loaded yet; nil when all of it is.
    init?(_ night: NightFolder, _ mapping: Mapping, loaded: Set<String>) {
        guard let held = night.entities(of: mapping) else {
            self.init(night, mapping)
            return
        }
        let missing = held.filter { !loaded.contains($0.entity.name) }
        guard !missing.isEmpty else { return nil }
        self.init(night, only: Set(missing.map(\.entity.name)), missing)
    }
}
