import Intake
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// The settings by which SQL travels in time take a load, a day or a time of the calendar and nothing else.
@Suite("The two clocks")
struct ClockTests {
    private let connection: Connection

    init() throws {
        let parameters = try TestDatabase.migrated()
        connection = try Connection(parameters)
        // Three loads: at noon in UTC of 1, 2 and 3 May 2020, of a company in Tokyo.
        try connection.run(
            script: """
                insert into bellwether_store.load (
                    action, number, day, mapping_name, mapping_hash, mapping_text, command, loaded_by, program_version,
                    started_at, published_at)
                select
                    'load', number, date '2020-04-30' + number, 'test', gen_random_uuid(), '', '', '', '',
                    published_at, published_at
                from (
                    select number, timestamptz '2020-04-30 12:00Z' + number * interval '1 day' as published_at
                    from generate_series(1, 3) as number
                ) as load;
                insert into bellwether_store.company (source, id, valid_from, loaded_in, row_hash, time_zone)
                values ('s', 'c', '2020-05-01', 1, gen_random_uuid(), 'Asia/Tokyo');
                insert into bellwether_store.snapshot (
                    load, content_load, source, entity, day, kind, content_hash, files, rows_read, rows_new, rows_changed,
                    rows_unchanged, rows_gone, rows_rejected, rows_duplicate)
                values
                    (1, 1, 's', 'company', '2020-05-01', 'full', gen_random_uuid(), '[]', 0, 0, 0, 0, 0, 0, 0),
                    (2, 2, 's', 'opportunity', '2020-05-02', 'full', gen_random_uuid(), '[]', 0, 0, 0, 0, 0, 0, 0);
                """)
    }

    /// The answer, or the SQLSTATE of the refusal.
    private func ask(_ setting: String, _ value: String, _ sql: String) throws -> String {
        try connection.execute("select set_config($1, $2, false)", [.text(setting), .text(value)])
        do throws(DatabaseError) {
            let row = try connection.queryOne("select (\(sql))::text as value")
            let answer = try row?.decode("value", as: String?.self)
            return (answer ?? nil) ?? "null"
        } catch {
            return error.sqlState ?? "?"
        }
    }

    @Test(arguments: [
        ("", "3"), (" 2 ", "2"), ("0", "0"), ("3", "3"), ("4", "BW507"), ("99999999999999999999", "BW507"),
        // A day ends at 15:00 UTC in Tokyo.
        ("2020-05-02", "2"), ("2020-05-01", "1"), ("2020-04-30", "0"),
        ("2020-05-02T12:00Z", "2"), ("2020-05-02T11:59:59.999Z", "1"), ("2020-05-02 21:00", "2"),
        ("2020-05-02 20:59", "1"), ("2020-05-02T17:30+05:30", "2"), ("2020-05-02T14:00+0200", "2"),
        ("2020-05-02T07:00-05", "2"),
        ("9999-01-01", "BW507"), ("2020-02-30", "22008"), ("2020-05-02T25:00Z", "22008"), ("-1", "BW506"),
        ("now", "BW506"), ("today", "BW506"), ("infinity", "BW506"), ("12:00", "BW506"), ("1e3", "BW506"),
        ("٣", "BW506"), ("1; drop table x", "BW506"), ("'", "BW506"),
    ])
    func `as known takes a load, a day or a time`(setting: String, answer: String) throws {
        #expect(try ask("bellwether.as_known", setting, "bellwether.as_known()") == answer)
    }

    @Test func `a time means the same in every session`() throws {
        for zone in ["UTC", "Asia/Tokyo", "America/Los_Angeles"] {
            try connection.execute("select set_config('timezone', $1, false)", [.text(zone)])
            #expect(
                try ask("bellwether.as_known", "2020-05-02 21:00", "bellwether.as_known()") == "2", "\(zone)")
        }
    }

    @Test func `a company in a time zone that there is not refuses days and not loads`() throws {
        try connection.execute("update bellwether_store.company set time_zone = 'Nowhere/Land'")
        #expect(try ask("bellwether.as_known", "2020-05-02", "bellwether.as_known()") == "22023")
        #expect(try ask("bellwether.as_known", "2", "bellwether.as_known()") == "2")
        #expect(
            try ask(
                "bellwether.as_of", "2020-05-02",
                "select string_agg(code, ' ' order by code) from bellwether.finding")
                == "currency_missing time_zone_unknown")
    }

    @Test(arguments: [
        ("", "2020-05-02"), ("2020-05-09", "2020-05-09"), ("infinity", "BW504"), ("today", "BW504"),
        ("2020-5-9", "BW504"), ("2020-02-30", "22008"), ("'; --", "BW504"),
    ])
    func `as of takes a day`(setting: String, answer: String) throws {
        #expect(try ask("bellwether.as_of", setting, "bellwether.as_of()") == answer)
    }

    @Test func `the views are read by several processes at once`() throws {
        try connection.run(
            script: """
                set force_parallel_mode = on;
                set max_parallel_workers_per_gather = 2;
                set min_parallel_table_scan_size = 0;
                set parallel_setup_cost = 0;
                set parallel_tuple_cost = 0;
                """)
        for (setting, answer) in [("", "0"), ("2020-05-02", "0"), ("2", "0"), ("nonsense", "BW506")] {
            #expect(
                try ask("bellwether.as_known", setting, "select count(*) from bellwether.opportunity")
                    == answer)
        }
        var plan: [String] = []
        for row in try connection.query("explain (costs off) select count(*) from bellwether.opportunity") {
            plan.append(try row.decode("QUERY PLAN", as: String.self))
        }
        #expect(plan.contains { $0.contains("Gather") }, "\(plan)")
    }
}
