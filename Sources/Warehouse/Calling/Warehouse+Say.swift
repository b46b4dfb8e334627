import Intake
import Model
import Postgres

extension Warehouse {
    /// The source of what is said by command.
    static let callSource = "bellwether"

    /// Publishes a record as the newest of its day: a load of its own, whose snapshot says all that was said by command
    /// on that day.
    ///
    /// - Parameters:
    ///   - waiting: Is called once when another load must end first.
    ///   - make: Makes the record while nobody else can load, or says why it cannot be said.
    /// - Returns: The load's number.
    /// - Throws: `BW208` when another load runs and the recorder does not wait, what `make` throws, and `BW124` when a
    ///   day's calls fill a mapping.
    public func say(
        at instant: CallInstant, by recorder: CallRecorder, waiting: () -> Void = {},
        make: () throws(BellwetherError) -> SaidRecord
    ) throws(BellwetherError) -> Int {
        try withLoadLock(waits: recorder.waits, waiting: waiting) { () throws(BellwetherError) in
            try requireSchema()
            let record = try make()
            try set("bellwether.as_known", to: "")
            let said = SaidMapping(
                source: Self.callSource, entity: record.entity,
                records: try saidRecords(of: record.entity, on: instant.day) + [record])
            let report = try load(
                LoadRequest(
                    mapping: try mapping(of: said), folder: "",
                    day: instant.day, replace: true, dryRun: false, accepted: [], waits: false,
                    command: recorder.command, loadedBy: recorder.loadedBy,
                    programVersion: recorder.programVersion))
            guard case .published(let load) = report.outcome else {
                throw BellwetherError(.bug, "a call was not published", detail: "\(report.outcome)")
            }
            return load
        }
    }

    private func mapping(of said: SaidMapping) throws(BellwetherError) -> Mapping {
        do throws(BellwetherError) {
            return try said.mapping(among: EntityCatalog.all)
        } catch {
            guard error.code == .mappingTooLarge else { throw error }
            throw BellwetherError(
                .mappingTooLarge, "what was said that day fills the 1 MiB that one day of commands has",
                hint: "Load calls of thousands as a list: bellwether mapping show weekly-calls")
        }
    }

    /// What was said by command on a day and counts.
    private func saidRecords(of entity: String, on day: Day) throws(BellwetherError) -> [SaidRecord] {
        let columns = EntityCatalog.entity(named: entity)?.columns ?? []
        var texts: [String] = []
        for column in columns {
            do throws(DatabaseError) {
                let name = try quoteIdentifier(column.name)
                let text =
                    column.type == .timestamp
                    ? "to_char(\(name) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                    : "\(name)::text"
                texts.append("\(text) as \(name)")
            } catch {
                throw BellwetherError(error)
            }
        }
        // Each record has a key of its own, and is not said again on another day.
        return try rows(
            """
            select id, \(texts.joined(separator: ", "))
            from bellwether.\(entity)_history
            where source = $1 and valid_from = $2 and valid_to = 'infinity'
            order by id
            """, [.text(Self.callSource), .date(day)]
        ) { row throws(DatabaseError) in
            var values: [String: String] = [:]
            for column in columns { values[column.name] = try row.decode(column.name, as: String?.self) }
            return SaidRecord(entity: entity, id: try row.decode("id"), values: values)
        }
    }

    /// The moment that somebody means: a time such as `2026-12-07T09:30`, in the company's time zone where it names
    /// none; nil is now.
    ///
    /// - Throws: `BW506` for what is no time.
    public func callInstant(_ text: String?, now: String) throws(BellwetherError) -> CallInstant {
        let form = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:?\d\d)?)?/
        let zone = /.*:[0-9.]+(Z|[+-][0-9:]+)/
        let said = text ?? now
        let instant =
            said.wholeMatch(of: zone) != nil
            ? "$1::timestamptz" : "$1::timestamp at time zone bellwether.company_time_zone()"
        guard said.wholeMatch(of: form) != nil else { throw Self.noTime(said) }
        let found: CallInstant?
        do throws(DatabaseError) {
            found = try connection.queryOne(
                """
                select
                    to_char(said.instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as text,
                    to_char(said.instant at time zone bellwether.company_time_zone(), 'YYYY-MM-DD HH24:MI') as time,
                    (said.instant at time zone bellwether.company_time_zone())::date as day,
                    said.instant > $2::timestamptz
                        and (said.instant at time zone bellwether.company_time_zone())::date
                            > coalesce((select max(day) from bellwether.live_snapshot), '-infinity') as is_future
                from (select \(instant) as instant) as said
                """, [.text(said, type: .text), .text(now)]
            )?.callInstant()
        } catch {
            if ["22007", "22008"].contains(error.sqlState) { throw Self.noTime(said) }
            throw BellwetherError(error)
        }
        guard let found else { throw BellwetherError(.bug, "a time gave no row") }
        return found
    }

    private static func noTime(_ text: String) -> BellwetherError {
        BellwetherError(
            .badOption, "“\(text)” is no time",
            hint:
                "Write 2026-12-07T09:30, in the company's time zone unless it ends with one, such as Z or +01:00."
        )
    }

    /// Whether a call of any source speaks of the same node, period and category at the same instant.
    public func hasCall(
        on node: CallNode, period: Period, category: CallCategory, businessLine: String?, measure: String,
        at instant: CallInstant
    ) throws(BellwetherError) -> Bool {
        let (kind, key) = node.columns
        return try single(
            """
            select exists (
                select
                from bellwether.call_history
                where upper(period collate "C") = any ($1::text[]) and category = $2 and submitted_at = $3::timestamptz
                    and node_kind = $4
                    and ($5::text is null or (coalesce(node_source, source) = $5 and node_id = $6))
                    and business_line is not distinct from $7
                    and coalesce(measure, 'bookings') = $8
            ) as value
            """,
            [
                .array(try spellings(of: period)), .text(category.rawValue), .text(instant.text), .text(kind),
                key.map { .text($0.source, type: .text) }, key.map { .text($0.id, type: .text) },
                businessLine.map { .text($0, type: .text) }, .text(measure),
            ], as: Bool.self)
    }

    /// Whether a call of the same kind speaks of a deal at the same instant.
    public func hasDealCall(on deal: RecordID, at instant: CallInstant) throws(BellwetherError) -> Bool {
        try single(
            """
            select exists (
                select
                from bellwether.deal_call_history
                where coalesce(opportunity_source, source) = $1 and opportunity_id = $2
                    and submitted_at = $3::timestamptz
            ) as value
            """, [.text(deal.source), .text(deal.id), .text(instant.text)], as: Bool.self)
    }

    /// Whether sums in a currency convert to the company's as of the point read.
    public func converts(_ currency: String, to company: String) throws(BellwetherError) -> Bool {
        if currency == company { return true }
        return try single(
            """
            select exists (
                select
                from bellwether.plan_rate
                where from_currency = $1 and to_currency = $2
                    and (select bellwether.as_of()) between start_date and end_date
            ) as value
            """, [.text(currency), .text(company)], as: Bool.self)
    }
}

extension Row {
    fileprivate func callInstant() throws(DatabaseError) -> CallInstant {
        CallInstant(
            text: try decode("text"), time: try decode("time"), day: try decode("day"),
            isFuture: try decode("is_future"))
    }
}

extension CallNode {
    /// The node as a call's columns have it.
    public var columns: (kind: String, id: RecordID?) {
        switch self {
        case .company: ("company", nil)
        case .team(let id): ("team", id)
        case .person(let id): ("person", id)
        }
    }
}
