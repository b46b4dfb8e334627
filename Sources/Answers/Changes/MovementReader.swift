import Analytics
import Model
import Warehouse

/// Reads two days of a period and proves what lies between.
struct MovementReader {
    let context: QuestionContext
    let measure: MovementMeasure
    let warehouse: Warehouse

    /// The movement of the node that is asked for.
    func movement(from first: Day, to last: Day) throws(BellwetherError) -> MovementRead {
        try movement(from: sides(on: first), to: sides(on: last))
    }

    /// The same of deals that are read already.
    func movement(from first: DealSides, to last: DealSides) throws(BellwetherError) -> MovementRead {
        let pairs = try warehouse.dealPairs(
            from: first, to: last, currency: context.company.currency, at: context.point)
        let before = try context.organisation(on: first.day, warehouse)
        let after = try context.organisation(on: last.day, warehouse)
        let movement = try Movement(
            pairs, MovementRule(measure, of: context.period), from: DealPlaces(before), to: DealPlaces(after),
            focus: context.filter.place, places: context.company.minorUnitPlaces)
        let known = Set(before.people.map(\.id)).intersection(after.people.map(\.id))
        let names = try warehouse.formerNames(of: movement.owners.subtracting(known))
        return MovementRead(
            pairs: pairs, movement: movement,
            lines: try MovementLines(movement, from: before, to: after, names: names),
            from: first, to: last, before: try DealPlaces(before), after: try DealPlaces(after),
            teamNames: Dictionary(
                (before.teams + after.teams).map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }),
            personNames: names.merging((before.people + after.people).map { ($0.id, $0.name) }) { $1 },
            context: context)
    }

    /// The deals of the measure on a day.
    func sides(on day: Day) throws(BellwetherError) -> DealSides {
        try warehouse.dealSides(of: context.period, in: measure.categories, on: day, at: context.point)
    }
}

/// A movement that adds up, with the deals behind it.
struct MovementRead {
    let pairs: [DealPair]
    let movement: Movement
    let lines: MovementLines
    let from: DealSides
    let to: DealSides
    let before: DealPlaces
    let after: DealPlaces
    /// The names of both days' teams and people, the later day's where they differ.
    let teamNames: [RecordID: String]
    let personNames: [RecordID: String]
    let context: QuestionContext

    /// The node that is asked for.
    var node: NodeMovement { movement[context.filter.place] }

    /// Deals of the measure on the later day that add nothing since they have no amount there.
    var countWithoutAmount: Int {
        let shares = NodeShares(of: context.filter.place, before, after)
        return to.byID.values.count { $0.amount == nil && shares.amount($0, .after) != nil }
    }

    /// What people call some deals: on the later day, else on the earlier.
    func names(
        _ deals: [MovedDeal], _ warehouse: Warehouse
    ) throws(BellwetherError) -> [RecordID: DealName] {
        try names(of: Set(deals.map(\.index)).map { pairs[$0] }, warehouse)
    }

    /// The same of deals on two days.
    func names(
        of wanted: [DealPair], _ warehouse: Warehouse
    ) throws(BellwetherError) -> [RecordID: DealName] {
        let point = context.point
        let now = try warehouse.dealNames(
            of: wanted.filter { $0.after != nil }.map(\.id), on: to.day, at: point)
        let then = try warehouse.dealNames(
            of: wanted.filter { $0.after == nil }.map(\.id), on: from.day, at: point)
        return now.merging(then) { known, _ in known }
    }

    /// A node of a table of the movement.
    struct Entry {
        let name: String
        let level: String
        let parent: String?
        let depth: Int
        let place: NodePlace

        func at(depth: Int) -> Entry {
            Entry(name: name, level: level, parent: parent, depth: depth, place: place)
        }
    }

    /// The node that is asked for and those below it down to a level, with those that had something and are no more: a
    /// person in the team of then, a team behind all others.
    func entries(downTo level: ForecastQuestion.Level) -> [Entry] {
        var all = entries(among: lines.after, level)
        let shown = Set(all.map(\.place))
        let gone = entries(among: lines.before, level).filter {
            !shown.contains($0.place) && movement.nodes[$0.place] != nil
        }
        for entry in gone {
            let team = entry.place.team.map { NodePlace($0) }
            if let home = all.firstIndex(where: { $0.place == team }) {
                let people = all[(home + 1)...].prefix { $0.place.team == all[home].place.node }.count
                all.insert(entry.at(depth: all[home].depth + 1), at: home + 1 + people)
            } else {
                all.append(entry.at(depth: 1))
            }
        }
        return all
    }

    private func entries(among lines: [ForecastLine], _ level: ForecastQuestion.Level) -> [Entry] {
        let top = context.filter.place
        if case .person = top.node {
            let name = context.filter.name ?? ""
            return [Entry(name: name, level: "person", parent: nil, depth: 0, place: top)]
        }
        let placed = Array(zip(NodePlace.places(of: lines), lines))
        guard let first = placed.firstIndex(where: { $0.0 == top }) else { return [] }
        let depth = placed[first].1.depth
        let below = placed[(first + 1)...].prefix { $0.1.depth > depth }
        // People who had nothing and have nothing are no news.
        let shown = ([placed[first]] + below).filter { place, line in
            line.depth == depth
                || line.isShown(at: level)
                    && (line.levelName != "person" || movement.nodes[place] != nil)
        }
        return shown.map {
            Entry(
                name: $0.1.name, level: $0.1.levelName, parent: $0.1.parentName, depth: $0.1.depth - depth,
                place: $0.0)
        }
    }
}
