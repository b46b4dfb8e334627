/// How long things were looked at that lasted equally long, and how they ended.
public struct EndedLifetime<End: Hashable & Sendable>: Sendable, Hashable {
    /// Days from its start to its end, or to the last day on which it was seen.
    public let days: Int
    /// How it ended; nil for what still lasts.
    public let end: End?
    /// How many of them.
    public let count: Int

    /// A time of 0 days and more; nil for less, and for fewer than none.
    public init?(days: Int, end: End?, count: Int = 1) {
        guard days >= 0, count >= 0 else { return nil }
        self.days = days
        self.end = end
        self.count = count
    }
}

/// Which share has ended in each way after so many days, with those counted in that have not ended yet: an end of one
/// kind rules out the others, which a curve of one kind alone would not allow for.
/// O. Aalen, S. Johansen, An empirical transition matrix, Scandinavian Journal of Statistics 5 (1978).
public struct CumulativeIncidence<End: Hashable & Sendable>: Sendable {
    /// A day on which something ended.
    public struct Step: Sendable {
        /// Days since the start.
        public let day: Int
        /// How many still lasted before that day, and were looked at on it.
        public let atRisk: Int
        /// The share that has ended in each way by that day.
        public let shares: [End: Double]
        /// The share that still lasts.
        public let lasting: Double
    }

    /// The days on which something ended, in order.
    public let steps: [Step]
    /// How many there are, ended or not.
    public let count: Int

    /// Of these lifetimes; what was last seen on a day is at risk on that day.
    public init(_ lifetimes: [EndedLifetime<End>]) {
        var days: [Int: (ends: [End: Int], seen: Int)] = [:]
        for life in lifetimes {
            days[life.days, default: ([:], 0)].seen += life.count
            if let end = life.end, life.count > 0 {
                days[life.days, default: ([:], 0)].ends[end, default: 0] += life.count
            }
        }
        count = lifetimes.reduce(0) { $0 + $1.count }
        var atRisk = count
        var lasting = 1.0
        var shares: [End: Double] = [:]
        var steps: [Step] = []
        for (day, found) in days.sorted(by: { $0.key < $1.key }) {
            if !found.ends.isEmpty {
                for (end, number) in found.ends {
                    shares[end, default: 0] += lasting * Double(number) / Double(atRisk)
                }
                let ended = found.ends.values.reduce(0, +)
                lasting *= Double(atRisk - ended) / Double(atRisk)
                steps.append(Step(day: day, atRisk: atRisk, shares: shares, lasting: lasting))
            }
            atRisk -= found.seen
        }
        self.steps = steps
    }

    /// The share that has ended so within that many days; nil of nothing.
    public func share(_ end: End, within days: Int) -> Double? {
        guard count > 0 else { return nil }
        return steps.last { $0.day <= days }?.shares[end] ?? 0
    }

    /// The share that still lasts after that many days; nil of nothing.
    public func lasting(after days: Int) -> Double? {
        guard count > 0 else { return nil }
        return steps.last { $0.day <= days }?.lasting ?? 1
    }

    /// The longest that anything was looked at and had ended or not: beyond it a share says nothing new; nil of nothing.
    public var lastStep: Int? { steps.last?.day }
}
