/// A picture of an answer: one bar a node, stacked from its parts, against what is to be reached; or a waterfall, whose bars
/// begin where the one before ends.
public struct AnswerChart: Sendable, Hashable {
    /// One of the parts that every bar is stacked from.
    public struct Part: Sendable, Hashable {
        /// The stable name in JSON, such as `closed`.
        public var name: String
        /// The words of the legend.
        public var title: String

        /// A part.
        public init(_ name: String, title: String) {
            self.name = name
            self.title = title
        }
    }

    /// A bar.
    public struct Bar: Sendable, Hashable {
        /// The words beside it.
        public var label: String
        /// Set in from the left by that many levels.
        public var depth: Int
        /// One amount a part, in the order of the chart's parts.
        public var amounts: [Amount]
        /// What is to be reached; nil where nothing is planned.
        public var target: Amount?
        /// Where a waterfall's bar begins, 0 for one that stands on the ground; nil in every other chart.
        public var base: Amount?

        /// A bar.
        public init(
            _ label: String, depth: Int = 0, amounts: [Amount], target: Amount? = nil, base: Amount? = nil
        ) {
            self.label = label
            self.depth = depth
            self.amounts = amounts
            self.target = target
            self.base = base
        }

        /// Where its last part ends.
        public var top: Amount { amounts.reduce(base ?? .zero, +) }
    }

    /// The stable name in JSON.
    public var name: String
    /// The currency of all amounts.
    public var unit: String
    /// What bars are stacked from, the surest first.
    public var parts: [Part]
    /// The words for what is to be reached; nil when no bar has a target.
    public var targetTitle: String?
    /// The bars from the top down.
    public var bars: [Bar]

    /// Where a waterfall's axis begins: at 0, or above it where the bars between would be too small to see. Nil for every
    /// other chart.
    public var origin: Amount? {
        guard bars.contains(where: { $0.base != nil }) else { return nil }
        let lows = bars.map { bar in (bar.base ?? .zero) == .zero ? bar.top : min(bar.base ?? .zero, bar.top)
        }
        guard let low = lows.min(), let high = bars.map(\.top).max() else { return .zero }
        let span = high - low
        guard low > span else { return min(low, .zero) }
        return (low - span.share(1, of: 3, toPlaces: 0)).shortenedDown
    }

    /// A chart of those parts.
    public init(name: String, unit: String, parts: [Part], targetTitle: String? = nil, bars: [Bar]) {
        self.name = name
        self.unit = unit
        self.parts = parts
        self.targetTitle = targetTitle
        self.bars = bars
    }
}

extension Amount {
    /// The greatest amount of two digits that is not above this one, which is above zero.
    fileprivate var shortenedDown: Amount {
        var step: Int128 = 1
        while step * 100 <= millionths { step *= 10 }
        return Amount(millionths: millionths / step * step)
    }
}
