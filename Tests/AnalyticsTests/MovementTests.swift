import Analytics
import Model
import Testing

/// Each bucket, and what a deal puts into it, worked by hand. The period is Q2 of 2026; amounts are dollars.
@Suite("A deal between two days")
struct MovementTests {
    static let period = Period(
        label: "FY2026Q2", grain: .quarter, start: .first(ofMonth: 4, year: 2026),
        end: .first(ofMonth: 7, year: 2026))
    private static let within = Day("2026-05-20")
    private static let later = Day("2026-08-01")
    private static let earlier = Day("2026-02-01")

    private func side(
        _ kind: DealKind = .open, _ category: ForecastCategory = .commit, _ amount: Int? = 100,
        _ close: Day? = within, owner: String = "1", team: String? = "e", entered: Int? = nil,
        currency: String = "USD", parts: [CreditPart] = []
    ) -> DealSide {
        DealSide(
            holder: DealHolder(owner: key(owner), isOwnerKnown: true, team: team.map(key)), kind: kind,
            category: kind == .won ? .closed : (kind == .open ? category : .omitted), closeDate: close,
            entered: (entered ?? amount).map { Amount($0) }, currency: currency,
            amount: amount.map { Amount($0) }, parts: parts)
    }

    private func pair(
        _ before: DealSide?, _ after: DealSide?, absence: DealPair.Absence = .deleted,
        isReturned: Bool = false, atOldRate: Int? = nil
    ) -> DealPair {
        DealPair(
            id: key("d1"), before: before, after: after, absence: absence, isReturned: isReturned,
            afterAtOldRate: atOldRate.map { Amount($0) } ?? after?.amount)
    }

    private static let company = organisation(
        [team("e", "East"), team("w", "West"), team("n", "North", below: "e")],
        [person("1", in: "e"), person("2", in: "w"), person("3", in: "n")])

    private func movement(
        _ pairs: [DealPair], _ measure: MovementMeasure = .firm, focus: NodePlace = NodePlace(.company)
    ) throws -> Movement {
        let places = try DealPlaces(Self.company)
        return try Movement(
            pairs, MovementRule(measure, of: Self.period), from: places, to: places, focus: focus)
    }

    /// What the pair does in the company, as `slipped -100`.
    private func told(_ pair: DealPair, _ measure: MovementMeasure = .firm) throws -> [String] {
        try movement([pair], measure).deals.flatMap(\.steps).map { "\($0.bucket.code) \($0.amount)" }
    }

    @Test func `leaves for the first reason that holds`() throws {
        let old = side()
        #expect(try told(pair(old, nil)) == ["deleted -100"])
        #expect(try told(pair(old, nil, absence: .merged(into: "d2"))) == ["merged -100"])
        #expect(try told(pair(old, side(.won, .closed, 100, Self.later))) == ["won_outside -100"])
        #expect(try told(pair(old, side(.lost, .omitted, 90, Self.later))) == ["lost -100"])
        #expect(try told(pair(old, side(.noDecision))) == ["no_decision -100"])
        #expect(try told(pair(old, side(.open, .pipeline, 250, Self.later))) == ["slipped -100"])
        #expect(try told(pair(old, side(.open, .commit, 100, nil))) == ["slipped -100"])
        #expect(try told(pair(old, side(.open, .commit, 100, Self.earlier))) == ["pulled_out -100"])
        #expect(try told(pair(old, side(.open, .omitted))) == ["omitted -100"])
        #expect(try told(pair(old, side(.open, .bestCase))) == ["left -100"])
        #expect(try told(pair(old, side(.open, .unmapped))) == ["left -100"])
        #expect(try told(pair(side(.won), side(.open, .pipeline))) == ["reopened -100"])
        #expect(try told(pair(side(.won), side(.won, .closed, 100, Self.later)), .closed) == ["slipped -100"])
        #expect(try told(pair(old, side(.won)), .commit) == ["won -100"])
        #expect(try told(pair(side(.open, .bestCase), side()), .bestCase) == ["advanced -100"])
    }

