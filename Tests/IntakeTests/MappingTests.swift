import Foundation
import Model
import Testing

@testable import Intake

@Suite("Mappings")
struct MappingTests {
    private func parsed(_ text: String) throws -> Mapping {
        try Mapping.parse(text: text, file: "m.yml", schemas: [deal] + schemas)
    }

    /// How a mistake is told: code, line:column, message and hint.
    private func told(_ text: String) -> String {
        guard let error = failure({ _ = try parsed(text) }) else { return "no error" }
        let place = "\(error.place?.line ?? 0):\(error.place?.column ?? "-")"
        return "\(error.code.rawValue) \(place) \(error.message)" + (error.hint.map { " [\($0)]" } ?? "")
    }

    private let head = "mapping: m\nsource: s\n"

    @Test func `take 1 MiB and not a byte more`() throws {
        let values = (0..<40_000).map { "          k\($0): v\n" }.joined()
        let long =
            "mapping: m\nsource: s\nentities:\n  deal:\n    file: a.csv\n    columns:\n      id: id\n"
            + "      name:\n        column: name\n        values:\n" + values
        let filled = long + "#" + String(repeating: "x", count: (1 << 20) - long.utf8.count - 1)
        #expect(throws: Never.self) { try parsed(filled) }
        #expect(
            told(filled + "x")
                == "BW124 0:- the mapping has more than 1 MiB [give the mapping, not an export; move long lists of values into the CRM's export]"
        )
    }

    @Test func `tell mistakes in their frame`() {
        #expect(told("") == "BW121 0:- the mapping is empty [start with `mapping: NAME` and `source: NAME`]")
        #expect(told("a: [") == "BW121 2:1 the mapping is not YAML: did not find expected node content")
        #expect(told("mapping: m\nmapping: n\n") == "BW121 1:1 the key mapping stands twice")
        #expect(told("- a") == "BW121 1:1 the mapping must be a map of `key: value`")
        #expect(
            told("mapping: m\nsource: s\nentites: {}")
                == "BW122 3:1 unknown key of the mapping: entites [did you mean entities?]")
        #expect(told("mapping: m\nsource: s\n") == "BW121 1:1 the mapping has no entities")
        #expect(
            told("mapping: m\nentities: {}")
                == "BW121 1:1 the mapping has no source [add a line `source: NAME`]")
        #expect(
            told("mapping: m\nsource: a b\nentities: {}")
                == "BW123 2:9 source must be a name [letters, digits, point, hyphen and underscore, at most 63]"
        )
        #expect(
            told(head + "expected: dayly\nentities: {}")
                == "BW123 3:11 expected cannot be dayly [it can be: daily, weekdays, weekly, monthly, irregular]"
        )
    }

    @Test func `tell mistakes in entities and columns`() {
        let entities = head + "entities:\n"
        #expect(
            told(entities + "  oportunity: {}")
                == "BW122 4:3 unknown entity oportunity [did you mean opportunity?]")
        #expect(
            told(entities + "  team: {file: t.csv}") == "BW121 4:9 entity team has no columns")
        #expect(
            told(entities + "  team: {columns: {id: a}}")
                == "BW121 4:9 entity team has neither file nor rows [write `file: NAME.csv` and `columns:`]")
        #expect(
            told(entities + "  team: {file: t.csv, columns: {name: a}}")
                == "BW121 4:32 entity team has no id among its columns")
        #expect(
            told(entities + "  team: {file: t.csv, columns: {id: a, nam: b}}")
                == "BW122 4:40 unknown column of team: nam [did you mean name?]")
        #expect(
            told(entities + "  team: {file: t.csv, colums: {id: a}}")
                == "BW122 4:23 unknown key of entity team: colums [did you mean columns?]")
        #expect(
            told(entities + "  team: {file: a/t.csv, columns: {id: a}}")
                == "BW123 4:16 file must be the name of a file in the folder [`*` stands for any characters, "
                + "`?` for one; folders are given on the command line]")
        #expect(
            told(entities + "  team: {file: t.csv, columns: {id: \"office {a\"}}")
                == "BW123 4:37 the template's braces do not enclose column names [write {column}; {{ and }} "
                + "stand for braces]")
        #expect(
            told(entities + "  team: {file: t.csv, columns: {id: {column: a, template: b}}}")
                == "BW121 4:37 id needs one of column, template, key and constant")
        #expect(
            told(entities + "  team: {file: t.csv, columns: {id: {column: a, optional: true}}}")
                == "BW123 4:37 id can be neither optional nor volatile")
        #expect(
            told(entities + "  team: {file: t.csv, columns: {id: {column: a, optional: maybe}}}")
                == "BW123 4:59 optional must be true or false")
        #expect(
            told(entities + "  team: {file: t.csv, columns: {id: a, name: [x]}}")
                == "BW121 4:46 name must be a map of `key: value`")
        #expect(
            told(entities + "  team: {file: t.csv, columns: {id: a, name: {column: b, other: refuse}}}")
                == "BW121 4:65 `other` needs `values` beside it")
        #expect(
            told(entities + "  team: [{kind: full, rows: []}, {kind: delta, rows: []}]")
                == "BW123 4:34 the inputs of team differ in kind [one snapshot is either full or a delta]")
        #expect(
            told(entities + "  team: {file: t.csv, where: {column: a}, columns: {id: a}}")
                == "BW121 4:30 where needs column, and one of is and is_not [write `{column: IsDeleted, is: "
                + "\"true\"}`]")
    }

    @Test func `tell mistakes in values and formats`() {
        let columns = head + "entities:\n  deal:\n    file: t.csv\n    columns:\n      id: a\n"
        #expect(
            told(columns + "      close_date: {column: b, dates: [yy-MM-dd]}")
                == "BW123 8:38 yy-MM-dd is no date pattern [a year is written yyyy; two digits do not say which "
                + "century]")
        #expect(
            told(columns + "      amount: {column: b, numbers: german}")
                == "BW123 8:36 numbers cannot be german [write `plain`, or for 1.250,50 `{decimal: \",\", "
                + "grouping: \".\"}`]")
        #expect(
            told(columns + "      amount: {column: b, numbers: {decimal: \",\", grouping: \",\"}}")
                == "BW123 8:61 grouping must be one character that is not the decimal [leave it out when digits "
                + "are not grouped]")
        #expect(
            told(columns + "      amount: {constant: ten}")
                == "BW123 8:26 amount: ten is not a number of the form 1250.5; state another with `numbers`")
        #expect(
            told(columns + "      amount: {column: b, salesforce_id: true}")
                == "BW123 8:42 salesforce_id is for columns of text")
        #expect(
            told(columns + "      amount: {column: b, add: 1}")
                == "BW123 8:32 add is for columns of whole numbers")
        #expect(
            told(head + "format: {delimiter: ab}\nentities: {}")
                == "BW123 3:21 delimiter must be one ASCII character")
        #expect(
            told(head + "format: {encoding: utf8}\nentities: {}")
                == "BW123 3:20 encoding cannot be utf8 [it can be: utf-8, utf-16le, utf-16be, latin-1, "
                + "windows-1252]")
        #expect(
            told(head + "entities:\n  deal:\n    rows:\n      - {id: a, close_date: 2023-02-30}\n")
                == "BW123 6:29 close_date: 2023-02-30 is no day of the calendar (read as yyyy-MM-dd)")
        #expect(
            told(head + "entities:\n  deal:\n    rows:\n      - {name: a}\n")
                == "BW121 6:9 a row of deal has no id")
        #expect(
            told(head + "entities:\n  deal:\n    rows:\n      - {id: a}\n      - {id: a}\n")
                == "BW123 7:9 two rows of deal have the same id")
    }

    @Test func `tell mistakes in keys, prefixes and what is absent`() {
        let team = head + "entities:\n  team: {file: t.csv, columns: {id: "
        #expect(
            told(team + "{key: [a]}}}")
                == "BW123 4:43 key must be a list of columns, at least two [write `key: [OpportunityId, UserId]`; "
                + "a single column is `column: Id`]")
        #expect(told(team + "{key: [a, []]}}}") == "BW123 4:47 key must not be empty")
        #expect(
            told(team + "{key: [a, b], salesforce_id: true}}}")
                == "BW123 4:66 salesforce_id is for one id, not for a key of several")
        #expect(
            told(team + "{template: a, absent: b}}}") == "BW121 4:59 `absent` needs `column` beside it")
        let columns = head + "entities:\n  deal:\n    file: t.csv\n    columns:\n      id: a\n"
        #expect(told(columns + "      amount: {key: [a, b]}") == "BW123 8:21 key is for columns of text")
        #expect(
            told(columns + "      amount: {column: b, prefix: x}")
                == "BW123 8:35 prefix is for columns of text")
        #expect(
            told(columns + "      amount: {column: b, absent: x}")
                == "BW123 8:35 amount: x is not a number of the form 1250.5; state another with `numbers`")
        #expect(
            told(columns + "    where: {column: b, is: c, absent: all}")
                == "BW123 8:39 absent can only be none, and not beside optional [none: a file that lacks the column "
                + "has no such rows; optional: the condition does not count]")
    }

    @Test func `have a hash of their text`() throws {
        let text = head + "entities: {}\n"
        #expect(try parsed(text).hash == Hash128(of: text))
        #expect(try parsed(text).hash != parsed(text + "\n").hash)
    }

    @Test func `templates know alternatives, empty cells and braces`() throws {
        let template = try #require(Template("{{x}} {a|b?}-{c}"))
        #expect(
            template.pieces == [
                .text(Array("{x} ".utf8)), .column(["a", "b"], mayBeEmpty: true), .text([45]),
                .column(["c"], mayBeEmpty: false),
            ])
        for broken in ["{", "}", "{}", "a}b", "{a|}", "{?}"] { #expect(Template(broken) == nil, "\(broken)") }
    }

    @Test(arguments: [
        ("a.csv", "a.csv", true), ("a.csv", "A.csv", false),
        ("opportunities-1.csv", "opportunities*.csv", true),
        ("opportunities.csv", "opportunities*.csv", true),
        ("opportunities.csv.gz", "opportunities*.csv", false),
        ("ab", "a?", true), ("a", "a?", false), ("abcabd", "*abd", true), ("", "*", true),
        ("a+b", "a+b", true),
        ("xaxbx", "*a*b", false), ("münchen.csv", "m?nchen.csv", true),
    ])
    func `patterns of file names know * and ?`(name: String, pattern: String, expected: Bool) {
        #expect(matches(name, pattern: pattern) == expected)
    }
}

