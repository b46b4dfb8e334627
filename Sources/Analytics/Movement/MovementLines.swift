import Model

/// The nodes of a movement in the order of a rollup: those of the later day's organisation, and behind them those that had
/// something and are no more.
public struct MovementLines: Sendable {
    /// The lines of the earlier day's rollup, whose sums are those of the measure.
    public let before: [ForecastLine]
    /// The lines of the later day's.
    public let after: [ForecastLine]

    /// The lines of a movement through the organisations of its days.
    ///
    /// - Parameter names: The names of people who are in neither organisation.
    /// - Throws: `BW405` when a rollup of a day and the movement disagree; `BW508` when teams report in a circle.
    public init(
        _ movement: Movement, from before: Organisation, to after: Organisation,
        names: [RecordID: String] = [:]
    ) throws(BellwetherError) {
        self.before = try Self.lines(movement.holders[0], before, names)
        self.after = try Self.lines(movement.holders[1], after, names)
        for (place, line) in zip(NodePlace.places(of: self.before), self.before) {
            try Self.check("start", place, line, movement[place].start)
        }
        for (place, line) in zip(NodePlace.places(of: self.after), self.after) {
            try Self.check("end", place, line, movement[place].end)
        }
    }

    private static func check(
        _ name: String, _ place: NodePlace, _ line: ForecastLine, _ sum: DealSum
    ) throws(BellwetherError) {
        // A shared deal is one of each node, but as many of their sums as it has parts.
        let amount = line.sums[.commit].amount
        try MovementProof.check(
            name, of: place, DealSum(count: 0, amount: amount), is: DealSum(count: 0, amount: sum.amount))
    }

    /// Whatever the measure, in one category: only whose it is counts here.
    private static func lines(
        _ holders: [DealHolder: DealSum], _ organisation: Organisation, _ names: [RecordID: String]
    ) throws(BellwetherError) -> [ForecastLine] {
        let cells = holders.map { holder, sum in
            ForecastCell(
                owner: holder.owner, isOwnerKnown: holder.isOwnerKnown, team: holder.team, category: .commit,
                timing: .inPeriod, isPastDue: false, sum: sum,
                ownerName: holder.owner.flatMap { names[$0] })
        }
        return try ForecastRollup(cells: cells, plan: [], organisation: organisation).lines
    }
}

extension Movement {
    /// The people whose deals it has.
    public var owners: Set<RecordID> { Set(holders.flatMap { $0.keys.compactMap(\.owner) }) }
}
