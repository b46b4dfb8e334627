import Model
import Testing

@testable import Intake

/// What a mapping may say of guards, drift and bases.
@Suite("Care of snapshots in a mapping")
struct CareTests {
    private func care(_ keys: String, _ input: String = "") throws(BellwetherError) -> SnapshotCare {
        let text = """
            mapping: m
            source: m
            \(keys)
            entities:
              team:
                file: team.csv
                \(input)
                columns: {id: id}
            """
        let mapping = try Mapping.parse(
            text: text, file: "m.yml",
            schemas: [EntitySchema(name: "team", columns: [EntityColumn(name: "name", type: .text)])])
        return mapping.entities[0].care
    }

    @Test func `guards have numbers of their own`() throws {
        let guards = try care("").guards
        #expect(LoadGuard.acceptable.allSatisfy(guards.isOn))
        #expect(guards.limit(.share, of: .gone) == 2_000 && guards.limit(.rows, of: .gone) == 10)
    }

    @Test func `an entity's word counts before the mapping's, number by number`() throws {
        let guards = try care(
            "guards: {gone: {share: 2.5 %, rows: 7}, older: off}", "guards: {gone: {share: 30}, empty: off}"
        ).guards
        #expect(guards.limit(.share, of: .gone) == 3_000 && guards.limit(.rows, of: .gone) == 7)
        #expect(!guards.isOn(.older) && !guards.isOn(.empty) && guards.isOn(.gone))
        #expect(try care("guards: {gone: {share: 2.5 %}}").guards.limit(.share, of: .gone) == 250)
        #expect(try care("guards: {gone: {share: 2.05%}}").guards.limit(.share, of: .gone) == 205)
    }

    @Test(arguments: [
        ("guards: {goen: off}", ErrorCode.mappingUnknownName, "gone"),
        ("guards: {same_day: off}", .mappingUnknownName, "it can be"),
        ("guards: {gone: {shore: 5 %}}", .mappingUnknownName, "share"),
        ("guards: {gone: {days: 5}}", .mappingUnknownName, ""),
        ("guards: {gone: {share: much}}", .mappingBadValue, "20 %"),
        ("guards: {gone: {share: -5 %}}", .mappingBadValue, "20 %"),
        ("guards: {gone: {share: 5.005 %}}", .mappingBadValue, "20 %"),
        ("guards: {gone: {share: 5. %}}", .mappingBadValue, "20 %"),
        ("guards: {gone: {rows: 1.5}}", .mappingBadValue, "whole number"),
        ("guards: {gone: {rows: -1}}", .mappingBadValue, "whole number"),
        ("guards: {gone: sometimes}", .mappingBadValue, "off"),
        ("guards: {empty: {rows: 1}}", .mappingBadValue, "on or off"),
        ("guards: [gone]", .mappingSyntax, "map"), ("drift: allow", .mappingBadValue, "refuse"),
        ("builds_on: yesterday", .mappingBadValue, "newest"),
    ])
    func `what cannot be is refused with its line`(keys: String, code: ErrorCode, says: String) {
        do throws(BellwetherError) {
            _ = try care(keys)
            Issue.record("\(keys) was taken")
        } catch {
            let told = error.message + " " + (error.hint ?? "")
            let isRight = error.code == code && error.place?.line == 3 && told.contains(says)
            if !isRight { Issue.record("\(keys): \(error)") }
        }
    }
}
