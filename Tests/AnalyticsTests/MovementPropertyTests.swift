import Analytics
import Foundation
import Model
import Testing

/// Over random deals, trees and splits: start + buckets = end for every node, start and end are the sums of the deals that
/// are there, and what is below a node adds up to it once moves cancel.
@Suite("Any movement")
struct MovementPropertyTests {
    private static let seed =
        ProcessInfo.processInfo.environment["BELLWETHER_TEST_SEED"].flatMap { UInt64($0) }
        ?? UInt64.random(in: 1...1_000_000)

    @Test func `adds up for every node, measure and pair of days`() throws {
        var random = Chance(seed: Self.seed)
        var checked = 0
        for _ in 0..<100 {
            let world = World(&random)
            for measure in MovementMeasure.allCases {
                checked += try check(world, measure, "seed \(Self.seed), \(measure)")
            }
        }
        #expect(checked >= 10_000, "only \(checked) nodes")
    }

    /// The number of nodes that were looked at.
    private func check(_ world: World, _ measure: MovementMeasure, _ place: String) throws -> Int {
        let rule = MovementRule(measure, of: MovementTests.period)
        let (before, after) = (try DealPlaces(world.before), try DealPlaces(world.after))
        let movement = try Movement(world.pairs, rule, from: before, to: after)
        for (node, found) in movement.nodes {
            let sum = found.buckets.reduce(found.start.amount) { $0 + $1.sum.amount }
            #expect(sum == found.end.amount, "\(place), \(node)")
            #expect(found.start.amount == world.sum(of: node, before, rule, \.before), "\(place), \(node)")
            #expect(found.end.amount == world.sum(of: node, after, rule, \.after), "\(place), \(node)")
        }
        let company = movement[NodePlace(.company)]
        #expect(company[.movedIn].count == 0 && company[.movedOut].count == 0, "\(place)")
        let lines = try MovementLines(movement, from: world.before, to: world.after)
        #expect(!lines.after.isEmpty)
        // The same with one tree for both days: children add up to their parent.
        let still = try Movement(world.pairs, rule, from: after, to: after)
        for team in world.after.teams {
            try checkChildren(of: team.id, after, still, world, place)
        }
        return movement.nodes.count + still.nodes.count
    }

    private func checkChildren(
        of team: RecordID, _ places: DealPlaces, _ movement: Movement, _ world: World, _ place: String
    ) throws {
        let node = ForecastLine.Node.team(team)
        let people = movement.nodes.keys.filter { $0.team == node }
        let teams = places.tree.children(of: team).map { NodePlace(.team($0.id)) }
        let below = (people + teams).map { movement[$0] }
        let own = movement[NodePlace(node)]
        #expect(own.start.amount == below.reduce(Amount.zero) { $0 + $1.start.amount }, "\(place)")
        let moves = [MovementBucket.movedIn, .movedOut]
        for bucket in MovementBucket.allCases where !moves.contains(bucket) {
            let sum = below.reduce(Amount.zero) { $0 + $1[bucket].amount }
            #expect(own[bucket].amount == sum, "\(place), \(team.id) \(bucket.code)")
        }
        let net = { (movement: NodeMovement) in moves.reduce(Amount.zero) { $0 + movement[$1].amount } }
        #expect(net(own) == below.reduce(Amount.zero) { $0 + net($1) }, "\(place), \(team.id) moves")
    }

    @Test func `of every night is net of what returned`() throws {
        var random = Chance(seed: Self.seed)
        let first = try #require(Day("2026-05-04"))
        for _ in 0..<300 {
            let days = (0..<Int.random(in: 2...9, using: &random)).map { number in
                let deals = (1...8).filter { _ in Bool.random(using: &random) }
                let amounts = deals.map {
                    (key("d\($0)"), Amount(Int.random(in: -20...90, using: &random)))
                }
                return (day: first + number, values: Dictionary(amounts, uniquingKeysWith: { $1 }))
            }
            let motion = NightlyMotion(days)
            func total(_ values: [RecordID: Amount]) -> Amount { values.values.reduce(.zero, +) }
            let change = total(days[days.count - 1].values) - total(days[0].values)
            #expect(motion.net == change, "seed \(Self.seed)")
            #expect(motion.up >= motion.returnedAmount && -motion.down >= motion.returnedAmount)
            // What is left of gross motion is what each deal did between the two days alone.
            let ids = Set(days.flatMap { $0.values.keys })
            let changes = ids.map {
                (days[days.count - 1].values[$0] ?? .zero) - (days[0].values[$0] ?? .zero)
            }
            let net = changes.filter { $0 > .zero }.reduce(Amount.zero, +)
            #expect(motion.up - motion.returnedAmount == net, "seed \(Self.seed)")
        }
    }
}

/// Numbers of a seed.
private struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// Two organisations and what random deals are in each.
private struct World {
    let before: Organisation
    let after: Organisation
    private(set) var pairs: [DealPair] = []

