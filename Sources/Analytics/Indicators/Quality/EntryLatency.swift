import Model

/// How long after their day activities were written down.
public struct EntryLatency: Sendable, Hashable {
    /// Below so many activities nothing is said but their number.
    public static let minimum = 10

    /// How many activities.
    public let count: Int
    /// The middle one's days, of an even number the mean of both; nil for too few.
    public let median: Double?
    /// Nine of ten were written down within so many days; nil for too few.
    public let slowest: Int?
    /// The share of those written down more than two days after their day; nil for too few.
    public let lateShare: Double?

    /// The latency of some activities.
    public init(_ delays: [EntryDelay]) {
        let byDays = delays.sorted { $0.days < $1.days }
        count = byDays.reduce(0) { $0 + $1.count }
        guard count >= Self.minimum else {
            (median, slowest, lateShare) = (nil, nil, nil)
            return
        }
        func days(_ place: Int) -> Int {
            var before = 0
            for delay in byDays {
                before += delay.count
                if before > place { return delay.days }
            }
            return byDays.last?.days ?? 0
        }
        median = Double(days((count - 1) / 2) + days(count / 2)) / 2
        slowest = days((count * 9 + 9) / 10 - 1)
        lateShare = Double(byDays.filter { $0.days > 2 }.reduce(0) { $0 + $1.count }) / Double(count)
    }
}

/// Entry latency of every node, by the team of who did the activity as of the day read.
public struct LatencyRollup: Sendable {
    private var delays: [NodePlace: [EntryDelay]] = [:]

    /// The latency of an organisation.
    ///
    /// - Throws: `BW508` when teams report in a circle.
    public init(_ delays: [EntryDelay], _ organisation: Organisation) throws(BellwetherError) {
        let places = try DealPlaces(organisation)
        let teams = Dictionary(
            organisation.people.map { ($0.id, $0.team) }, uniquingKeysWith: { first, _ in first })
        for delay in delays {
            let holder = DealHolder(
                owner: delay.owner, isOwnerKnown: false, team: delay.owner.flatMap { teams[$0] ?? nil })
            for place in places.nodes(of: holder) { self.delays[place, default: []].append(delay) }
        }
    }

    /// Whether anything was written down at all.
    public var isEmpty: Bool { delays.isEmpty }

    /// The latency of a node.
    public subscript(place: NodePlace) -> EntryLatency { EntryLatency(delays[place] ?? []) }
}
