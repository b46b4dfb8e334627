import Analytics
import Model
import Testing

@Suite("The difference of two organisations")
struct OrganisationChangeTests {
    @Test func `names who is elsewhere, gone or new`() {
        let before = organisation(
            [team("e", "East"), team("w", "West"), team("n", "North", below: "e"), team("o", "Old")],
            [
                person("1", in: "w", "Tom"), person("2", in: "e", "Ann"), person("3", in: "o", "Bob"),
                person("4", in: nil, "Cleo"), person("5", in: "o", "Eve"),
            ])
        let after = organisation(
            [team("e", "East"), team("w", "West"), team("n", "North", below: "w"), team("y", "Young")],
            [
                person("1", in: "e", "Tom"), person("2", in: "e", "Ann"), person("4", in: "y", "Cleo"),
                person("5", in: nil, "Eve"), person("6", in: "y", "Dan"),
            ])
        let change = OrganisationChange(from: before, to: after)
        #expect(words(change.movedPeople) == ["Cleo - Young", "Eve Old -", "Tom West East"])
        #expect(words(change.movedTeams) == ["North East West"])
        #expect(change.gonePeople == ["Bob"] && change.newPeople == ["Dan"])
        #expect(change.goneTeams == ["Old"] && change.newTeams == ["Young"])
        #expect(!change.isEmpty)
        let back = OrganisationChange(from: after, to: before)
        #expect(words(back.movedPeople) == ["Cleo Young -", "Eve - Old", "Tom East West"])
        #expect(back.gonePeople == ["Dan"] && back.newTeams == ["Old"])
    }

    @Test func `is none for another order or name, and keeps sources apart`() {
        let first = organisation([team("e", "East"), team("w", "West")], [person("1", in: "e", "Tom")])
        let renamed = organisation(
            [team("w", "Wild West"), team("e", "East")], [person("1", in: "e", "Thomas")])
        #expect(OrganisationChange(from: first, to: renamed).isEmpty)
        let other = Team(id: RecordID(source: "t", id: "e"), name: "East", parent: nil, lead: nil)
        let change = OrganisationChange(
            from: first, to: organisation([team("w", "West"), other], [person("1", in: "e", "Tom")]))
        #expect(change.goneTeams == ["East"] && change.newTeams == ["East"])
    }

    private func words(_ moves: [OrganisationChange.Move]) -> [String] {
        moves.map { "\($0.name) \($0.from ?? "-") \($0.to ?? "-")" }
    }
}