    @Test func `enters with the amount that it had, and then its amount changes`() throws {
        let new = side(.open, .commit, 130)
        #expect(try told(pair(nil, new)) == ["created 130"])
        #expect(try told(pair(nil, new, isReturned: true)) == ["returned 130"])
        #expect(try told(pair(nil, side(.won))) == ["won 100"])
        #expect(try told(pair(side(.lost), new)) == ["reopened 100", "amount_up 30"])
        #expect(
            try told(pair(side(.open, .commit, 150, Self.later), new)) == [
                "pulled_in 150", "amount_down -20",
            ])
        #expect(try told(pair(side(.open, .commit, nil, nil), new)) == ["pulled_in 0", "amount_up 130"])
        #expect(try told(pair(side(.open, .commit, 130, Self.earlier), new)) == ["pushed_in 130"])
        #expect(try told(pair(side(.open, .omitted, 130), new)) == ["unomitted 130"])
        #expect(try told(pair(side(.open, .pipeline, 130), new)) == ["entered 130"])
        #expect(try told(pair(new, side(.open, .bestCase, 130)), .bestCase) == ["fell_back 130"])
        #expect(try told(pair(side(.open, .bestCase, 140), side(.won))) == ["won 140", "closed_below -40"])
        #expect(try told(pair(side(.won), side(.open, .pipeline)), .open) == ["reopened 100"])
    }

    @Test func `stays, and only its amount counts`() throws {
        #expect(try told(pair(side(), side(.won, .closed, 80))) == ["closed_below -20"])
        #expect(try told(pair(side(), side(.won, .closed, 180))) == ["closed_above 80"])
        #expect(try told(pair(side(), side(.open, .commit, 110))) == ["amount_up 10"])
        #expect(try told(pair(side(.won), side(.won, .closed, 70))) == ["amount_down -30"])
        #expect(try told(pair(side(), side(.won))) == [])
        let node = try movement([pair(side(), side(.won))])[NodePlace(.company)]
        #expect(node.unchanged == DealSum(count: 1, amount: Amount(100)))
        #expect(try told(pair(side(.open, .commit, 100, Self.later), side(.open, .commit, 100, nil))) == [])
    }

    @Test func `has what the rates did to it in a bucket of its own`() throws {
        let euros = side(.open, .commit, 110, entered: 100, currency: "EUR")
        // As many euros, at another plan rate.
        #expect(
            try told(pair(euros, side(.open, .commit, 120, entered: 100, currency: "EUR"), atOldRate: 7))
                == ["currency 10"])
        // Twice the euros: 220 at the old rate.
        #expect(
            try told(pair(euros, side(.open, .commit, 240, entered: 200, currency: "EUR"), atOldRate: 220))
                == ["amount_up 110", "currency 20"])
        // No rate any more: the money is gone for want of one, not of the deal.
        let unrated = DealPair(
            id: key("d1"), before: euros, after: side(.open, .commit, nil, entered: 100, currency: "EUR"))
        #expect(try told(unrated) == ["currency -110"])
        // It slips at what it counted for, whatever the rate is now.
        #expect(
            try told(pair(euros, side(.open, .commit, 500, Self.later, entered: 100, currency: "EUR")))
                == ["slipped -110"])
    }

    // MARK: - Nodes

    private func amounts(_ node: NodeMovement) -> [String] {
        ["start \(node.start.amount)"] + node.buckets.map { "\($0.bucket.code) \($0.sum.amount)" }
            + ["end \(node.end.amount)"]
    }

    @Test func `moves at the earlier amount, and takes its bucket where it is now`() throws {
        let moved = try movement([
            pair(side(team: "n"), side(.open, .commit, 130, owner: "2", team: "w"))
        ])
        #expect(amounts(moved[NodePlace(.team(key("n")))]) == ["start 100", "moved_out -100", "end 0"])
        #expect(amounts(moved[NodePlace(.team(key("e")))]) == ["start 100", "moved_out -100", "end 0"])
        #expect(
            amounts(moved[NodePlace(.team(key("w")))])
                == ["start 0", "moved_in 100", "amount_up 30", "end 130"])
        #expect(amounts(moved[NodePlace(.company)]) == ["start 100", "amount_up 30", "end 130"])
        let slipped = try movement([
            pair(side(team: "e"), side(.open, .commit, 100, Self.later, owner: "2", team: "w"))
        ])
        #expect(
            amounts(slipped[NodePlace(.team(key("w")))])
                == ["start 0", "moved_in 100", "slipped -100", "end 0"])
        #expect(amounts(slipped[NodePlace(.team(key("e")))]) == ["start 100", "moved_out -100", "end 0"])
    }

    @Test func `moves within a team without moving the team`() throws {
        let moved = try movement([pair(side(team: "n"), side(owner: "1", team: "e"))])
        #expect(amounts(moved[NodePlace(.team(key("e")))]) == ["start 100", "end 100"])
        #expect(moved[NodePlace(.team(key("e")))].unchanged.count == 1)
        #expect(amounts(moved[NodePlace(.team(key("n")))]) == ["start 100", "moved_out -100", "end 0"])
        // The person is the same in both teams.
        #expect(amounts(moved[NodePlace(.person(key("1")))]) == ["start 100", "end 100"])
    }

    @Test func `is not moved when it was not there before`() throws {
        let entered = try movement([
            pair(side(.open, .pipeline, team: "n"), side(owner: "2", team: "w"))
        ])
        #expect(entered[NodePlace(.team(key("n")))] == NodeMovement())
        #expect(amounts(entered[NodePlace(.team(key("w")))]) == ["start 0", "entered 100", "end 100"])
    }

    @Test func `moves with a team that hangs elsewhere`() throws {
        let after = organisation(
            [team("e"), team("w"), team("n", below: "w")], [person("1", in: "e"), person("3", in: "n")])
        let moved = try Movement(
            [pair(side(owner: "3", team: "n"), side(owner: "3", team: "n"))],
            MovementRule(.firm, of: Self.period), from: DealPlaces(Self.company), to: DealPlaces(after))
        #expect(amounts(moved[NodePlace(.team(key("n")))]) == ["start 100", "end 100"])
        #expect(amounts(moved[NodePlace(.team(key("e")))]) == ["start 100", "moved_out -100", "end 0"])
        #expect(amounts(moved[NodePlace(.team(key("w")))]) == ["start 0", "moved_in 100", "end 100"])
        #expect(amounts(moved[NodePlace(.company)]) == ["start 100", "end 100"])
    }

    private func part(_ who: String, in team: String, _ percent: Int, _ amount: String) -> CreditPart {
        CreditPart(
            person: key(who), name: who, isKnown: true, team: key(team), percent: Amount(percent),
            amount: Amount(amount))
    }

    @Test func `of several people counts by its parts, once in each node`() throws {
        let before = side(parts: [part("1", in: "e", 60, "60"), part("3", in: "n", 40, "40")])
        let after = side(
            .open, .commit, 200,
            parts: [part("1", in: "e", 60, "120"), part("2", in: "w", 40, "80")])
        let moved = try movement([pair(before, after)])
        let east = moved[NodePlace(.team(key("e")))]
        #expect(amounts(east) == ["start 100", "moved_out -40", "amount_up 60", "end 120"])
        #expect(east.start.count == 1 && east[.movedOut].count == 1)
        #expect(
            amounts(moved[NodePlace(.team(key("w")))])
                == ["start 0", "moved_in 40", "amount_up 40", "end 80"])
        #expect(amounts(moved[NodePlace(.company)]) == ["start 100", "amount_up 100", "end 200"])
        #expect(moved[NodePlace(.company)][.amountUp].count == 1)
    }

    @Test func `leaves what rounding leaves with the largest part`() throws {
        let parts = [
            part("1", in: "e", 34, "34"), part("2", in: "w", 33, "33"), part("3", in: "n", 33, "33"),
        ]
        // 100.01 in three: 33.00 and 33.00 by their percents, 34.01 for the first.
        let old = DealSide(
            holder: DealHolder(owner: key("1"), isOwnerKnown: true, team: key("e")), kind: .open,
            category: .commit, closeDate: Self.within, entered: Amount("100.01"), currency: "USD",
            amount: Amount("100.01"))
        let moved = try movement([
            DealPair(id: key("d1"), before: old, after: side(parts: parts), afterAtOldRate: Amount(100))
        ])
        #expect(
            amounts(moved[NodePlace(.team(key("w")))])
                == ["start 0", "moved_in 33", "end 33"])
        #expect(
            amounts(moved[NodePlace(.team(key("e")))])
                == ["start 100.01", "moved_out -33", "amount_down -0.01", "end 67"])
    }

    @Test func `may stand for a thousand that did not move`() throws {
        let group = DealPair(
            id: key("d1"), count: 1000, before: side(.open, .commit, 5_000),
            after: side(.open, .commit, 5_000))
        let node = try movement([group, pair(nil, side())])[NodePlace(.company)]
        #expect(node.start == DealSum(count: 1000, amount: Amount(5_000)))
        #expect(node.unchanged.count == 1000 && node.end == DealSum(count: 1001, amount: Amount(5_100)))
    }

    // MARK: - The proof

    @Test func `that does not add up is refused with what is left over`() throws {
        let error = #expect(throws: BellwetherError.self) {
            try MovementProof.check(
                "start", of: NodePlace(.team(key("e"))), DealSum(count: 2, amount: Amount(10)),
                is: DealSum(count: 1, amount: Amount(7)))
        }
        #expect(error?.code == .movementOpen)
        #expect(error?.detail == "residual 3, 1 deals in team s/e")
    }

    // MARK: - Every night

    private func days(_ values: [[String: Int]]) throws -> NightlyMotion {
        let first = try #require(Day("2026-05-04"))
        return NightlyMotion(
            values.enumerated().map { index, values in
                let amounts = values.map { (key($0.key), Amount($0.value)) }
                return (first + index, Dictionary(amounts, uniquingKeysWith: { $1 }))
            })
    }

    @Test func `that left and came back is seen in gross motion alone`() throws {
        let motion = try days([["a": 100, "b": 50], ["b": 50], ["a": 100, "b": 50]])
        #expect(motion.up == Amount(100) && motion.down == Amount(-100) && motion.net == .zero)
        let back = try #require(motion.returned.first)
        #expect(motion.returned.count == 1 && back.id == key("a") && back.kind == .leftAndCameBack)
        #expect(back.down == Day("2026-05-05") && back.up == Day("2026-05-06"))
    }

    @Test func `that went up and down returned as much as the smaller of both`() throws {
        let motion = try days([["a": 100], ["a": 130, "c": 7], ["a": 90]])
        #expect(motion.up == Amount(37) && motion.down == Amount(-47) && motion.net == Amount(-10))
        #expect(motion.returned.map(\.amount) == [Amount(30), Amount(7)])
        #expect(motion.returned.map(\.kind) == [.amount, .cameAndLeft])
    }
}
