import Model
import Testing

@testable import Intake

@Suite("Rows become records")
struct RowTests {
    private func collect(_ mapping: String, _ csv: String, known: Set<Hash128> = []) throws -> (
        Collector, ReadReport
    ) {
        let folder = try TemporaryFolder(["deals.csv": Array(csv.utf8)])
        var sink = Collector(known: known)
        let report = try read(mapping, in: folder, into: &sink)
        return (sink, report)
    }

    @Test func `with canonical values in the schema's order`() throws {
        let mapping = dealMapping(
            """
            id: Id, name: Name, owner_id: "{First?} {Last}", amount: Amount, close_date: Close, is_won: Won,
            position: {constant: 3}, seen_at: {column: Seen, optional: true}
            """)
        let (sink, report) = try collect(
            mapping,
            """
            \u{FEFF} Id ,Name,First,Last,Amount,Close,Won,Extra
            1,"A ""big"" one, really",Ann,Lee,1250.50,2026-03-31 10:00:00,TRUE,x
            2,,,Lee,-0.10,2026-04-01,no,y
            3,c,Ann,,,,,
            """)
        #expect(
            sink.records.map(\.values) == [
                ["A \"big\" one, really", "Ann Lee", "1250.5", "2026-03-31", "t", "3", nil],
                [nil, "Lee", "-0.1", "2026-04-01", "f", "3", nil],
                ["c", nil, nil, nil, nil, "3", nil],
            ])
        #expect(sink.records.map(\.id) == ["1", "2", "3"])
        #expect(sink.records.map(\.line) == [2, 3, 4])
        #expect(report.rowsRead == 3)
        #expect(report.rowsAccepted == 3)
        #expect(report.unmappedColumns == ["Extra"])
        #expect(report.absentColumns == ["Seen"])
        #expect(report.files.map(\.name) == ["deals.csv"])
    }

    @Test func `keep other columns by name, sorted, without the empty ones`() throws {
        let (sink, report) = try collect(
            dealMapping("id: id", "keep: [z, \"a\\\"b\", none, gone]"),
            "id,z,\"a\"\"b\",none\n1,\"x\"\"y\",2,\n2,,,\n")
        #expect(sink.records.map(\.extra) == [#"{"a\"b":"2","z":"x\"y"}"#, nil])
        #expect(report.absentColumns == ["gone"])
    }

    @Test func `whose hash is known are neither read nor checked`() throws {
        let mapping = dealMapping("id: id, amount: amount, name: name")
        let csv = "id,amount,name\n1,10,a\n2,nonsense,b\n3,30,c\n"
        let (first, _) = try collect(mapping, csv)
        #expect(first.records.map(\.id) == ["1", "3"])
        #expect(first.rejects.map(\.id) == ["2"])
        let (second, report) = try collect(mapping, csv, known: Set(first.records.map(\.hash)))
        #expect(second.records.isEmpty)
        #expect(second.rejects.count == 1)
        #expect(report.rowsKnown == 2)
        #expect(second.asked.count == 3)
        let (third, _) = try collect(mapping, csv, known: Set(first.asked))
        #expect(third.rejects.isEmpty)
    }

    @Test func `have a hash of their mapped cells alone`() throws {
        let mapping = dealMapping("id: id, name: name, amount: amount")
        func hashes(_ csv: String) throws -> [Hash128] { try collect(mapping, csv).0.asked }
        // The same rows, and one in which only an unmapped cell differs.
        let same = try hashes("id,x,name,amount\n1,old,a,5\n1,old,a,5\n1,new,a,5\n1,\"new\",a,5\n")
        #expect(Set(same).count == 1)
        // Bytes that move from one cell to the next.
        let moved = try hashes("id,x,name,amount\n12,-,3,5\n1,-,23,5\n12,-,35,\n12,-,\"3,5\",\n")
        #expect(Set(moved).count == 4)
        // Another header, another mapping.
        #expect(try hashes("id,y,name,amount\n1,old,a,5\n") != [same[0]])
        let other = try collect(mapping + "\n", "id,x,name,amount\n1,old,a,5\n").0.asked
        #expect(other != [same[0]])
        // Every column mapped: the whole row is hashed at once.
        let whole = try hashes("id,name,amount\n1,a,5\n1,a,5\n1,a,6\n")
        #expect(whole[0] == whole[1] && whole[1] != whole[2])
    }

    @Test func `do not change by a volatile column alone`() throws {
        let mapping = dealMapping("id: id, name: name, amount: {column: amount, volatile: true}")
        let (sink, _) = try collect(mapping, "id,amount,name\n1,5,a\n1,6,a\n1,6,b\n")
        #expect(sink.asked[0] == sink.asked[1])
        #expect(sink.asked[1] != sink.asked[2])
        let parsed = try Mapping.parse(text: mapping, file: "m", schemas: [deal])
        #expect(parsed.entities[0].volatileColumns == ["amount"])
        // A fault in one is still a fault.
        let (bad, _) = try collect(mapping, "id,amount,name\n1,x,a\n")
        #expect(bad.rejects.map(\.code) == [.valueNotANumber])
        let name = dealMapping("id: id, name: {column: name, volatile: true}")
        let (nul, _) = try collect(name, "id,amount,name\n1,x,a\0b\n")
        #expect(nul.rejects.map(\.code) == [.rowNulByte])
    }

    @Test func `are left out by where`() throws {
        let (sink, report) = try collect(
            dealMapping(
                "id: id",
                "where: [{column: kind, is_not: [Test, \"\"]}, {column: gone, is: a, optional: true}]"),
            "id,kind\n1,Deal\n2,Test\n3,\n4,\"Test\"\n5,Other\n")
        #expect(sink.records.map(\.id) == ["1", "5"])
        #expect(report.rowsFiltered == 3)
    }

    @Test func `that say deleted are absent in a full export and deletions in a delta`() throws {
        let csv = "id,gone,amount\n1,false,5\n2,true,nonsense\n,true,\n"
        let rest = "deleted: {column: gone, is: \"true\"}"
        let (full, fullReport) = try collect(dealMapping("id: id, amount: amount", rest), csv)
        #expect(full.records.map(\.id) == ["1"])
        #expect(full.deleted.isEmpty && full.rejects.isEmpty)
        #expect(fullReport.rowsDeleted == 2)
        let (delta, _) = try collect(dealMapping("id: id, amount: amount", rest + "\nkind: delta"), csv)
        #expect(delta.deleted == ["2"])
        #expect(delta.rejects.map(\.code) == [.rowWithoutID])
    }

    @Test func `follow a map of values`() throws {
        let (sink, _) = try collect(
            dealMapping(
                """
                id: id, name: {column: a, values: {x: X, y: null}}, owner_id: {column: b, values: {x: X}, other: "null"},
                amount: {column: c, values: {ten: 10}, other: refuse}
                """), "id,a,b,c\n1,x,x,ten\n2,y,y,\n3,z,z,11\n")
        #expect(
            sink.records.map(\.values).map { Array($0.prefix(3)) } == [["X", "X", "10"], [nil, nil, nil]])
        #expect(sink.rejects.map(\.code) == [.valueUnknown])
    }

    @Test func `have their own words for no value`() throws {
        let (sink, _) = try collect(
            dealMapping(
                "id: id, name: {column: name, null: [\"-\", N/A]}, amount: amount",
                "format: {null: [\"\", NULL]}"),
            "id,name,amount\n1,-,NULL\n2,N/A,  \n3,,5\n")
        #expect(sink.records.map { [$0.values[0], $0.values[2]] } == [[nil, nil], [nil, nil], ["", "5"]])
    }

    @Test func `of distinct inputs come once`() throws {
        let mapping = """
            mapping: test
            source: test
            entities:
              deal:
                - {file: a.csv, columns: {id: owner, name: owner}, distinct: true}
                - {file: b.csv, columns: {id: person, name: person}, distinct: true}
                - rows:
                    - {id: Zoe, name: Zoe}
            """
        let folder = try TemporaryFolder([
            "a.csv": Array("owner,x\nAnn,1\nBob,2\nAnn,3\n".utf8),
            "b.csv": Array("person\nBob\n\"Cy\"\nCy\n".utf8),
        ])
        var sink = Collector()
        let report = try read(mapping, in: folder, into: &sink)
        #expect(sink.records.map(\.id) == ["Ann", "Bob", "Cy", "Zoe"])
        #expect(report.rowsRepeated == 3)
        #expect(report.rowsRead == 7)
        #expect(sink.records.last?.file == "test.yml")
        #expect(sink.records.last?.line == 8)
        // The next night each is known, whichever row gives it first.
        var next = Collector(known: Set(sink.records.map(\.hash)))
        try folder.write(Array("owner,x\nBob,9\n\"Ann\",9\n".utf8), to: "a.csv")
        let nextReport = try read(mapping, in: folder, into: &next)
        #expect(next.records.isEmpty)
        #expect(nextReport.rowsKnown == 4)
    }

    @Test func `several files of a pattern are one snapshot, by name`() throws {
        let folder = try TemporaryFolder([
            "deals-2.csv": Array("id\nb\n".utf8), "deals-1.csv": Array("id\na\n".utf8), "notes.txt": [],
        ])
        let text = dealMapping("id: id").replacing("\"*.csv\"", with: "[other.csv, \"deals*.csv\"]")
        let mapping = try Mapping.parse(text: text, file: "m", schemas: [deal])
        let found = try mapping.resolve(in: folder.path)
        #expect(found.unmapped == ["notes.txt"])
        #expect(found.entities[0].names == ["deals-1.csv", "deals-2.csv"])
        var sink = Collector()
        var told: [Int] = []
        let report = try EntityReader(mapping: mapping, files: found.entities[0]).read(into: &sink) {
            read, all, rows in
            told.append(read)
            #expect(all == 10)
            #expect(rows <= 2)
        }
        #expect(sink.records.map(\.id) == ["a", "b"])
        #expect(told.last == 10)
        #expect(report.files.map(\.hash) == [Hash128(of: "id\na\n"), Hash128(of: "id\nb\n")])
    }

    @Test func `an entity that lacks one of its files is a gap`() throws {
        let folder = try TemporaryFolder(["a.csv": Array("id\nx\n".utf8)])
        let text = """
            mapping: t
            source: t
            entities:
              deal:
                - {file: a.csv, columns: {id: id}}
                - {file: [b.csv, c.csv], columns: {id: id}}
            """
        let found = try Mapping.parse(text: text, file: "m", schemas: [deal]).resolve(in: folder.path)
        #expect(!found.entities[0].isComplete)
        #expect(found.entities[0].missing == ["b.csv or c.csv"])
    }

    @Test func `a preview shows the first`() throws {
        let folder = try TemporaryFolder(["deals.csv": Array("id,amount\n1,1\n2,x\n3,3\n4,4\n".utf8)])
        let mapping = try Mapping.parse(
            text: dealMapping("id: id, amount: amount"), file: "m", schemas: [deal])
        let reader = EntityReader(mapping: mapping, files: try mapping.resolve(in: folder.path).entities[0])
        let preview = try reader.preview(limit: 2)
        #expect(preview.rows.map(\.id) == ["1", "3"])
        #expect(preview.rejects.map(\.line) == [3])
        #expect(preview.isCut)
        #expect(try !reader.preview(limit: 10).isCut)
    }
}
