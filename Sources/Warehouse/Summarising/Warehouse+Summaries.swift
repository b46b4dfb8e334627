import Model
import Postgres

/// What storing summaries did.
public struct SummaryReport: Sendable, Hashable {
    /// The load at which the versions were read.
    public let load: Int
    /// How many summaries were made.
    public let made: Int
    /// How many rows they have.
    public let rows: Int
    /// How many were there already and hold.
    public let kept: Int
    /// How many were deleted, which nobody is likely to ask for again.
    public let deleted: Int
    /// How many spans of deals were written.
    public let spans: Int

    /// A report of those numbers.
    public init(load: Int, made: Int, rows: Int, kept: Int, deleted: Int, spans: Int) {
        self.load = load
        self.made = made
        self.rows = rows
        self.kept = kept
        self.deleted = deleted
        self.spans = spans
    }
}

extension Warehouse {
    /// Which of some standings are summarised, by the number of the summary that holds at the point read.
    ///
    /// Source: view `bellwether.period_summary`.
    public func summaries(of keys: [StandingKey]) throws(BellwetherError) -> [StandingKey: Int] {
        guard !keys.isEmpty else { return [:] }
        let found = try rows(
            """
            select wanted.place, summary.number
            from unnest($1::date[], $2::date[], $3::date[], $4::date[])
                with ordinality as wanted (start_date, end_date, day, landed_day, place)
            inner join bellwether.period_summary as summary
                on summary.start_date = wanted.start_date
                    and summary.end_date = wanted.end_date
                    and summary.day = wanted.day
                    and summary.landed_day = wanted.landed_day
            """,
            [
                .array(keys.map(\.period.start.description)), .array(keys.map(\.period.lastDay.description)),
                .array(keys.map(\.day.description)), .array(keys.map(\.landedDay.description)),
            ]
        ) { row throws(DatabaseError) in
            (try row.decode("place", as: Int.self), try row.decode("number", as: Int.self))
        }
        return Dictionary(
            found.compactMap { place, number in
                keys.indices.contains(place - 1) ? (keys[place - 1], number) : nil
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The standings that some summaries hold, without those that hold no more.
    public func standings(_ summaries: [StandingKey: Int]) throws(BellwetherError) -> [PeriodStanding] {
        var sums: [Int: [DealHolder: StandingSums]] = [:]
        let found = try rows(Self.standingsSQL, [.array(summaries.values.map(String.init))]) {
            row throws(DatabaseError) in
            var sums = StandingSums()
            for part in StandingPart.allCases {
                sums[part] = DealSum(
                    count: try row.decode("\(part.rawValue)_deals"), amount: try row.decode(part.rawValue))
            }
            return (try row.decode("summary", as: Int.self), try row.holder(), sums)
        }
        for (number, holder, sum) in found { sums[number, default: [:]][holder] = sum }
        // One that has gone or been made anew meanwhile is none: its rows may have been read in part, or not at all.
        let still = try self.summaries(of: Array(summaries.keys))
        return summaries.compactMap { key, number in
            still[key] == number ? PeriodStanding(key: key, sums: sums[number] ?? [:]) : nil
        }
    }

    /// The SQL of `standings`: $1 the numbers of the summaries.
    public static let standingsSQL = """
        select summary, source, owner_id, is_owner_known, owner_team_id, \(columns.joined(separator: ", "))
        from bellwether.period_standing
        where summary = any ($1::bigint[])
        """

    private static let columns = StandingPart.allCases.flatMap { [$0.rawValue, "\($0.rawValue)_deals"] }

    /// Stores standings that were computed at a point, and deletes the summaries that are no longer wanted.
    ///
    /// Those of the days that are wanted stay, and those of whole weeks before a period's end or beginning: they are what
    /// questions about past days can hope for.
    ///
    /// - Parameters:
    ///   - standings: Those that were computed anew.
    ///   - wanted: The keys of all that are to be there afterwards.
    ///   - spans: How many spans of deals were written before, for the report.
    public func store(
        _ standings: [PeriodStanding], wanted: [StandingKey], spans: Int, at point: ReadPoint
    ) throws(BellwetherError) -> SummaryReport {
        try transaction {
            // One summary at a time; loads go on, since the versions are read at a load that is published.
            try execute("select pg_advisory_xact_lock(hashtextextended('bellwether summarise', 0))")
            let deleted = try delete(except: wanted, renewed: standings.map(\.key))
            var stored = 0
            for standing in standings { stored += try store(standing, at: point) }
            return SummaryReport(
                load: point.load, made: standings.count, rows: stored, kept: wanted.count - standings.count,
                deleted: deleted, spans: spans)
        }
    }

    private func delete(except wanted: [StandingKey], renewed: [StandingKey]) throws -> Int {
        let keys = { (keys: [StandingKey]) in
            Parameter.array(keys.map { "\($0.period.start) \($0.period.lastDay) \($0.day) \($0.landedDay)" })
        }
        let numbers = try rows(
            """
            select summary.number
            from bellwether_store.period_summary as summary
            cross join lateral (
                select concat_ws(' ', summary.start_date, summary.end_date, summary.day, summary.landed_day) as text
            ) as key
            where key.text = any ($2::text[])
                or (
                    key.text <> all ($1::text[])
                    and (summary.end_date - summary.day) % 7 <> 0
                    and (summary.start_date - 1 - summary.day) % 7 <> 0
                )
                or summary.definition <> (select max(checksum) from bellwether_store.view_set)
            """, [keys(wanted), keys(renewed)]
        ) { row throws(DatabaseError) in try row.decode("number", as: Int.self) }
        guard !numbers.isEmpty else { return 0 }
        let parameter = Parameter.array(numbers.map(String.init))
        for table in ["period_standing where summary", "period_summary where number"] {
            try execute("delete from bellwether_store.\(table) = any ($1::bigint[])", [parameter])
        }
        return numbers.count
    }

    private func store(_ standing: PeriodStanding, at point: ReadPoint) throws -> Int {
        let key = standing.key
        let number = try single(
            """
            insert into bellwether_store.period_summary (
                number, period, start_date, end_date, day, landed_day, load, definition, made_at
            )
            select
                coalesce(max(summary.number), 0) + 1, $1, $2, $3, $4, $5, $6,
                (select max(checksum) from bellwether_store.view_set), clock_timestamp()
            from bellwether_store.period_summary as summary
            returning number as value
            """,
            [
                .text(key.period.label, type: .text), .date(key.period.start), .date(key.period.lastDay),
                .date(key.day), .date(key.landedDay), .int(point.load, type: .int4),
            ], as: Int.self)
        let rows = Array(standing.sums)
        guard !rows.isEmpty else { return 0 }
        var parameters: [Parameter?] = [.int(number, type: .int8)]
        parameters += [
            .textArray(rows.map { $0.key.owner?.source ?? $0.key.team?.source ?? "" }),
            .textArray(rows.map { $0.key.owner?.id }),
            .textArray(rows.map { $0.key.isOwnerKnown ? "t" : "f" }),
            .textArray(rows.map { $0.key.team?.id }),
        ]
        for part in StandingPart.allCases {
            parameters.append(.textArray(rows.map { $0.value[part].amount.description }))
            parameters.append(.textArray(rows.map { String($0.value[part].count) }))
        }
        try execute(Self.insertSQL, parameters)
        return rows.count
    }

    /// $1 the summary; one array a column after it.
    private static let insertSQL: String = {
        let types =
            ["text", "text", "boolean", "text"]
            + columns.map { $0.hasSuffix("_deals") ? "bigint" : "numeric" }
        let arrays = types.enumerated().map { "$\($0.offset + 2)::text[]::\($0.element)[]" }
        return """
            insert into bellwether_store.period_standing (
                summary, source, owner_id, is_owner_known, owner_team_id, \(columns.joined(separator: ", "))
            )
            select $1, given.*
            from unnest(\(arrays.joined(separator: ", "))) as given
            """
    }()
}
