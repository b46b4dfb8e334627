import Model
import Postgres
import Testing
import Warehouse

/// The proof of a past that was made from a CRM's history: sound as it is, and each rule found when it is broken.
@Suite("Verify the past from a history")
struct VerifyPastTests {
    private static let past = "row_hash = '00000000-0000-0000-0000-000000000000' and superseded_in is null"
    private static let deals = "bellwether_store.opportunity"

    private static func day(_ number: Int) -> String { "date '\(ProofPast.day(number))'" }

    static let damages: [VerifyTests.Damage] = [
        // Nothing else holds of it there: it was deleted.
        VerifyTests.Damage(
            "past_beyond_start", "update \(deals) set valid_to = \(day(6)) where id = 'g' and \(past)"),
        // Before the first full snapshot, after a delta that speaks of it.
        VerifyTests.Damage(
            "past_beyond_start",
            "update \(deals) set valid_to = \(day(5)) where id = 'a' and valid_from = \(day(3)) and \(past)"),
        // As known before it was closed it had no end.
        VerifyTests.Damage(
            "past_beyond_start", "update \(deals) set closed_in = 3 where id = 'g' and \(past)"),
        VerifyTests.Damage(
            "past_beyond_start",
            "update bellwether_store.snapshot set kind = 'delta' where entity = 'opportunity'"),
        VerifyTests.Damage(
            "past_unexplained", "update \(deals) set valid_from = \(day(2)) where id = 'g' and \(past)"),
        VerifyTests.Damage(
            "past_unexplained",
            "update \(deals) set valid_to = \(day(2)) where id = 'a' and valid_from = \(day(1)) and \(past)"),
        VerifyTests.Damage(
            "past_unexplained",
            "update bellwether_store.field_change set superseded_in = 3 where record_id = 'b'"),
        VerifyTests.Damage(
            "past_unexplained", "update bellwether_store.history_derivation set trusted_from = \(day(3))"),
        VerifyTests.Damage(
            "divided_interval",
            "update \(deals) set amount = 3 where id = 'a' and valid_from = \(day(1)) and \(past)"),
        VerifyTests.Damage(
            "overlap",
            "update \(deals) set valid_to = \(day(4)) where id = 'a' and valid_from = \(day(1)) and \(past)"),
        // A load that had deals and made no past.
        VerifyTests.Damage("orphan_version", "update \(deals) set loaded_in = 3 where id = 'g'"),
        // A version of a snapshot may not pass for one of the past.
        VerifyTests.Damage(
            "past_beyond_start",
            "update \(deals) set row_hash = '00000000-0000-0000-0000-000000000000' where id = 'c'"),
    ]

    @Test func `finds nothing in a past that ends where snapshots begin to speak, with the same or not`()
        throws
    {
        let history = try ProofPast()
        #expect(try history.warehouse.verify().broken.isEmpty)
        let connection = try Connection(history.database)
        let made = try connection.query(
            """
            select concat_ws(' ', id, valid_from - \(Self.day(0)), valid_to - \(Self.day(0)), trim_scale(amount)) as past
            from \(Self.deals)
            where \(Self.past)
            order by id, valid_from
            """
        ).map { try $0.decode("past", as: String.self) }
        #expect(made == ["a 1 3 1", "a 3 4 3", "b 2 4 1", "b 4 5 2", "g 3 4 8"])
    }

    @Test(arguments: damages)
    func `finds what was broken by hand`(damage: VerifyTests.Damage) throws {
        let history = try ProofPast()
        try history.corrupt(damage.statements)
        let report = try history.warehouse.verify()
        #expect(report.broken.contains { $0.rule == damage.rule && $0.count > 0 }, "\(report.broken)")
    }

    @Test func `a prune forgets a superseded past and leaves a store that keeps its rules`() throws {
        let history = try ProofPast()
        // The delta of load 2 made a's past of load 1 shorter.
        let report = try history.warehouse.prune(
            PruneRequest(
                keep: .since("2"), isMeant: true, waits: true, command: "test", prunedBy: "test",
                programVersion: "test"))
        #expect(report.entities.map(\.entity) == ["opportunity"] && report.pruned > 0)
        #expect(try history.warehouse.verify().broken.isEmpty)
        #expect(try history.warehouse.rebuild(from: history.folders).differences.isEmpty)
    }

    // MARK: - Building anew

    @Test func `the past made anew is the one that is stored`() throws {
        let history = try ProofPast()
        let report = try history.warehouse.rebuild(from: history.folders)
        #expect(report.differences.isEmpty && report.missing.isEmpty, "\(report)")
        // By hand: four spans of a, two of b, whose past goes on with the same, one each of c and g.
        #expect(report.parts.first { $0.entity == "opportunity" }?.intervals == 8)
    }

    @Test(arguments: [
        "update \(deals) set amount = 4 where id = 'g'",
        "update \(deals) set amount = 4 where id = 'b' and valid_from = \(day(2))",
        "delete from \(deals) where id = 'a' and valid_from = \(day(1))",
        "update \(deals) set name = 'x' where id = 'a' and valid_from = \(day(1))",
        "update bellwether_store.snapshot set undone_in = 3 where load = 2",
        """
        insert into \(deals) (source, id, valid_from, valid_to, loaded_in, row_hash, amount)
        select source, 'c', valid_from, valid_to, loaded_in, row_hash, amount from \(deals) where id = 'g'
        """,
    ])
    func `one changed row of the past is found`(statement: String) throws {
        let history = try ProofPast()
        try history.corrupt([statement])
        #expect(!(try history.warehouse.rebuild(from: history.folders).differences.isEmpty))
    }
}
