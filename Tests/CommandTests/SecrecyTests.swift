import Model
import Postgres
import TestSupport
import Testing

/// What a reader of the warehouse can neither learn nor become.
@Suite("Secrets and rights")
struct SecrecyTests {
    @Test func `a password on the command line is on no record`() throws {
        let bench = try Bench()
        for (entity, text) in Acme.exports { try bench.folder.write("2026-05-04/\(entity).csv", text) }
        let separator = bench.url.contains("?") ? "&" : "?"
        let url = bench.url + separator + "password=open-sesame"
        for option in [["--db", url], ["--db=" + url]] {
            let outcome = try bench.run(["load", "generic", "2026-05-04"] + option)
            #expect([0, 3].contains(outcome.status), "\(outcome)")
            // A held attempt is on record too.
            try bench.folder.write("2026-05-04/opportunity.csv", Acme.deals())
        }
        let records = try bench.values(
            """
            select command as value from bellwether_store.load
            union all select command from bellwether_store.attempt
            """)
        #expect(records.count == 3)
        for record in records {
            #expect(
                record?.contains("open-sesame") == false && record?.contains("dbname=") == true,
                "\(record ?? "")")
        }
    }

    /// An index computes its expressions when it is made: that must not happen with the rights of whoever upgrades.
    @Test func `an analyst's index does not run with the rights of the upgrade`() throws {
        let bench = try Bench()
        let connection = try bench.connection()
        try connection.run(
            script: """
                create table analysis.seen (who text);
                grant all on analysis.seen to public;
                create function analysis.note() returns integer language plpgsql volatile as $$
                    begin insert into analysis.seen values (current_user); return 1; end $$;
                create function analysis.one(integer) returns integer language plpgsql immutable as $$
                    begin return analysis.note(); end $$;
                create materialized view analysis.counted as select count(*) as deals from bellwether.deal;
                alter materialized view analysis.counted owner to bellwether_reader;
                create index on analysis.counted ((deals + analysis.one(1)));
                truncate analysis.seen;
                delete from bellwether_store.view_set;
                """)
        let outcome = try bench.run("migrate")
        #expect(outcome.status == 0 && outcome.output.contains("1 view of your own put back"), "\(outcome)")
        #expect(
            try Set(bench.values("select who as value from analysis.seen").compactMap { $0 })
                == ["bellwether_reader"])
    }
}
