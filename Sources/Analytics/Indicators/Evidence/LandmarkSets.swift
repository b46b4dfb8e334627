import Model

/// How often deals were won that had reached a set of a stage's milestones by a landmark, so many days after they came to
/// the stage (metric 36). Only deals that were open then count: whoever lives longer collects more.
public struct LandmarkSets: Sendable {
    /// Of fewer deals no rate is told.
    public static let minimum = 10

    /// The deals of a stage with the same milestones reached.
    public struct Line: Sendable, Hashable {
        /// The milestones.
        public let reached: Set<RecordID>
        /// Won of resolved.
        public let wins: Proportion
        /// How the rate differs from that of all the stage's other deals; nil where one of the two is of too few.
        public let change: RateChange?
        /// The chance of it, allowing for all sets of all stages tested together.
        public internal(set) var adjusted: Double?
        /// The rate among deals with as many milestones, smoothed so that more of them never mean less.
        public internal(set) var smoothed: Double?
    }

    /// A stage: what is won by it alone, and by what was reached in it.
    public struct Stage: Sendable, Hashable {
        /// The stage.
        public let stage: RecordID
        /// Won of resolved, whatever was reached.
        public let wins: Proportion
        /// By what was reached, few milestones first.
        public internal(set) var lines: [Line]

        /// How much more a set is won than the stage alone: the ratio of the two rates; nil where it is of too few or
        /// nothing was won.
        public func lift(of line: Line) -> Double? {
            guard line.wins.trials >= LandmarkSets.minimum, let rate = line.wins.rate, let all = wins.rate,
                all > 0
            else { return nil }
            return rate / all
        }
    }

    /// The stages, in no order.
    public let stages: [Stage]
    /// How many sets were tested together.
    public let tested: Int

    /// What some cells say.
    public init(_ cells: [LandmarkCell]) {
        var stages = Dictionary(grouping: cells, by: \.stage).compactMap { Self.stage($0.key, $0.value) }
            .sorted { $0.stage < $1.stage }
        var places: [(stage: Int, line: Int)] = []
        for (index, stage) in stages.enumerated() {
            places += stage.lines.indices.filter { stage.lines[$0].change != nil }.map { (index, $0) }
        }
        let values = places.compactMap { stages[$0.stage].lines[$0.line].change?.pValue }
        for (place, value) in zip(places, FalseDiscoveries.adjusted(values)) {
            stages[place.stage].lines[place.line].adjusted = value
        }
        self.stages = stages
        tested = places.count
    }

    private static func stage(_ stage: RecordID, _ cells: [LandmarkCell]) -> Stage? {
        guard let all = sum(cells) else { return nil }
        var lines = Dictionary(grouping: cells, by: \.reached).compactMap { reached, cells -> Line? in
            guard let own = sum(cells) else { return nil }
            return Line(
                reached: reached, wins: own, change: change(own, all), adjusted: nil, smoothed: nil)
        }
        lines.sort { ($0.reached.count, name($0)) < ($1.reached.count, name($1)) }
        let smoothed = smoothed(lines)
        for index in lines.indices { lines[index].smoothed = smoothed[lines[index].reached.count] }
        return Stage(stage: stage, wins: all, lines: lines)
    }

    private static func name(_ line: Line) -> String {
        line.reached.sorted().map(\.id).joined(separator: " ")
    }

    private static func sum(_ cells: [LandmarkCell]) -> Proportion? {
        Proportion(cells.reduce(0) { $0 + $1.won }, of: cells.reduce(0) { $0 + $1.resolved })
    }

    private static func change(_ own: Proportion, _ all: Proportion) -> RateChange? {
        guard own.trials >= minimum, all.trials - own.trials >= minimum,
            let others = Proportion(all.hits - own.hits, of: all.trials - own.trials)
        else { return nil }
        return RateChange(from: others, to: own)
    }

    /// Rates by the number of milestones, none below that of a smaller number: pooled with their neighbours where they
    /// would be (pool adjacent violators; Barlow and others, Statistical inference under order restrictions, 1972).
    private static func smoothed(_ lines: [Line]) -> [Int: Double] {
        var blocks: [(counts: [Int], hits: Int, trials: Int)] = []
        for (count, lines) in Dictionary(grouping: lines, by: { $0.reached.count }).sorted(by: {
            $0.key < $1.key
        }) {
            var block = (
                counts: [count], hits: lines.reduce(0) { $0 + $1.wins.hits },
                trials: lines.reduce(0) { $0 + $1.wins.trials }
            )
            while let last = blocks.last, last.hits * block.trials > block.hits * last.trials {
                blocks.removeLast()
                block = (last.counts + block.counts, last.hits + block.hits, last.trials + block.trials)
            }
            blocks.append(block)
        }
        var rates: [Int: Double] = [:]
        for block in blocks where block.trials > 0 {
            for count in block.counts { rates[count] = Double(block.hits) / Double(block.trials) }
        }
        return rates
    }
}
