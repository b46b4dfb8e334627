import Model

/// The sums of one node's deals for a period, exclusive by category.
public struct ForecastSums: Sendable, Hashable {
    /// Deals whose close date lies in the period, by category; past-due deals included.
    public private(set) var byCategory: [ForecastCategory: DealSum] = [:]
    /// Of the open deals in the period, those whose close date has passed.
    public private(set) var pastDue = DealSum.none
    /// Open deals without a close date: in no period.
    public private(set) var undated = DealSum.none
    /// Open deals whose close date passed in an earlier period.
    public private(set) var earlierPastDue = DealSum.none
    /// Deals of any of these lines that have no amount.
    public private(set) var withoutAmount = 0
    /// Deals of any of these lines in a currency without a plan rate.
    public private(set) var withoutRate = 0

    /// No deals.
    public init() {}

    /// The sum of a category in the period.
    public subscript(category: ForecastCategory) -> DealSum {
        byCategory[category] ?? .none
    }

    /// Metric 1: open = commit + best case + pipeline in the period; omitted and unmapped left out.
    public var open: DealSum {
        self[.commit] + self[.bestCase] + self[.pipeline]
    }

    /// Metric 2, cumulative: closed + commit.
    public var commitCumulative: DealSum {
        self[.closed] + self[.commit]
    }

    /// Metric 2, cumulative: closed + commit + best case.
    public var upsideCumulative: DealSum {
        commitCumulative + self[.bestCase]
    }

    /// All deals of the node that the question reaches, whatever their category and timing.
    public var all: DealSum {
        byCategory.values.reduce(undated + earlierPastDue, +)
    }

    mutating func add(_ cell: ForecastCell) {
        switch cell.timing {
        case .inPeriod:
            byCategory[cell.category, default: .none] += cell.sum
            if cell.isPastDue, cell.category != .closed, cell.category != .omitted { pastDue += cell.sum }
        case .undated: undated += cell.sum
        case .earlierPastDue: earlierPastDue += cell.sum
        }
        withoutAmount += cell.withoutAmount
        withoutRate += cell.withoutRate
    }

    mutating func add(_ other: ForecastSums) {
        for (category, sum) in other.byCategory { byCategory[category, default: .none] += sum }
        pastDue += other.pastDue
        undated += other.undated
        earlierPastDue += other.earlierPastDue
        withoutAmount += other.withoutAmount
        withoutRate += other.withoutRate
    }
}
