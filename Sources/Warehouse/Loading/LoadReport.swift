import Model

/// What a load found and did.
public struct LoadReport: Sendable {
    /// How it ended.
    public enum Outcome: Sendable, Hashable {
        /// Published as that load.
        case published(Int)
        /// Every snapshot of the folder is live already: nothing was done.
        case alreadyLoaded
        /// Everything was done but publishing.
        case dryRun
    }

    /// How it ended.
    public var outcome: Outcome
    /// The mapping's name.
    public var mapping: String
    /// The day.
    public var day: Day
    /// The entities that the folder holds, in the order in which they were loaded.
    public var entities: [EntityReport]
    /// Entities of the mapping without a file: a gap for each of them.
    public var absentEntities: [String]
    /// Files of the folder that the mapping does not name.
    public var unmappedFiles: [String]
    /// Among what this load changed: how many records need a look, by entity and code; nil when so much changed
    /// that it was not counted.
    public var findings: [FindingCount]?
    /// The pasts that were made from a CRM's own history, or compared with it anew.
    public var pasts: [PastReport] = []
    /// Bytes read.
    public var bytes: Int
    /// Under which number of an attempt a dry run put on record what it set aside; nil without.
    public var attempt: Int?
    /// What the guards found, accepted or not.
    public var trips: [GuardTrip] = []
    /// Why it is held, where it is a dry run of a load that would be.
    public var held: BellwetherError?
}

extension LoadReport {
    /// Rows set aside, over all entities.
    public var rejected: Int { entities.reduce(0) { $0 + $1.rejected } }

    /// The columns of each file that no entity uses, files in the order of reading.
    public var unmappedColumns: [(file: String, columns: [String])] {
        var files: [String] = []
        for file in entities.flatMap(\.files) where !files.contains(file) { files.append(file) }
        return files.compactMap { file in
            let readers = entities.filter { $0.files.contains(file) }
            let unused = readers.dropFirst().reduce(readers.first?.unmappedColumns ?? []) { unused, entity in
                unused.filter { entity.unmappedColumns.contains($0) }
            }
            return unused.isEmpty ? nil : (file, unused)
        }
    }
}

/// What a load found and did for one entity.
public struct EntityReport: Sendable {
    /// The entity.
    public var entity: String
    /// Full or delta.
    public var kind: SnapshotKind
    /// Rows read.
    public var read = 0
    /// Rows whose key was absent before.
    public var new = 0
    /// Rows that differ from what was known.
    public var changed = 0
    /// Keys that are no longer there.
    public var gone = 0
    /// Rows set aside.
    public var rejected = 0
    /// Rows that repeat another word for word.
    public var duplicates = 0
    /// Rows that the mapping leaves out: filtered, blank, deleted, or repeats that it expects.
    public var skipped = 0
    /// Whether a full snapshot has a row whose key cannot be read, so that no absent record counts as gone.
    public var hasUnreadableKey = false
    /// Why it was not loaded, when the very same snapshot is live already.
    public var wasLive = false
    /// Its files.
    public var files: [String] = []
    /// Columns of its files that this entity does not use.
    public var unmappedColumns: [String] = []
    /// How its columns differ from those of the snapshot before, a line each.
    public var drift: [String] = []

    /// Rows that say what was known already.
    public var unchanged: Int { max(0, read - new - changed - rejected - duplicates - skipped) }
}

/// How many records need a look for one reason.
public struct FindingCount: Sendable, Hashable {
    /// The entity.
    public let entity: String
    /// The reason: `owner_unknown`, `stage_unmapped` …
    public let code: String
    /// How many records.
    public let count: Int
    /// An example of the value at fault; nil when there is none to show.
    public let example: String?
}
