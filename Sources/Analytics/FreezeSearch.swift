import Model

/// Finds the load that first covered the day on which a period is frozen.
///
/// What was known at a load never changes: a late, a corrected or an undone snapshot is a load of its own. So the first
/// load that covered a day is the same whenever it is looked for, and need not be kept anywhere.
public struct FreezeSearch: Sendable {
    private let records: CoverageRecords

    /// A search in some records.
    public init(_ records: CoverageRecords) {
        self.records = records
    }

    /// Where a period is frozen, as known at a load; nil while it is not.
    ///
    /// At a load every source is asked that knew of the freeze day then, and has told anything of the period: its past
    /// from a CRM's own history covers the day itself, else its first snapshot on or after it does. The day that is read
    /// is the latest of theirs. A source that fell silent before the period began is not waited for.
    public func point(of period: Period, knownAt load: Int) -> FreezePoint? {
        let candidates = Set(
            records.snapshots.flatMap { [$0.load, $0.undoneIn].compactMap(\.self) }
                + records.pasts.map(\.load) + records.rules.map(\.load))
        for candidate in candidates.sorted() where candidate <= load {
            guard let freezeDay = records.rules.last(where: { $0.load <= candidate })?.freezeDay,
                isReached(freezeDay, at: candidate),
                let day = coveredDay(from: freezeDay, of: period, at: candidate)
            else { continue }
            return FreezePoint(freezeDay: freezeDay, day: day, load: candidate)
        }
        return nil
    }

    /// Whether anything at all was told of a day by then: most loads are of earlier ones.
    private func isReached(_ freezeDay: Day, at load: Int) -> Bool {
        records.snapshots.contains { $0.load <= load && $0.day >= freezeDay }
            || records.pasts.contains { $0.load <= load && $0.days?.contains(freezeDay) ?? false }
    }

    private func coveredDay(from freezeDay: Day, of period: Period, at load: Int) -> Day? {
        var pasts: [String: CoverageRecords.Past] = [:]
        for past in records.pasts where past.load <= load && (pasts[past.source]?.load ?? -1) < past.load {
            pasts[past.source] = past
        }
        var live: [String: [Day]] = [:]
        for snapshot in records.snapshots
        where snapshot.load <= load && !(snapshot.undoneIn.map { $0 <= load } ?? false) {
            live[snapshot.source, default: []].append(snapshot.day)
        }
        var covered: Day?
        for source in Set(live.keys).union(pasts.keys) {
            let days = live[source] ?? []
            let past = pasts[source]?.days
            guard let first = (days + [past?.lowerBound].compactMap(\.self)).min(), first <= freezeDay else {
                continue
            }
            guard past?.contains(freezeDay) != true else {
                covered = max(covered ?? freezeDay, freezeDay)
                continue
            }
            if let next = days.filter({ $0 >= freezeDay }).min() {
                covered = max(covered ?? next, next)
            } else if let newest = days.max(), newest >= period.start {
                return nil
            }
        }
        return covered
    }
}
