import Intake
import Model
import Postgres

extension Warehouse {
    /// How the warehouse is at a time.
    ///
    /// - Parameters:
    ///   - now: The time of the question, as PostgreSQL reads one with its offset.
    ///   - countsVersions: Whether to count the versions of each entity, which reads every table once.
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's.
    public func operatingStatus(
        now: String, countsVersions: Bool
    ) throws(BellwetherError) -> OperatingStatus {
        try requireSchema()
        return try transaction(isolation: .repeatableRead, readOnly: true) {
            try set("bellwether.as_known", to: "")
            var status = OperatingStatus()
            status.lastLoad = try lastLoad(now)
            status.newestSnapshot = try newestSnapshot(now)
            status.gaps = try gapCount()
            status.sources = try sources(now)
            (status.today, status.minutes) = try companyTime(now)
            status.attemptsAreHidden = try !single(
                "select has_table_privilege('bellwether_store.attempt', 'select') as value", as: Bool.self)
            if !status.attemptsAreHidden {
                status.failed = try failedAttempt(after: status.newestSnapshot?.load ?? 0)
            }
            status.running = try runningLoad()
            status.databaseBytes = try single(
                "select pg_database_size(current_database()) as value", as: Int.self)
            status.historyBytes = try single(
                """
                select coalesce(sum(pg_total_relation_size(format('bellwether_store.%I', name)::regclass)), 0)::bigint
                    as value
                from unnest($1::text[]) as entity (name)
                """, [.array(EntityCatalog.all.map(\.name))], as: Int.self)
            if countsVersions {
                for entity in EntityCatalog.all { status.histories += try history(of: entity) }
            }
            return status
        }
    }

    private func lastLoad(_ now: String) throws(BellwetherError) -> OperatingStatus.LastLoad? {
        try rows(
            """
            select
                load.number, load.day, load.action, load.loaded_by,
                to_char(load.published_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as published_at,
                extract(epoch from $1::timestamptz - load.published_at)::float8 as age,
                extract(epoch from load.published_at - load.started_at)::float8 as seconds,
                coalesce(sum(snapshot.rows_read), 0)::bigint as read,
                coalesce(sum(snapshot.rows_rejected), 0)::bigint as rejected
            from bellwether_store.load
            left join bellwether_store.snapshot on snapshot.load = load.number
            group by load.number
            order by load.number desc
            limit 1
            """, [.text(now, type: .timestamptz)]
        ) { row throws(DatabaseError) in
            OperatingStatus.LastLoad(
                number: try row.decode("number"), day: try row.decode("day"),
                isUndo: try row.decode("action", as: String.self) == "undo",
                publishedAt: try row.decode("published_at"), age: try row.decode("age"),
                seconds: try row.decode("seconds"), read: try row.decode("read"),
                rejected: try row.decode("rejected"), loadedBy: try row.decode("loaded_by"))
        }.first
    }

    private func newestSnapshot(_ now: String) throws(BellwetherError) -> (load: Int, age: Double)? {
        try rows(
            """
            select number, extract(epoch from $1::timestamptz - published_at)::float8 as age
            from bellwether_store.load
            where action = 'load'
                -- A call that somebody submits says nothing of the exports.
                and exists (
                    select from bellwether_store.snapshot
                    where snapshot.load = load.number and snapshot.source <> $2
                )
            order by number desc
            limit 1
            """, [.text(now, type: .timestamptz), .text(Self.callSource)]
        ) { row throws(DatabaseError) in
            (load: try row.decode("number", as: Int.self), age: try row.decode("age", as: Double.self))
        }.first
    }

