import Model

/// What a deal does in one node.
struct PartMovement {
    var count = 1
    var bucket: MovementBucket?
    var changeBucket = MovementBucket.amountUp
    /// Whether some of it was the node's on the earlier day, and is now.
    var isBefore = false
    var isAfter = false
    /// On the earlier day, as it counted then.
    var start: Amount?
    /// The earlier day's amount, as it counts for the holders of the later day.
    var carried: Amount?
    var entry: Amount?
    var valued: Amount?
    var end: Amount?

    mutating func add(_ field: WritableKeyPath<PartMovement, Amount?>, _ amount: Amount?) {
        guard let amount else { return }
        self[keyPath: field] = (self[keyPath: field] ?? .zero) + amount
    }

    /// What moved into the node or out of it; nil without a move.
    private var move: Amount? {
        switch (isBefore, isAfter) {
        case (true, true): start == carried ? nil : (carried ?? .zero) - (start ?? .zero)
        case (true, false): start.map { -$0 }
        case (false, true): carried
        case (false, false): nil
        }
    }

    private var hasMoved: Bool { isBefore != isAfter && (isBefore ? start != nil : carried != nil) }

    /// Whether nothing happened to a deal that was there.
    var isUnchanged: Bool {
        isBefore && isAfter && bucket == nil && start != nil && start == carried && carried == valued
            && valued == end
    }

    /// The buckets in their order, with what the deal puts into each.
    func forEachStep(_ body: (MovementBucket, Amount) -> Void) {
        let move = move
        let moved: MovementBucket? =
            hasMoved ? (isBefore ? .movedOut : .movedIn) : move.map { $0 < .zero ? .movedOut : .movedIn }
        // Who is gone, or was not there, has not moved.
        if let move, let moved { body(moved, move) }
        guard isAfter else { return }
        if let bucket {
            if let entry { body(bucket, entry) } else if let carried { body(bucket, -carried) }
        }
        guard let valued, let end else { return }
        let change = valued - (entry ?? carried ?? .zero)
        if change != .zero { body(changeBucket, change) }
        if end != valued { body(.currency, end - valued) }
    }
}
