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
            /// It was not there, came, and was gone again.
            case cameAndLeft
            /// It was there all the time.
            case amount
        }

        /// The deal.
        public let id: RecordID
        /// What went both ways.
        public let amount: Amount
        /// How.
        public let kind: Kind
        /// The first night on which it took, and the last on which it added.
        public let down: Day
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
        var value: Amount?
        var up = Amount.zero
        var down = Amount.zero
        var firstDown: Day?
        var lastUp: Day?
        var hasLeft = false
        var wasThere = false
        var kind = Returned.Kind.amount
    }

    /// The motion over days, each with what every deal counts on it; the first is the earlier of the two days.
    public init(_ days: [(day: Day, values: [RecordID: Amount])]) {
        var ways: [RecordID: Way] = (days.first?.values ?? [:]).mapValues { Way(value: $0, wasThere: true) }
        for (day, values) in days.dropFirst() {
            for (id, way) in ways where way.value != nil && values[id] == nil {
                ways[id] = Self.moved(way, to: nil, on: day)
            }
            for (id, value) in values {
                let way = ways[id] ?? Way()
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
        if value == nil {
            way.hasLeft = true
            if !way.wasThere { way.kind = .cameAndLeft }
        } else if way.value == nil, way.hasLeft, way.wasThere {
            way.kind = .leftAndCameBack
        }
        way.value = value
        return way
    }
}
