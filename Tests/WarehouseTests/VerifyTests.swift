import Foundation
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// A proof that cannot fail is none: each rule is broken here by hand, and found.
@Suite("Verify")
struct VerifyTests {
    /// A rule and what breaks it.
    struct Damage: Sendable, CustomTestStringConvertible {
        let rule: String
        let statements: [String]
        var testDescription: String { rule + ": " + (statements.last ?? "") }

        init(_ rule: String, _ statements: String...) {
            self.rule = rule
            self.statements = statements
        }
    }

    private static let deals = "bellwether_store.opportunity"

    private static func day(_ number: Int) -> String { "date '\(ProofHistory.day(number))'" }

    static let damages: [Damage] = [
        Damage(
            "empty_interval", "alter table \(deals) drop constraint version_has_days",
            "update \(deals) set valid_to = valid_from where id = 'c'"),
        Damage(
            "overlap",
            "update \(deals) set valid_to = valid_to + 1 where id = 'a' and valid_from = \(day(1)) and superseded_in is null"
        ),
        Damage(
            "overlap_as_known",
            "update \(deals) set closed_in = 7 where id = 'a' and valid_from = \(day(1)) and superseded_in is null"
        ),
        Damage(
            "overlap_as_known", "update \(deals) set superseded_in = 6 where superseded_in = 5 and id = 'a'"),
        Damage(
            "second_current", "drop index if exists bellwether_store.opportunity_one_current",
            """
            insert into \(deals) (source, id, valid_from, valid_to, loaded_in, row_hash, name)
            select source, id, valid_from + 1, valid_to, loaded_in, row_hash, 'other' from \(deals)
            where id = 'd' and superseded_in is null
            """),
        Damage(
            "closed_wrongly", "alter table \(deals) drop constraint version_closed_later",
            "update \(deals) set closed_in = 7 where id = 'd' and superseded_in is null"),
        Damage(
            "superseded_early", "alter table \(deals) drop constraint version_superseded_later",
            "update \(deals) set superseded_in = loaded_in where superseded_in is not null"),
        Damage(
            "divided_interval", "drop index if exists bellwether_store.opportunity_one_current",
            """
            insert into \(deals) (source, id, valid_from, valid_to, loaded_in, row_hash, name, amount)
            select source, id, \(day(3)), valid_to, loaded_in, row_hash, name, amount from \(deals)
            where id = 'd' and superseded_in is null
            """,
            "update \(deals) set valid_to = \(day(3)) where id = 'd' and valid_from = \(day(2))"),
        Damage(
            "unexplained_change",
            "update \(deals) set valid_to = \(day(6)) where id = 'd' and superseded_in is null"),
        // The delta of day 4 does not name it.
        Damage(
            "unexplained_change",
            "update \(deals) set valid_to = \(day(4)) where id = 'd' and superseded_in is null"),
        // The full snapshot of day 1 rejected it.
        Damage(
            "unexplained_change",
            "update \(deals) set valid_from = \(day(1)) where id = 'd' and superseded_in is null"),
        Damage("row_count", "delete from \(deals) where id = 'd'"),
        // On one day in the middle alone.
        Damage("row_count", "delete from \(deals) where id = 'b' and valid_from = \(day(3))"),
        Damage(
            "row_count",
            "update bellwether_store.snapshot set rows_unchanged = rows_unchanged + 1 where kind = 'delta'"),
        Damage(
            "load_count",
            "update bellwether_store.snapshot set rows_new = rows_new + 1, rows_unchanged = 0 where load = 2"
        ),
        Damage(
            "load_count", "update bellwether_store.snapshot set rows_gone = rows_gone + 1 where load = 3"),
        Damage("orphan_version", "update \(deals) set loaded_in = 99 where id = 'e'"),
        Damage(
            "load_missing", "alter table bellwether_store.snapshot drop constraint snapshot_load_fkey",
            "delete from bellwether_store.load where number = 3"),
        Damage(
            "published_earlier",
            "update bellwether_store.load set published_at = published_at - interval '1 day' where number = 4"
        ),
        Damage("undo_of_nothing", "update bellwether_store.load set undoes = null where number = 6"),
        Damage("orphan_snapshot", "update bellwether_store.snapshot set undone_in = 7 where load = 5"),
        Damage("orphan_snapshot", "update bellwether_store.snapshot set day = day + 1 where load = 7"),
        Damage("orphan_snapshot", "update bellwether_store.snapshot set entity = 'nothing' where load = 7"),
        Damage("orphan_mark", "update bellwether_store.mark set load = 6 where load = 3"),
        Damage("empty_load", "delete from bellwether_store.snapshot where load = 7"),
        Damage(
            "orphan_reject", "alter table bellwether_store.reject drop constraint reject_attempt_fkey",
            "update bellwether_store.reject set attempt = 99"),
        Damage("reject_count", "delete from bellwether_store.reject"),
        Damage("reject_count", "update bellwether_store.snapshot set rows_rejected = 2 where load = 1"),
        Damage("orphan_attempt", "update bellwether_store.attempt set load = 99 where load = 7"),
        Damage("orphan_load", "delete from bellwether_store.attempt where load = 7"),
    ]

