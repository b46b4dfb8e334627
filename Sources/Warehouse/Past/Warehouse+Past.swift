import Intake
import Model
import Postgres

extension Warehouse {
    /// Takes the past of a source away where a snapshot of its deals is about to enter the history on a day that the
    /// past may meet: it ends before the first full snapshot, which may become another now.
    func withdrawPast(of source: String, before day: Day, in load: Int) throws(BellwetherError) {
        guard let last = try lastPast(of: source), let until = last.untilDay, day <= until else { return }
        try execute(PastStatements.withdraw, [.text(source, type: .text), .int(load, type: .int4)])
    }

    /// Notes from when on the mapping trusts the history that this load brought.
    func noteHistoryStart(_ request: LoadRequest, _ load: Int) throws(BellwetherError) {
        guard let day = request.mapping.historyStart else { return }
        try execute(
            "insert into bellwether_store.history_start (load, source, trusted_from) values ($1, $2, $3)",
            [.int(load, type: .int4), .text(request.mapping.source), .date(day)])
    }

    /// What a load or an undo has just done, as far as the past may depend on it.
    struct Changed {
        /// The source of its snapshots.
        var source: String
        var day: Day
        /// The entities whose snapshot is another now.
        var entities: Set<String>
    }

    /// Makes the past anew where it depends on what has changed, and tells what came of it.
    func refreshPast(after changed: [Changed], in load: Int) throws -> [PastReport] {
        var reports: [PastReport] = []
        for source in try sourcesToLookAt(changed) {
            let frame = try frame(of: source)
            let last = try lastPast(of: source)
            guard last != frame || isMet(source, changed, frame) else { continue }
            reports.append(try PastMaker(warehouse: self, source: source, load: load).make(frame))
        }
        return reports
    }

    /// The sources with a history; a company's time zone counts for sources without a company of their own too.
    private func sourcesToLookAt(_ changed: [Changed]) throws(BellwetherError) -> [String] {
        let known = try rows("select distinct source from bellwether_store.history_derivation") {
            row throws(DatabaseError) in try row.decode("source", as: String.self)
        }
        let told = changed.filter { $0.entities.contains("field_change") }.map(\.source)
        let isForAll = changed.contains { $0.entities.contains("company") }
        let here = known.filter { source in isForAll || changed.contains { $0.source == source } }
        return Set(here + told).sorted()
    }

    /// Whether the changes themselves, the first snapshot or one that is compared may be another.
    private func isMet(_ source: String, _ changed: [Changed], _ frame: PastMaker.Frame) -> Bool {
        changed.contains { change in
            guard change.source == source else { return false }
            if change.entities.contains("field_change") { return true }
            guard change.entities.contains(PastColumns.entity) else { return false }
            return [frame.untilDay, frame.toldDay].contains { $0.map { change.day <= $0 } ?? false }
        }
    }

    /// On what the past depended when it was made last; nil when it never was.
    private func lastPast(of source: String) throws(BellwetherError) -> PastMaker.Frame? {
        try rows(
            """
            select until_day, told_day, trusted_from, time_zone_stated
            from bellwether_store.history_derivation
            where source = $1
            order by load desc
            limit 1
            """, [.text(source)], readFrame
        ).first
    }

    /// On what the past depends now.
    private func frame(of source: String) throws(BellwetherError) -> PastMaker.Frame {
        try rows(
            """
            select
                (
                    select min(first.day)
                    from bellwether.live_snapshot as first
                    where first.source = $1 and first.entity = '\(PastColumns.entity)' and first.kind = 'full'
                ) as until_day,
                (
                    select max(told.day)
                    from bellwether.live_snapshot as told
                    where told.source = $1 and told.entity = 'field_change'
                ) as told_day,
                (
                    select history_start.trusted_from
                    from (
                        select told.content_load
                        from bellwether.live_snapshot as told
                        where told.source = $1 and told.entity = 'field_change'
                        order by told.day desc
                        limit 1
                    ) as newest
                    inner join bellwether_store.history_start
                        on history_start.source = $1 and history_start.load = newest.content_load
                ) as trusted_from,
                (
                    select company.time_zone
                    from bellwether_store.company
                    where company.superseded_in is null and company.valid_to = 'infinity'
                        and company.time_zone is not null
                    order by company.source = $1 desc, company.source, company.id
                    limit 1
                ) as time_zone_stated
            """, [.text(source)], readFrame
        ).first ?? PastMaker.Frame()
    }

    private var readFrame: (Row) throws(DatabaseError) -> PastMaker.Frame {
        { row throws(DatabaseError) in
            PastMaker.Frame(
                untilDay: try row.decode("until_day"), toldDay: try row.decode("told_day"),
                trustedFrom: try row.decode("trusted_from"),
                statedZone: try row.decode("time_zone_stated"))
        }
    }
}
