import Analytics
import Foundation
import Model
import TestSupport
import Testing

@Suite("The place of a deal")
struct DealPlacesTests {
    private let places: DealPlaces

    init() throws {
        places = try DealPlaces(organisation([team("e")], [person("1", in: "e"), person("2")]))
    }

    @Test func `is the owner's team of the day that counts, not that of today`() {
        #expect(place("2", in: "e") == .team(key("e")))
        #expect(place("1", in: nil) == .withoutTeam)
    }

    @Test func `is no team where nobody knows the team`() {
        #expect(place("1", in: "gone") == .withoutTeam)
    }

    @Test func `is nobody's without an owner among the people of that day or today`() {
        #expect(place(nil, in: "e", isKnown: false) == .withoutOwner)
        #expect(place("9", in: "e", isKnown: false) == .withoutOwner)
        #expect(place("9", in: "e", isKnown: true) == .team(key("e")))
        #expect(place("1", in: nil, isKnown: false) == .withoutTeam)
    }

    @Test func `is that of a team for several of its people together`() {
        #expect(places.place(owner: nil, isOwnerKnown: true, team: key("e")) == .team(key("e")))
        #expect(places.place(owner: nil, isOwnerKnown: true, team: nil) == .withoutTeam)
    }

    /// The rollup adds from the leaves; here each deal is asked for its place.
    @Test func `sums to the lines of the rollup in any organisation`() throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = UInt64(environment["BELLWETHER_TEST_SEED"] ?? "") ?? UInt64.random(in: 1...1_000_000)
        for number in 0..<50 {
            var random = SeededGenerator(seed: seed &+ UInt64(number))
            let teams = (0..<Int.random(in: 0...5, using: &random)).map { index in
                team("t\(index)", below: index > 0 ? "t\(Int.random(in: 0..<index, using: &random))" : nil)
            }
            let people = (0..<4).map { person("p\($0)", in: "t\(Int.random(in: 0...6, using: &random))") }
            let cells = (0..<30).map { _ in
                cell(
                    Bool.random(using: &random) ? "p\(Int.random(in: 0...6, using: &random))" : nil,
                    in: "t\(Int.random(in: 0...6, using: &random))", .commit,
                    Int.random(in: -50...1_000, using: &random), known: Bool.random(using: &random))
            }
            let company = organisation(teams, people)
            let places = try DealPlaces(company)
            let rollup = try ForecastRollup(cells: cells, plan: [], organisation: company)
            for line in rollup.lines {
                guard let wanted = below(line.node, places.tree) else { continue }
                let expected = cells.filter { wanted.contains(places.place(of: $0)) }
                    .reduce(DealSum.none) { $0 + $1.sum }
                #expect(line.sums.all == expected, "seed \(seed &+ UInt64(number)), \(line.name)")
            }
        }
    }

    private func below(_ node: ForecastLine.Node, _ tree: TeamTree) -> Set<DealPlace>? {
        switch node {
        case .team(let team): Set(tree.subtree(of: team).map(DealPlace.team))
        case .withoutTeam: [.withoutTeam]
        case .withoutOwner: [.withoutOwner]
        case .company, .person, .others: nil
        }
    }

    private func place(_ owner: String?, in team: String?, isKnown: Bool = true) -> DealPlace {
        places.place(owner: owner.map(key), isOwnerKnown: isKnown, team: team.map(key))
    }
}
