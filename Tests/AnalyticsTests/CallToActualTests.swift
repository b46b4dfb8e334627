import Analytics
import Model
import Testing

/// From what was committed on a day to what was booked, each step worked by hand.
@Suite("From call to actual")
struct CallToActualTests {
    private static let quarter = span("FY2026Q1", "2026-01-01", "2026-03-31")
    private let tree = organisation([
        team("all"), team("east", below: "all"), team("west", below: "all"),
    ])

    private func way(
        _ committed: [DealMoment], _ won: [DealMoment], fates: [DealMoment] = [], origins: [DealMoment] = [],
        atOldRates: [String: Int] = [:], isOver: Bool = true
    ) throws -> CallToActual {
        let places = try DealPlaces(tree)
        func byID(_ deals: [DealMoment]) -> [RecordID: DealMoment] {
            Dictionary(deals.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let rates = Dictionary(
            atOldRates.map { (key($0.key), Amount($0.value)) }, uniquingKeysWith: { first, _ in first })
        return CallToActual(
            CallToActual.Days(
                committed: MomentSet(committed, places), won: MomentSet(won, places), fates: byID(fates),
                origins: byID(origins), atOldRates: rates),
            period: Self.quarter, isOver: isOver)
    }

    private func steps(_ way: CallToActual, _ node: ForecastLine.Node = .company) -> [String: String] {
        Dictionary(
            way.sums(in: NodePlace(node)).map {
                ($0.key.rawValue, "\($0.value.amount) in \($0.value.count)")
            },
            uniquingKeysWith: { first, _ in first })
    }

    private func committed(_ id: String, _ amount: Int, of owner: String = "ann", in team: String = "east")
        -> DealMoment
    {
        moment(id, .open, .commit, amount, of: owner, in: team)
    }

    @Test func `each committed deal takes one step to its fate`() throws {
        let way = try way(
            [
                committed("a", 100), committed("b", 90), committed("c", 80), committed("d", 70),
                committed("e", 60), committed("f", 50), committed("g", 40), won("h", 30), committed("i", 20),
                committed("j", 10), committed("k", 5),
            ], [],
            fates: [
                moment("a", .open, .commit, 100, closes: "2026-04-20"), moment("b", .lost, .omitted, 90),
                moment("c", .noDecision, .omitted, 80), moment("d", .open, .commit, 75),
                moment("e", .open, .pipeline, 60, closes: nil),
                // Won, but in another period; and g is not there any more.
                moment("f", .won, .closed, 50, closes: "2026-04-02"), moment("h", .open, .commit, 30),
                moment("i", .open, .omitted, 20),
                moment("j", .won, .closed, 10, closes: "2025-12-30"),
                moment("k", .open, .commit, 5, closes: "2025-12-30"),
            ])
        #expect(
            steps(way) == [
                "slipped": "-300 in 5", "lost": "-170 in 2", "gone": "-40 in 1", "reopened": "-30 in 1",
                "pulled_out": "-15 in 2",
            ])
        #expect(
            way.effects(in: NodePlace(.company)).prefix(3).map {
                "\($0.id.id) \($0.step.rawValue) \($0.amount)"
            }
                == ["a slipped -100", "b lost -90", "c lost -80"])
    }

    @Test func `what is open in the period is still to come until it is frozen`() throws {
        let way = try way(
            [committed("a", 100), committed("b", 90)], [],
            fates: [
                moment("a", .open, .commit, 100), moment("b", .open, .commit, 90, closes: "2026-04-20"),
            ], isOver: false)
        #expect(steps(way) == ["still_open": "-100 in 1", "slipped": "-90 in 1"])
    }

