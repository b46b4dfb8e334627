import Model
import Testing

@testable import Intake

/// Changes of other records: how a history export's rows are read.
@Suite struct ToldTests {
    private static let change = EntitySchema(
        name: "change",
        columns: ["entity", "record_id", "field", "old_value", "new_value"].map {
            EntityColumn(name: $0, type: .text)
        }
            + [EntityColumn(name: "at", type: .timestamp)])

    private func read(_ section: String, _ files: [String: String]) throws -> (Collector, ReadReport) {
        let folder = try TemporaryFolder(files.mapValues { Array($0.utf8) })
        var sink = Collector()
        // The deals' section stands behind the changes', and counts for them.
        let report = try IntakeTests.read(
            """
            mapping: told
            source: told
            format: {dates: [d.M.yyyy], numbers: {decimal: ","}}
            entities:
              change:
            \(section.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
              deal:
                file: deals.csv
                columns:
                  id: id
                  name: {column: name, values: {A: Alpha, none: null}}
                  owner_id: {column: owner, salesforce_id: true}
                  amount: amount
                  close_date: {column: close, required: true}
            """, in: folder, schemas: [deal, Self.change], into: &sink)
        return (sink, report)
    }

    private static let telling = """
        file: changes.csv
        columns: {id: id, entity: {constant: deal}, record_id: deal, field: what, old_value: old, new_value: new}
        """

    @Test func `values are read as the entity reads the column that the row names`() throws {
        let (sink, _) = try read(
            Self.telling,
            [
                "changes.csv": """
                id;deal;what;old;new
                """.replacing(";", with: ",") + "\n"
                    + """
                    1,d,amount,"1000,50",7
                    2,d,close_date,31.3.2026,1.4.2026
                    3,d,name,A,none
                    4,d,owner_id,005A0000001ABCD,
                    5,d,is_won,yes,no
                    6,d,is_deleted,,TRUE
                    7,d,Region__c,1,Süd
                    8,d,amount,x,1
                    9,d,close_date,,31.2.2026

                    """
            ])
        #expect(
            sink.records.map { "\($0.id) \($0.values[3] ?? "-") \($0.values[4] ?? "-")" } == [
                "1 1000.5 7", "2 2026-03-31 2026-04-01", "3 Alpha -", "4 005A0000001ABCDIA4 -", "5 t f",
                "6 - t",
                "7 1 Süd",
            ])
        #expect(
            sink.rejects.map { "\($0.id ?? "") \($0.code.rawValue) \($0.column ?? "")" } == [
                "8 BW155 old", "9 BW157 new",
            ])
    }

    @Test func `a row that states several columns gives a change for each that the file has`() throws {
        let (sink, report) = try read(
            """
            file: states.csv
            columns: {id: id, entity: {constant: deal}, record_id: deal, at: when}
            states: {amount: [Amount, amount], close_date: Close, is_won: Won}
            """,
            ["states.csv": "id,deal,when,amount,Close\ns1,d,1.3.2026,5,1.4.2026\ns2,d,2.3.2026,,2.4.2026\n"])
        #expect(
            sink.records.map {
                "\($0.id) \($0.values[2] ?? "-") \($0.values[4] ?? "-") \($0.values[5] ?? "-")"
            } == [
                "s1:amount amount 5 2026-03-01T00:00:00Z", "s2:amount amount - 2026-03-02T00:00:00Z",
                "s1:close_date close_date 2026-04-01 2026-03-01T00:00:00Z",
                "s2:close_date close_date 2026-04-02 2026-03-02T00:00:00Z",
            ])
        // What the file lacks is not told to be empty.
        #expect(report.rowsRead == 4 && Set(sink.records.map(\.hash)).count == 4)
    }

    @Test func `what may be missing is no gap, unless nothing is left`() throws {
        let mapping = try Mapping.parse(
            text: """
                mapping: parts
                source: parts
                entities:
                  deal:
                    - {file: a.csv, kind: delta, optional: true, columns: {id: id}}
                    - {file: b.csv, optional: true, columns: {id: id}}
                """, file: "parts.yml", schemas: [deal])
        let one = try mapping.resolve(paths: ["/x/b.csv"], within: "/x").entities[0]
        #expect(one.isComplete && one.names == ["b.csv"])
        let folder = try TemporaryFolder(["c.csv": []])
        #expect(failure { _ = try mapping.resolve(in: folder.path) }?.code == .noFiles)
    }
}