    @Test func `finds nothing in a history that was loaded, late, replaced and undone`() throws {
        let history = try ProofHistory()
        let report = try history.warehouse.verify()
        #expect(report.broken.isEmpty)
        #expect(report.load == 7)
        // The record of loads, and each entity of the warehouse.
        #expect(report.parts.map(\.entity) == [nil] + EntityCatalog.all.map { Optional($0.name) })
        #expect(report.parts.first { $0.entity == "opportunity" }?.rows ?? 0 > 6)
    }

    @Test(arguments: damages)
    func `finds what was broken by hand`(damage: Damage) throws {
        let history = try ProofHistory()
        for statement in damage.statements { try history.corrupt(statement) }
        let report = try history.warehouse.verify()
        let found = report.broken.first { $0.rule == damage.rule }
        #expect(found != nil, "\(report.broken)")
        #expect(found?.count ?? 0 > 0 && found?.examples.isEmpty == false)
    }

    @Test func `knows no rule that is not broken here`() {
        let damages = Self.damages + VerifyPastTests.damages
        #expect(Set(damages.map(\.rule)) == Set(VerifyReport.rules))
    }

    // MARK: - Building anew

    @Test func `the history built anew from the live exports is the one that is stored`() throws {
        let history = try ProofHistory()
        let report = try history.warehouse.rebuild(from: history.folders)
        #expect(report.differences.isEmpty && report.missing.isEmpty)
        // By hand: three spans of a, two of b, one each of c, d and e.
        #expect(report.parts.map(\.intervals) == [8])
        #expect(report.parts.map(\.snapshots) == [5])
    }

    @Test(arguments: [
        "update \(deals) set name = '7' where id = 'e'",
        "update \(deals) set extra = '{\"x\": \"1\"}' where id = 'd' and superseded_in is null",
        "delete from \(deals) where id = 'c'",
        "update \(deals) set valid_to = valid_to + 1 where id = 'c'",
        "update bellwether_store.snapshot set undone_in = 6 where load = 4",
    ])
    func `one changed row is found against the exports`(statement: String) throws {
        let history = try ProofHistory()
        try history.corrupt(statement)
        let report = try history.warehouse.rebuild(from: history.folders)
        #expect(!report.differences.isEmpty && report.missing.isEmpty)
    }

    @Test func `exports that are gone or changed are named, and prove nothing`() throws {
        let history = try ProofHistory()
        var folders = history.folders
        folders[ProofHistory.day(3)] = nil
        let gone = try history.warehouse.rebuild(from: folders)
        #expect(gone.missing.map(\.load) == [4] && gone.parts.map(\.intervals) == [nil])
        #expect(gone.differences.isEmpty)

        folders = history.folders
        let path = try #require(folders[ProofHistory.day(5)])
        try Data("Id,Name,Amount,Deleted\na,3,1,no\n".utf8).write(
            to: URL(fileURLWithPath: path + "/deals.csv"))
        let changed = try history.warehouse.rebuild(from: folders)
        #expect(changed.missing.map(\.load) == [7])
        #expect(changed.missing.first?.reason.contains("other content") == true)
    }

    /// Also where no version is met at all, which asks for nothing of the row.
    @Test func `no view of an entity answers for a load that was pruned`() throws {
        let history = try ProofHistory()
        _ = try history.warehouse.prune(
            PruneRequest(
                keep: .since("6"), isMeant: true, waits: true, command: "test", prunedBy: "test",
                programVersion: "test"))
        let reader = try Connection(history.database)
        try reader.execute("set bellwether.as_of = '2024-10-08'")
        for name in EntityCatalog.all.flatMap({ [$0.name, $0.name + "_history"] }) {
            let view = "bellwether." + (try quoteIdentifier(name))
            try reader.execute("set bellwether.as_known = '6'")
            #expect(try reader.query("select 1 as one from \(view) where id = 'nothing'").isEmpty)
            try reader.execute("set bellwether.as_known = '5'")
            #expect(throws: DatabaseError.self, "\(view)") {
                try reader.query("select 1 as one from \(view) where id = 'nothing'")
            }
        }
    }

    @Test func `a prune leaves a store that keeps its rules`() throws {
        let history = try ProofHistory()
        let report = try history.warehouse.prune(
            PruneRequest(
                keep: .since("6"), isMeant: true, waits: true, command: "test", prunedBy: "test",
                programVersion: "test"))
        #expect(report.pruned > 0 && report.isDone)
        #expect(try history.warehouse.verify().broken.isEmpty)
        #expect(try history.warehouse.rebuild(from: history.folders).differences.isEmpty)
    }
}