@Suite("Shipped mappings")
struct ShippedMappingTests {
    private static let folder = packageRoot.appending(path: "etl/mappings")
    static let names =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
            $0.hasSuffix(".yml")
        }
        .sorted()

    static func mapping(_ name: String) throws -> Mapping {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return try Mapping.parse(text: text, file: name, schemas: schemas)
    }

    @Test func `are six`() {
        #expect(
            Self.names == [
                "generic.yml", "hubspot.yml", "maven-crm.yml", "salesforce-dtc.yml", "salesforce.yml",
                "weekly-calls.yml",
            ])
        #expect(schemas.count == 44)
    }

    @Test(arguments: names)
    func `are read without a mistake and named as their file`(name: String) throws {
        #expect(try Self.mapping(name).name + ".yml" == name)
    }

    @Test func `generic fills every column of every entity`() throws {
        let generic = try Self.mapping("generic.yml")
        #expect(generic.entities.map(\.name) == schemas.map(\.name))
        for entity in generic.entities {
            let filled = entity.inputs.flatMap { $0.fileColumns?.columns.compactMap(\.?.target) ?? [] }
            #expect(filled == entity.schema.columns.map(\.name))
        }
    }

    @Test func `have stages that stand for something`() throws {
        for name in Self.names {
            for input in try Self.mapping(name).entity(named: "stage")?.inputs ?? [] {
                guard case .rows(let rows) = input.content else { continue }
                for row in rows {
                    let words = row.values.map { String(decoding: $0 ?? [], as: UTF8.self) }
                    #expect(["open", "won", "lost", "no_decision"].contains(words[2]), "\(name): \(words)")
                    #expect(
                        ["commit", "best_case", "pipeline", "omitted", "closed"].contains(words[3]),
                        "\(name): \(words)")
                }
            }
        }
    }

    @Test func `use only keys that the README explains`() throws {
        let readme = try String(contentsOf: packageRoot.appending(path: "etl/README.md"), encoding: .utf8)
        let keys =
            EntityParser.fileKeys + EntityParser.rowKeys + ColumnParser.keys + FormatParser.keys
            + MappingParser.keys + EntityParser.conditionKeys + FormatParser.numberKeys
        for key in Set(keys).sorted() { #expect(readme.contains("`\(key)`"), "\(key)") }
    }
}
