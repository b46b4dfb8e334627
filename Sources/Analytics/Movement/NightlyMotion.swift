import Model

/// What every night between two days moved, and what of it was undone by another: deals that left and came back, amounts
/// that went up and down. Net equals gross minus what returned.
///
/// Source: metric 18, gross motion.
public struct NightlyMotion: Sendable {
    /// A deal that moved one way and the other.
    public struct Returned: Sendable, Hashable {
        /// How it returned.
        public enum Kind: Sendable, Hashable {
            /// It was there, was gone, and was there again.
            case leftAndCameBack
            /// It was there on neither of the two days, but between them.
            case cameAndLeft
            /// Its amount went both ways.
            case amount
        }

        /// The deal.
        public let id: RecordID
        /// What went both ways.
        public let amount: Amount
        /// How.
        public let kind: Kind
        /// The first night on which it took.
        public let down: Day
        /// The last night on which it added.
        public let up: Day
    }

    /// The sum of what nights added.
    public private(set) var up = Amount.zero
    /// The sum of what they took, below zero.
    public private(set) var down = Amount.zero
    /// The deals of which something returned, the largest first.
    public private(set) var returned: [Returned] = []

    /// What went both ways.
    public var returnedAmount: Amount { returned.reduce(.zero) { $0 + $1.amount } }
    /// What all nights add and take together: that of the two days alone.
    public var net: Amount { up + down }

    private struct Way {
        let wasThere: Bool
        var value: Amount?
        var up = Amount.zero
        var down = Amount.zero
        var firstDown: Day?
        var lastUp: Day?
        var hasLeft = false
        var hasComeBack = false

        init(_ value: Amount?) {
            self.value = value
            wasThere = value != nil
        }

        var kind: Returned.Kind {
            if hasComeBack { return .leftAndCameBack }
            return !wasThere && value == nil ? .cameAndLeft : .amount
        }
    }

    /// The motion over days, each with what every deal counts on it; the first is the earlier of the two days.
    public init(_ days: [(day: Day, values: [RecordID: Amount])]) {
        var ways: [RecordID: Way] = (days.first?.values ?? [:]).mapValues { Way($0) }
        for (day, values) in days.dropFirst() {
            for (id, way) in ways where way.value != nil && values[id] == nil {
                ways[id] = Self.moved(way, to: nil, on: day)
            }
            for (id, value) in values {
                let way = ways[id] ?? Way(nil)
                if way.value != value { ways[id] = Self.moved(way, to: value, on: day) }
            }
        }
        for (id, way) in ways {
            up += way.up
            down += way.down
            let both = min(way.up, -way.down)
            guard both > .zero, let firstDown = way.firstDown, let lastUp = way.lastUp else { continue }
            returned.append(
                Returned(id: id, amount: both, kind: way.kind, down: firstDown, up: lastUp))
        }
        returned.sort { ($1.amount, $0.id) < ($0.amount, $1.id) }
    }

    private static func moved(_ way: Way, to value: Amount?, on day: Day) -> Way {
        var way = way
        let change = (value ?? .zero) - (way.value ?? .zero)
        if change > .zero {
            way.up += change
            way.lastUp = day
        } else if change < .zero {
            way.down += change
            way.firstDown = way.firstDown ?? day
        }
        if way.value == nil { way.hasComeBack = way.hasComeBack || way.hasLeft }
        if value == nil { way.hasLeft = true }
        way.value = value
        return way
    }
}
