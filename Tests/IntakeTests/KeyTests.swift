import Model
import Testing

@testable import Intake

@Suite("Keys of several columns")
struct KeyTests {
    private func ids(_ id: String, _ csv: String) throws -> (ids: [String], rejects: [Reject]) {
        let folder = try TemporaryFolder(["deals.csv": Array(csv.utf8)])
        var sink = Collector()
        _ = try read(dealMapping("id: \(id)"), in: folder, into: &sink)
        return (sink.records.map(\.id), sink.rejects)
    }

    @Test func `join the parts with colons and escape what the parts have of them`() throws {
        let found = try ids(
            "{key: [a, [x, b], c]}",
            #"""
            a,b,c
            1,2,3
            d:1,2,3
            d,1:2,3
            d\,:1,2
            " d ","say ""x""", 3
            """#)
        #expect(found.ids == ["1:2:3", #"d\:1:2:3"#, #"d:1\:2:3"#, #"d\\:\:1:2"#, #" d :say "x": 3"#])
        #expect(found.rejects.isEmpty)
    }

    @Test func `set a row aside that lacks a part`() throws {
        let found = try ids("{key: [a, b]}", "a,b\n1,2\n1,\n,2\n,\n")
        #expect(found.ids == ["1:2"])
        #expect(found.rejects.map(\.line) == [3, 4])
        #expect(found.rejects.allSatisfy { $0.id == nil && $0.faults.map(\.code) == [.rowWithoutID] })
    }

    /// Every text of up to three of these characters beside every other: no two pairs give the same key.
    @Test func `never give the same key for other parts`() throws {
        var texts = [""]
        for _ in 0..<3 {
            texts += texts.flatMap { text in ["a", ":", "\\", " "].map { text + $0 } }
        }
        let parts = Set(texts).subtracting([""]).sorted()
        let rows = parts.flatMap { first in parts.map { "\"\(first)\",\"\($0)\"" } }
        let found = try ids("{key: [a, b]}", "a,b\n" + rows.joined(separator: "\n") + "\n")
        #expect(found.ids.count == rows.count && rows.count > 7_000)
        #expect(Set(found.ids).count == rows.count)
    }

    @Test func `refer to a record of such a key where they name the same columns`() throws {
        let folder = try TemporaryFolder(["deals.csv": Array("a,b\nx:y,z\n".utf8)])
        var sink = Collector()
        _ = try read(dealMapping("id: {key: [a, b]}, owner_id: {key: [a, b]}"), in: folder, into: &sink)
        #expect(sink.records.map(\.values[1]) == sink.records.map(\.id))
    }
}

@Suite("Files and columns that are not there")
struct AbsenceTests {
    private func collect(_ mapping: String, _ csv: String) throws -> (Collector, ReadReport) {
        let folder = try TemporaryFolder(["deals.csv": Array(csv.utf8)])
        var sink = Collector()
        let report = try read(mapping, in: folder, into: &sink)
        return (sink, report)
    }

    @Test func `a column may have a value where the file lacks it`() throws {
        let mapping = dealMapping(
            "id: id, name: {column: [name, Name], absent: quota}, amount: {column: amount, absent: 7}")
        #expect(
            try collect(mapping, "id\n1\n").0.records.map(\.values).map { [$0[0], $0[2]] } == [
                ["quota", "7"]
            ])
        // An empty cell is no absent column.
        #expect(
            try collect(mapping, "id,Name,amount\n1,,\n").0.records.map(\.values).map { [$0[0], $0[2]] }
                == [[nil, nil]])
    }

    @Test func `a condition may say that a file without its column has no such rows`() throws {
        let mapping = dealMapping("id: id", "where: {column: [master, Master], is_not: \"\", absent: none}")
        let (without, report) = try collect(mapping, "id\n1\n2\n")
        #expect(without.records.isEmpty && report.rowsFiltered == 2)
        #expect(try collect(mapping, "id,Master\n1,\n2,9\n").0.records.map(\.id) == ["2"])
    }

    @Test func `a text that begins otherwise counts as no value`() throws {
        let mapping = dealMapping(
            "id: id, name: {column: what, prefix: \"006\"}, owner_id: {column: what, prefix: \"003\"}")
        let (sink, _) = try collect(mapping, "id,what\n1,0061\n2,0031\n3,00\n4,\n5,006\n")
        #expect(
            sink.records.map { Array($0.values[0...1]) } == [
                ["0061", nil], [nil, "0031"], [nil, nil], [nil, nil], ["006", nil],
            ])
    }

    private static let event = EntitySchema(name: "event", kind: .event, columns: [])

    private func found(_ inputs: String, _ names: [String]) throws -> EntityFiles {
        let text = "mapping: m\nsource: s\nentities:\n  event:\n" + inputs
        let mapping = try Mapping.parse(text: text, file: "m.yml", schemas: [Self.event])
        return try mapping.resolve(paths: names.map { "/x/" + $0 }, within: "/x").entities[0]
    }

    private func inputs(kind: String = "", optional: Bool = true) -> String {
        ["calls.csv", "mails.csv"].map {
            "    - {file: \($0), \(kind)\(optional ? "optional: true, " : "")columns: {id: id}}\n"
        }.joined()
    }

    @Test func `a delta needs one of its optional files, a full snapshot all`() throws {
        let delta = try found(inputs(), ["calls.csv"])
        #expect(delta.isComplete && delta.names == ["calls.csv"] && delta.entity.kind == .delta)
        let strict = try found(inputs(optional: false), ["calls.csv"])
        #expect(!strict.isComplete && strict.missing == ["mails.csv"] && !strict.isLeftOut)
        // Records of the file that is not there would count as gone: it is a gap, and one to tell of.
        let full = try found(inputs(kind: "kind: full, "), ["calls.csv"])
        #expect(!full.isComplete && full.missing == ["mails.csv"] && !full.isLeftOut)
    }

    @Test func `an entity is left out when all of its files are optional and none is there`() throws {
        let text = """
            mapping: m
            source: s
            entities:
              deal: {file: deals.csv, columns: {id: id}}
              event: {file: calls.csv, optional: true, columns: {id: id}}
            """
        let mapping = try Mapping.parse(text: text, file: "m.yml", schemas: [deal, Self.event])
        let found = try mapping.resolve(paths: ["/x/deals.csv"], within: "/x").entities
        #expect(found.map(\.isLeftOut) == [false, true] && found.map(\.isComplete) == [true, false])
        let none = failure { _ = try mapping.resolve(paths: ["/x/other.csv"], within: "/x") }
        #expect(none?.code == .noFiles && none?.hint == "it reads deals.csv")
    }

    @Test(arguments: [
        ("deal", "{file: a.csv, columns: {id: id}}", SnapshotKind.full),
        ("event", "{file: a.csv, columns: {id: id}}", .delta),
        ("event", "{file: a.csv, kind: full, columns: {id: id}}", .full),
        ("deal", "{file: a.csv, distinct: true, columns: {id: id}}", .delta),
        ("deal", "{file: a.csv, distinct: true, kind: full, columns: {id: id}}", .full),
        ("deal", "[{file: a.csv, distinct: true, columns: {id: id}}, {rows: [{id: x}]}]", .delta),
        (
            "deal", "[{file: a.csv, distinct: true, columns: {id: id}}, {file: b.csv, columns: {id: id}}]",
            .full
        ),
        ("deal", "{rows: [{id: x}]}", .full),
    ])
    func `what a snapshot is when the mapping does not say`(entity: String, input: String, kind: SnapshotKind)
        throws
    {
        let text = "mapping: m\nsource: s\nentities:\n  \(entity): \(input)\n"
        let mapping = try Mapping.parse(text: text, file: "m.yml", schemas: [deal, Self.event])
        #expect(mapping.entities[0].kind == kind)
    }
}
