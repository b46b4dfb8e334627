import Model

/// The rates of peers, each drawn towards that of all by as much as it rests on little (empirical Bayes with a beta prior),
/// in groups that cannot be told apart instead of places.
public struct PeerRates<Peer: Hashable & Sendable>: Sendable {
    /// A peer.
    public struct Line: Sendable {
        /// Who.
        public let peer: Peer
        /// The own rate.
        public let own: Proportion
        /// What is to be believed of it: drawn towards the rate of all.
        public let shrunk: Double
        /// Where it lies with 95 %; nil where the peers do not differ by more than chance.
        public let interval: ValueRange?
        /// The group, from 1: nobody in it can be told apart from its first.
        public internal(set) var group: Int
    }

    /// The best first.
    public let lines: [Line]
    /// The rate of all peers together; nil without a deal.
    public let overall: Double?
    /// With how many deals of the rate of all each peer is judged together; nil where peers do not differ by more than
    /// chance, so that the rate of all is the best guess for each.
    public let weight: Double?

    /// The rates of peers who have any trials.
    public init(_ rates: [(peer: Peer, rate: Proportion)], inOrder before: (Peer, Peer) -> Bool) {
        let rates = rates.filter { $0.rate.trials > 0 }
        let trials = rates.reduce(0) { $0 + $1.rate.trials }
        let overall = trials > 0 ? Double(rates.reduce(0) { $0 + $1.rate.hits }) / Double(trials) : nil
        self.overall = overall
        let weight = overall.flatMap { Self.weight(rates.map(\.rate), $0) }
        self.weight = weight
        var lines = rates.compactMap { peer, own -> Line? in
            guard let overall else { return nil }
            guard let weight,
                let belief = BetaDistribution(
                    alpha: Double(own.hits) + overall * weight,
                    beta: Double(own.misses) + (1 - overall) * weight)
            else { return Line(peer: peer, own: own, shrunk: overall, interval: nil, group: 1) }
            return Line(peer: peer, own: own, shrunk: belief.mean, interval: belief.interval(), group: 1)
        }
        lines.sort { left, right in
            if left.shrunk != right.shrunk { return left.shrunk > right.shrunk }
            return left.own.trials == right.own.trials
                ? before(left.peer, right.peer) : left.own.trials > right.own.trials
        }
        var first = 0
        for index in lines.indices.dropFirst() {
            lines[index].group = lines[index - 1].group
            guard let top = lines[first].interval, let own = lines[index].interval, own.high < top.low else {
                continue
            }
            first = index
            lines[index].group += 1
        }
        self.lines = lines
    }

    /// How many deals of the rate of all weigh as much as how little peers differ: p (1 − p) / τ² − 1, with the variance τ²
    /// between peers by moments (J. Kleinman, Proportions with extraneous variance, JASA 68 (1973)). Nil where they differ
    /// no more than chance makes them, or there are fewer than three.
    static func weight(_ rates: [Proportion], _ overall: Double) -> Double? {
        guard rates.count >= 3, overall > 0, overall < 1 else { return nil }
        let chance = overall * (1 - overall)
        let total = rates.reduce(0.0) { $0 + Double($1.trials) }
        let squares = rates.reduce(0.0) { $0 + Double($1.trials) * Double($1.trials) }
        let spread = rates.reduce(0.0) { sum, rate in
            let own = Double(rate.hits) / Double(rate.trials)
            return sum + Double(rate.trials) * (own - overall) * (own - overall)
        }
        let degrees = Double(rates.count - 1)
        let room = total - squares / total - degrees
        guard room > 0 else { return nil }
        let variance = (spread - degrees * chance) / room
        guard variance > 0, chance > variance else { return nil }
        return chance / variance - 1
    }
}

/// Who could show whom how a milestone is reached.
public struct MentorPair: Sendable, Hashable {
    /// Who gets stuck.
    public let person: RecordID?
    /// At which milestone.
    public let milestone: RecordID
    /// Reached of come.
    public let own: Proportion
    /// Who does it best, as far as can be believed.
    public let mentor: RecordID
    /// That person's own rate.
    public let mentorRate: Proportion
    /// The same, drawn towards the rate of all.
    public let mentorShrunk: Double

    /// For each who gets stuck the one among all who reaches the milestone most surely, with as many deals as are told.
    public static func pairs(_ stalls: MilestoneStalls, among all: MilestoneStalls) -> [MentorPair] {
        stalls.comparisons.filter(\.isStall).compactMap { stall in
            guard let own = stall.standing.rate else { return nil }
            let peers = all.comparisons.filter { $0.milestone == stall.milestone }.compactMap { line in
                line.person.flatMap { person in line.standing.rate.map { (peer: person, rate: $0) } }
            }
            let best = PeerRates(peers, inOrder: <).lines.first {
                $0.peer != stall.person && $0.own.trials >= MilestoneStalls.minimum
            }
            return best.map {
                MentorPair(
                    person: stall.person, milestone: stall.milestone, own: own, mentor: $0.peer,
                    mentorRate: $0.own,
                    mentorShrunk: $0.shrunk)
            }
        }
    }
}