    /// Which days are expected is said by the mapping of the newest load of a source.
    private func sources(_ now: String) throws(BellwetherError) -> [OperatingStatus.Source] {
        try rows(
            """
            select
                newest.source, newest.day, newest.load, load.mapping_name, load.mapping_text,
                extract(epoch from $1::timestamptz - load.published_at)::float8 as age
            from (
                select snapshot.source, max(snapshot.day) as day, max(snapshot.load) as load
                from bellwether_store.snapshot
                where snapshot.undone_in is null
                group by snapshot.source
            ) as newest
            inner join bellwether_store.load on load.number = newest.load
            order by newest.source
            """, [.text(now, type: .timestamptz)]
        ) { row throws(DatabaseError) in
            let text = try row.decode("mapping_text", as: String.self)
            let file = try row.decode("mapping_name", as: String.self)
            let mapping = try? Mapping.parse(text: text, file: file, schemas: EntityCatalog.all)
            return OperatingStatus.Source(
                name: try row.decode("source"), newestDay: try row.decode("day"),
                load: try row.decode("load"), age: try row.decode("age"), expected: mapping?.expectedDays)
        }
    }

    /// The date and the minutes since midnight in the company's time zone; UTC where it has none.
    private func companyTime(_ now: String) throws(BellwetherError) -> (Day, Int) {
        let found = try rows(
            """
            select
                local.time::date as day,
                extract(hour from local.time)::integer * 60 + extract(minute from local.time)::integer as minutes
            from (
                select $1::timestamptz at time zone coalesce(
                    (
                        select company.time_zone
                        from bellwether_store.company
                        where company.superseded_in is null and company.valid_to = 'infinity'
                            and company.time_zone in (select name from pg_timezone_names)
                        order by company.source, company.id
                        limit 1
                    ),
                    'UTC') as time
            ) as local
            """, [.text(now, type: .timestamptz)]
        ) { row throws(DatabaseError) in
            (try row.decode("day", as: Day.self), try row.decode("minutes", as: Int.self))
        }
        return found.first ?? (Day(number: 0), 0)
    }

    private func failedAttempt(after load: Int) throws(BellwetherError) -> OperatingStatus.FailedAttempt? {
        try rows(
            """
            select
                attempt.number, attempt.day, attempt.error_code, attempt.error_message,
                to_char(attempt.ended_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as ended_at
            from bellwether_store.attempt
            where attempt.error_code is not null
                and attempt.ended_at > coalesce(
                    (select load.published_at from bellwether_store.load where load.number = $1), '-infinity')
            order by attempt.number desc
            limit 1
            """, [.int(load, type: .int4)]
        ) { row throws(DatabaseError) in
            OperatingStatus.FailedAttempt(
                number: try row.decode("number"), day: try row.decode("day"),
                code: try row.decode("error_code"), message: try row.decode("error_message"),
                endedAt: try row.decode("ended_at"))
        }.first
    }

    private func runningLoad() throws(BellwetherError) -> OperatingStatus.Running? {
        try rows(
            """
            select
                activity.pid, activity.usename,
                to_char(activity.xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as since
            from pg_locks
            inner join pg_stat_activity as activity on activity.pid = pg_locks.pid
            where \(Self.isHeldLoadLock)
            order by activity.pid
            limit 1
            """
        ) { row throws(DatabaseError) in
            OperatingStatus.Running(
                process: try row.decode("pid"), user: try row.decode("usename"),
                since: try row.decode("since"))
        }.first
    }

    private func history(of entity: EntitySchema) throws -> [OperatingStatus.History] {
        let table = "bellwether_store." + (try quoteIdentifier(entity.name))
        return try rows(
            """
            select
                count(*) as versions,
                count(*) filter (where superseded_in is null and valid_to = 'infinity') as current,
                count(*) filter (where superseded_in is not null) as superseded,
                pg_total_relation_size($1::text::regclass) as bytes
            from \(table)
            """, [.text(table)]
        ) { row throws(DatabaseError) in
            OperatingStatus.History(
                entity: entity.name, versions: try row.decode("versions"),
                current: try row.decode("current"), superseded: try row.decode("superseded"),
                bytes: try row.decode("bytes"))
        }
    }
}
