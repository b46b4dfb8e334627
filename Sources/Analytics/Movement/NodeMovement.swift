import Model

/// What a bucket comes to: deals, and what they add and take.
public struct MovementSum: Sendable, Hashable {
    /// How many deals.
    public var count = 0
    /// What those add that add.
    public var up = Amount.zero
    /// What those take that take, below zero.
    public var down = Amount.zero

    /// Nothing.
    public init() {}

    /// Both together.
    public var amount: Amount { up + down }

    mutating func add(_ amount: Amount, count: Int = 1) {
        self.count += count
        if amount < .zero { down += amount } else { up += amount }
    }
}

/// A node's measure on two days, and what lies between, in the company's currency.
public struct NodeMovement: Sendable, Hashable {
    /// The deals of the earlier day.
    public internal(set) var start = DealSum.none
    /// Those of the later day.
    public internal(set) var end = DealSum.none
    /// Of those of the earlier day, the ones that are the same in every respect that counts.
    public internal(set) var unchanged = DealSum.none
    private var sums = [MovementSum](repeating: MovementSum(), count: MovementBucket.allCases.count)

    /// Nothing.
    public init() {}

    /// What a bucket comes to.
    public internal(set) subscript(bucket: MovementBucket) -> MovementSum {
        get { sums[bucket.rawValue] }
        set { sums[bucket.rawValue] = newValue }
    }

    /// By how much the measure has changed.
    public var change: Amount { end.amount - start.amount }

    /// The buckets that hold a deal, in their order.
    public var buckets: [(bucket: MovementBucket, sum: MovementSum)] {
        MovementBucket.allCases.map { ($0, self[$0]) }.filter { $0.1.count > 0 }
    }

    /// What is left between start + all buckets and the end: nothing, or the proof has failed.
    public var residual: Amount { sums.reduce(end.amount - start.amount) { $0 - $1.amount } }
}

/// What a deal adds to and takes from one node's measure between two days.
public struct MovedDeal: Sendable, Hashable {
    /// A bucket and what the deal puts into it.
    public struct Step: Sendable, Hashable {
        /// The bucket.
        public let bucket: MovementBucket
        /// The amount, in the company's currency.
        public let amount: Amount
    }

    /// Where the deal stands among the pairs.
    public let index: Int
    /// What counted for the node on the earlier day; nil when nothing did.
    public let start: Amount?
    /// What counts on the later day.
    public let end: Amount?
    /// Its buckets in their order; never empty.
    public let steps: [Step]

    /// What is left between start + all steps and the end.
    var residual: Amount { steps.reduce((end ?? .zero) - (start ?? .zero)) { $0 - $1.amount } }
}
