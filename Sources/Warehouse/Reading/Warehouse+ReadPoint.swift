import Model
import Postgres

extension Warehouse {
    /// Sets both clocks and the organisation of the session and tells where they stand. Every view read after this
    /// answers for that point.
    ///
    /// - Parameters:
    ///   - asOf: The day; nil for the newest live opportunity snapshot.
    ///   - asKnown: A load's number, a day or a time; nil for the newest published load.
    ///   - organisation: By the organisation of which day deals count.
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's, `BW505` before anything is loaded,
    ///   `BW504` for a day before the first snapshot, `BW507` for a load or time that is not there yet,
    ///   `BW541` for an organisation of which nothing is known.
    public func readPoint(
        asOf: Day?, asKnown: String?, organisation: OrganisationChoice = .asWas
    ) throws(BellwetherError) -> ReadPoint {
        try requireSchema()
        if let asKnown, !asKnown.allSatisfy(\.isNumber) { try awaitPublish() }
        try set("bellwether.as_known", to: asKnown ?? "")
        let load = try knownLoad(asKnown)
        guard load > 0 else {
            throw BellwetherError(
                .nothingLoaded, asKnown == nil ? "nothing is loaded yet" : "nothing was loaded by then",
                hint: "Run: bellwether load MAPPING FOLDER --date DAY")
        }
        try set("bellwether.as_known", to: String(load))
        try set("bellwether.as_of", to: asOf?.description ?? "")
        guard let day = try single("select bellwether.as_of() as value", as: Day?.self) else {
            throw BellwetherError(
                .nothingLoaded, "no opportunities are loaded yet",
                hint: "Load a folder with opportunities, or say the day with --as-of.")
        }
        try set("bellwether.as_of", to: day.description)
        let snapshotDay = try single(
            "select max(day) as value from bellwether.live_snapshot where entity = 'opportunity' and day <= $1",
            [.date(day)], as: Day?.self)
        let pasts = try pasts(on: day)
        if snapshotDay == nil, pasts.isEmpty { throw try nothingKnown(of: day) }
        let organisationDay = try setOrganisation(organisation)
        return ReadPoint(
            asOf: day, load: load, snapshotDay: snapshotDay, isGap: try isGap(day, shown: snapshotDay),
            unproven: try unproven(on: day),
            pasts: pasts.map {
                ReadPoint.Past(source: $0.source, until: $0.untilDay ?? day, assumed: $0.assumedFields)
            }, organisationDay: organisationDay,
            hasDealSpans: try dealSpansHold())
    }

    /// Whether a snapshot of the opportunities was due on a day without one.
    private func isGap(_ day: Day, shown: Day?) throws(BellwetherError) -> Bool {
        guard day != shown else { return false }
        return try single(
            "select exists (select from bellwether.gap where entity = 'opportunity' and day = $1) as value",
            [.date(day)], as: Bool.self)
    }

    private func unproven(on day: Day) throws(BellwetherError) -> [UnprovenState] {
        try rows(
            """
            select source, entity, from_day, builds_on
            from bellwether.unproven_span
            where from_day <= $1 and to_day > $1
            order by source, entity, from_day
            """, [.date(day)]
        ) { row throws(DatabaseError) in
            UnprovenState(
                source: try row.decode("source"), entity: try row.decode("entity"),
                since: try row.decode("from_day"), buildsOn: try row.decode("builds_on"))
        }
    }

    /// Zeros would be an answer; that nothing is known is none.
    private func nothingKnown(of day: Day) throws(BellwetherError) -> BellwetherError {
        let first = try single(
            "select min(day) as value from bellwether.live_snapshot where entity = 'opportunity'",
            as: Day?.self)
        guard let first else {
            return BellwetherError(
                .nothingLoaded, "no opportunities are loaded yet", hint: "Load a folder with opportunities.")
        }
        return BellwetherError(
            .badDay, "nothing is known of \(day): the first snapshot is of \(first)",
            hint: "Load the exports of an earlier day, or ask for \(first) or later.")
    }

    func knownLoad(_ asKnown: String?) throws(BellwetherError) -> Int {
        do throws(DatabaseError) {
            let row = try connection.queryOne("select bellwether.as_known() as value")
            return try row?.decode("value", as: Int.self) ?? 0
        } catch {
            switch error.sqlState {
            case "22007", "22008":
                throw BellwetherError(
                    .badOption, "“\(asKnown ?? "")” is no time of the calendar",
                    hint:
                        "Write a load's number, a day such as 2026-03-10, or a time such as 2026-03-10T18:30."
                )
            case "22023":
                let zone = try single(
                    """
                    select max(time_zone) as value
                    from bellwether_store.company
                    where superseded_in is null and valid_to = 'infinity'
                        and time_zone not in (select name from pg_timezone_names)
                    """, as: String?.self)
                throw BellwetherError(
                    .badOption,
                    "the company's time_zone is “\(zone ?? "")”, which is no time zone: no day can be told there",
                    hint: "Give a load's number, or load the company with a name such as Europe/Berlin.")
            default: throw BellwetherError(error)
            }
        }
    }

    func set(_ setting: String, to value: String) throws(BellwetherError) {
        try execute("select set_config($1, $2, false)", [.text(setting), .text(value)])
    }

    func single<Value: ColumnDecodable>(
        _ sql: String, _ parameters: [Parameter?] = [], as type: Value.Type
    ) throws(BellwetherError) -> Value {
        let values = try rows(sql, parameters) { row throws(DatabaseError) in
            try row.decode("value", as: Value.self)
        }
        guard let value = values.first else {
            throw BellwetherError(.bug, "a query gave no row", detail: sql)
        }
        return value
    }
}