    @Test func `what is won from outside is told by where it was`() throws {
        let ids = ["a", "b", "c", "d", "e", "f", "g", "h"]
        let way = try way(
            [], ids.enumerated().map { won($0.element, 1 << $0.offset) },
            origins: [
                moment("a", .open, .bestCase, 9), moment("b", .open, .pipeline, 9),
                moment("c", .open, .omitted, 9), moment("d", .open, .commit, 9, closes: "2026-05-01"),
                moment("e", .open, .commit, 9, closes: nil), moment("f", .lost, .omitted, 9),
                moment("g", .won, .closed, 9, closes: "2025-12-30"),
            ])
        #expect(
            steps(way) == [
                "won_from_best_case": "1 in 1", "won_from_pipeline": "2 in 1", "won_from_omitted": "4 in 1",
                "pulled_in": "\(8 + 16 + 64) in 3", "revived": "32 in 1", "created": "128 in 1",
            ])
    }

    @Test func `a change of amount is told apart from one of the rate`() throws {
        let way = try way(
            [
                committed("a", 100), committed("b", 100), moment("c", .open, .commit, 110, euros: 100),
                moment("d", .open, .commit, 110, euros: 100), committed("e", 100),
            ],
            [
                won("a", 80), won("b", 130), moment("c", .won, .closed, 105, euros: 100),
                // 120 euros were 132 at the old rate of 1.10 and are 126 at the new one of 1.05.
                moment("d", .won, .closed, 126, euros: 120), won("e", 100),
            ], atOldRates: ["a": 80, "b": 130, "c": 110, "d": 132])
        #expect(
            steps(way) == [
                "closed_below": "-20 in 1", "closed_above": "52 in 2", "currency": "-11 in 2",
            ])
    }

    @Test func `a deal that changes hands moves at its old amount and takes its step in the new node`() throws
    {
        let way = try way(
            [committed("a", 100), committed("b", 50, of: "bob", in: "west"), committed("c", 30)],
            [won("a", 90, of: "bob", in: "west")],
            fates: [
                moment("b", .lost, .omitted, 50, of: "ann", in: "east"),
                moment("c", .open, .commit, 30, of: "cleo", in: "east", closes: "2026-06-01"),
            ])
        #expect(
            steps(way, .team(key("east"))) == [
                "moved_out": "-100 in 1", "moved_in": "50 in 1", "lost": "-50 in 1", "slipped": "-30 in 1",
            ])
        #expect(
            steps(way, .team(key("west"))) == [
                "moved_out": "-50 in 1", "moved_in": "100 in 1", "closed_below": "-10 in 1",
            ])
        // In whoever is above both, nobody has moved anything.
        let above = ["lost": "-50 in 1", "slipped": "-30 in 1", "closed_below": "-10 in 1"]
        #expect(steps(way, .team(key("all"))) == above)
        #expect(steps(way) == above)
        #expect(steps(way, .person(key("ann")))["moved_out"] == "-130 in 2")
    }

    @Test func `a shared deal keeps its parts, and is divided anew where others share it`() throws {
        func shares(_ parts: [(String, String, Int, Int?)]) -> [DealMoment.Share] {
            parts.map { owner, team, percent, amount in
                DealMoment.Share(
                    holder: holder(owner, in: team), percent: Amount(percent),
                    amount: amount.map { Amount($0) })
            }
        }
        let first = shares([("ann", "east", 70, 70), ("bob", "west", 30, 30)])
        let same = try way(
            [moment("a", .open, .commit, 100, shares: first)],
            [won("a", 90, shares: shares([("ann", "east", 70, 63), ("bob", "west", 30, 27)]))])
        #expect(steps(same) == ["closed_below": "-10 in 1"])
        #expect(steps(same, .team(key("west"))) == ["closed_below": "-3 in 1"])
        let other = try way(
            [moment("a", .open, .commit, 100, shares: first)], [],
            fates: [moment("a", .lost, .omitted, 100, of: "bob", in: "west")])
        #expect(steps(other) == ["lost": "-100 in 1"])
        #expect(steps(other, .team(key("east"))) == ["moved_out": "-70 in 1"])
        #expect(steps(other, .team(key("west"))) == ["moved_in": "70 in 1", "lost": "-100 in 1"])
    }

    @Test func `a deal without an amount is counted and moves nothing`() throws {
        let way = try way(
            [moment("a", .open, .commit, nil)], [], fates: [moment("a", .lost, .omitted, nil)])
        #expect(steps(way) == ["lost": "0 in 1"])
    }
}
