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
    /// Won deals without a close date: in no sum of any period.
    public private(set) var wonUndated = DealSum.none
    /// Of all these deals, those of people without a team.
    public private(set) var withoutTeam = DealSum.none
    /// Of all these deals, those without an owner among the people.
    public private(set) var withoutOwner = DealSum.none
    /// How many of all these deals have which fault; a stage that nobody knows only where the deal is in a
    /// category all the same.
    public private(set) var faults: [DealFault: Int] = [:]

    /// The deals of the period by the currency in which they are entered; empty where nobody asked for currencies.
    public private(set) var byCurrency: [String: CurrencySums] = [:]

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
        byCategory.values.reduce(undated + wonUndated + earlierPastDue, +)
    }

    /// Adds deals that count directly for a place of the organisation.
    public mutating func add(_ cell: ForecastCell, at place: DealPlace) {
        switch cell.timing {
        case .inPeriod:
            byCategory[cell.category, default: .none] += cell.sum
            if let entered = cell.entered {
                byCurrency[entered.currency, default: .init()].add(cell, entered)
            }
            if cell.isPastDue, cell.category != .closed, cell.category != .omitted { pastDue += cell.sum }
        case .undated: undated += cell.sum
        case .wonUndated: wonUndated += cell.sum
        case .earlierPastDue: earlierPastDue += cell.sum
        }
        switch place {
        case .team: break
        case .withoutTeam: withoutTeam += cell.sum
        case .withoutOwner: withoutOwner += cell.sum
        }
        for (fault, count) in cell.faults where fault != .stageUnmapped || cell.category != .unmapped {
            faults[fault, default: 0] += count
        }
    }

    mutating func add(_ other: ForecastSums) {
        for (category, sum) in other.byCategory { byCategory[category, default: .none] += sum }
        pastDue += other.pastDue
        undated += other.undated
        wonUndated += other.wonUndated
        earlierPastDue += other.earlierPastDue
        withoutTeam += other.withoutTeam
        withoutOwner += other.withoutOwner
        faults.merge(other.faults, uniquingKeysWith: +)
        byCurrency.merge(other.byCurrency, uniquingKeysWith: +)
    }
}
