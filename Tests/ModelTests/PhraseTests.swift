import Model
import Testing

@Suite struct `A phrase` {
    @Test func `keeps its values undrawn, in order`() throws {
        let day = try #require(Day("2026-12-07"))
        let inner: Phrase = "of \(3) deals"
        let phrase: Phrase =
            "Call \(Amount(7), "USD") (\(percent: 0.5), \(times: 2)) \(inner) on \(day) by \("EMEA")"
        #expect(
            phrase.parts == [
                .text("Call "), .amount(Amount(7), "USD"), .text(" ("), .percent(0.5), .text(", "),
                .multiple(2), .text(") "),
                .text("of "), .integer(3), .text(" deals"), .text(" on "), .day(day), .text(" by "),
                .text("EMEA"),
            ])
    }

    @Test func `without values is its text`() {
        #expect(("Nothing" as Phrase).parts == [.text("Nothing")])
        #expect("\("")" as Phrase == Phrase(parts: [.text("")]))
    }
}

@Suite struct `The nearest names` {
    private let teams = [
        "East", "West", "EMEA", "Enterprise", "Mid-Market", "North", "South", "Southeast", "Südwest", "APAC",
    ]

    @Test func `are those of the recursive edit distance`() throws {
        let rows = try Fixture.rows("names")
        #expect(rows.count > 10)
        for row in rows {
            let name = Fixture.unquoted(row[0])
            #expect(nearestNames(to: name, among: teams).joined(separator: ",") == row[1], "\(name)")
        }
    }

    @Test func `are as many as asked for, the best first`() {
        #expect(nearestNames(to: "Sout", among: teams, limit: 1) == ["South"])
        #expect(nearestNames(to: "Sout", among: [], limit: 1) == [])
        #expect(nearestNames(to: "Sout", among: teams, limit: 0) == [])
    }
}