    private static let teams = ["a", "b", "c", "d", "e"]
    private static let people = ["1", "2", "3", "4", "5", "6"]

    init(_ random: inout Chance) {
        before = Self.organisation(&random)
        after = Self.organisation(&random)
        for number in 0..<40 {
            let old = Self.side(&random)
            let isAlike = Int.random(in: 0...2, using: &random) == 0
            let new = isAlike ? old : Self.side(&random)
            let hasOld = Int.random(in: 0...7, using: &random) > 0
            let hasNew = Int.random(in: 0...7, using: &random) > 0
            pairs.append(
                DealPair(
                    id: key("d\(number)"), before: hasOld ? old : nil, after: hasNew ? new : nil,
                    absence: Bool.random(using: &random) ? .deleted : .merged(into: nil),
                    isReturned: Bool.random(using: &random),
                    afterAtOldRate: Bool.random(using: &random) ? new.amount : Self.amount(&random)))
        }
    }

    private static func organisation(_ random: inout Chance) -> Organisation {
        var made: [Team] = []
        for (index, id) in teams.enumerated() {
            guard Int.random(in: 0...5, using: &random) > 0 else { continue }
            let above = index == 0 ? nil : teams[..<index].randomElement(using: &random)
            made.append(team(id, below: Bool.random(using: &random) ? above : nil))
        }
        let members = people.compactMap { id -> Person? in
            guard Int.random(in: 0...6, using: &random) > 0 else { return nil }
            return person(id, in: (teams + ["", "z"]).randomElement(using: &random))
        }
        return Organisation(companyName: "Acme", teams: made, people: members)
    }

    private static func holder(_ random: inout Chance) -> DealHolder {
        let owner = (people + [nil, "9"]).randomElement(using: &random) ?? nil
        let team = (teams + [nil, "z"]).randomElement(using: &random) ?? nil
        return DealHolder(
            owner: owner.map(key), isOwnerKnown: owner != nil && owner != "9" && Bool.random(using: &random),
            team: team.map(key))
    }

    private static func amount(_ random: inout Chance) -> Amount? {
        Int.random(in: 0...8, using: &random) == 0
            ? nil : Amount(millionths: Int128(Int.random(in: -50_000...900_000, using: &random)) * 10_000)
    }

    private static func side(_ random: inout Chance) -> DealSide {
        let kind = ([.open, .open, .open, .won, .lost, .noDecision] as [DealKind]).randomElement(
            using: &random)
        let category: ForecastCategory =
            switch kind {
            case .won: .closed
            case .open: ForecastCategory.allCases.dropFirst().randomElement(using: &random) ?? .commit
            default: .omitted
            }
        let days = Int.random(in: -120...160, using: &random)
        let close = Int.random(in: 0...9, using: &random) == 0 ? nil : Day("2026-05-01").map { $0 + days }
        let amount = amount(&random)
        let isEntered = Bool.random(using: &random)
        return DealSide(
            holder: holder(&random), kind: kind ?? .open, category: category, closeDate: close,
            entered: isEntered ? Amount(1) : amount,
            currency: Bool.random(using: &random) ? "USD" : "EUR", amount: amount,
            parts: Int.random(in: 0...3, using: &random) == 0 ? parts(amount, &random) : [])
    }

    private static func parts(_ amount: Amount?, _ random: inout Chance) -> [CreditPart] {
        let percents = [[50, 50], [34, 33, 33], [70, 30], [100]].randomElement(using: &random) ?? [100]
        var rest = amount
        var parts: [CreditPart] = []
        for (index, percent) in percents.enumerated().reversed() {
            let part = index == 0 ? rest : amount?.share(percent, of: 100, toPlaces: 2)
            rest = rest.map { $0 - (part ?? .zero) }
            let holder = holder(&random)
            parts.insert(
                CreditPart(
                    person: holder.owner, name: nil, isKnown: holder.isOwnerKnown, team: holder.team,
                    percent: Amount(percent), amount: part), at: 0)
        }
        return parts
    }

    /// What counts for a node on one of the days, reckoned deal by deal.
    func sum(
        of node: NodePlace, _ places: DealPlaces, _ rule: MovementRule, _ day: KeyPath<DealPair, DealSide?>
    ) -> Amount {
        var sum = Amount.zero
        for pair in pairs {
            guard let side = pair[keyPath: day], rule.counts(side) else { continue }
            let shares: [(DealHolder, Amount)] =
                side.parts.isEmpty
                ? [(side.holder, side.amount ?? .zero)]
                : side.parts.map {
                    (
                        DealHolder(owner: $0.person, isOwnerKnown: $0.isKnown, team: $0.team),
                        $0.amount ?? .zero
                    )
                }
            for (holder, amount) in shares where places.nodes(of: holder).contains(node) { sum += amount }
        }
        return sum
    }
}
