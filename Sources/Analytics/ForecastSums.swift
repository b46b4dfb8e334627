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
    /// Credit beside these deals, of those in the period that are won or open: in no total.
    public private(set) var overlay = Amount.zero
    /// Of the deals that several people share, how each is counted here: once, whatever the number of its parts.
    private var shared: [RecordID: SharedCount] = [:]

    /// How a shared deal is counted: as one deal of a cell, and among the deals without team or owner.
    private struct SharedCount: Hashable {
        /// The deal once, without an amount.
        let once: ForecastCell
        /// Of `withoutTeam` and `withoutOwner`, those that have it.
        var loose: Set<DealPlace>
    }

    /// Of the deals in the period, how many are in their category by the default of their stage.
    public private(set) var stageDefaults: [ForecastCategory: Int] = [:]
    /// Deals whose close date lies in the period after it, by category; they are in no other sum.
    public private(set) var nextByCategory: [ForecastCategory: DealSum] = [:]

    /// The deals of the period by the currency in which they are entered; empty where nobody asked for currencies.
    public private(set) var byCurrency: [String: CurrencySums] = [:]

    /// No deals.
    public init() {}

    /// Whether there are no deals and no credit.
    public var isEmpty: Bool {
        all.count == 0 && overlay == .zero && nextByCategory.values.allSatisfy { $0.count == 0 }
    }

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

    /// The sums of the period after it.
    public var ofNextPeriod: ForecastSums {
        var sums = ForecastSums()
        sums.byCategory = nextByCategory
        return sums
    }

    /// Metric 1 and closed: what overlay credit is compared with.
    public var revenue: DealSum { self[.closed] + open }

    /// Adds deals that count directly for a place of the organisation.
    public mutating func add(_ cell: ForecastCell, at place: DealPlace) {
        switch cell.credit {
        case .whole: addWhole(cell, at: place)
        case .part(let deal):
            var part = ForecastSums()
            part.addWhole(cell, at: place)
            part.shared[deal] = SharedCount(
                once: cell.counted(1), loose: Set([place]).intersection([.withoutTeam, .withoutOwner]))
            add(part)
        case .overlay where cell.timing == .inPeriod && Self.revenueCategories.contains(cell.category):
            overlay += cell.sum.amount
        case .overlay: break
        }
    }

    private static let revenueCategories: Set<ForecastCategory> = [.closed, .commit, .bestCase, .pipeline]

    private mutating func addWhole(_ cell: ForecastCell, at place: DealPlace) {
        addDeals(cell)
        if cell.timing != .nextPeriod { addLoose(cell, place) }
    }

    private mutating func addLoose(_ cell: ForecastCell, _ place: DealPlace) {
        switch place {
        case .team: break
        case .withoutTeam: withoutTeam += cell.sum
        case .withoutOwner: withoutOwner += cell.sum
        }
    }

    private mutating func addDeals(_ cell: ForecastCell) {
        switch cell.timing {
        case .inPeriod:
            byCategory[cell.category, default: .none] += cell.sum
            if let entered = cell.entered {
                byCurrency[entered.currency, default: .init()].add(cell, entered)
            }
            if cell.isPastDue, cell.category != .closed, cell.category != .omitted { pastDue += cell.sum }
            if cell.stageDefaults != 0 { stageDefaults[cell.category, default: 0] += cell.stageDefaults }
        case .undated: undated += cell.sum
        case .wonUndated: wonUndated += cell.sum
        case .earlierPastDue: earlierPastDue += cell.sum
        case .nextPeriod:
            nextByCategory[cell.category, default: .none] += cell.sum
            return
        }
        for (fault, count) in cell.faults where fault != .stageUnmapped || cell.category != .unmapped {
            faults[fault, default: 0] += count
        }
    }

    mutating func add(_ other: ForecastSums) {
        byCategory.merge(other.byCategory, uniquingKeysWith: +)
        nextByCategory.merge(other.nextByCategory, uniquingKeysWith: +)
        stageDefaults.merge(other.stageDefaults, uniquingKeysWith: +)
        pastDue += other.pastDue
        undated += other.undated
        wonUndated += other.wonUndated
        earlierPastDue += other.earlierPastDue
        withoutTeam += other.withoutTeam
        withoutOwner += other.withoutOwner
        faults.merge(other.faults, uniquingKeysWith: +)
        byCurrency.merge(other.byCurrency, uniquingKeysWith: +)
        overlay += other.overlay
        for (deal, count) in other.shared {
            guard let known = shared[deal] else {
                shared[deal] = count
                continue
            }
            // Both parts' amounts count, but the deal once in each sum that has both.
            let repetition = known.once.counted(-1)
            addDeals(repetition)
            for place in known.loose.intersection(count.loose) { addLoose(repetition, place) }
            shared[deal]?.loose.formUnion(count.loose)
        }
    }
}

extension ForecastCell {
    /// So many deals like the cell's only one, without their amounts.
    fileprivate func counted(_ count: Int) -> ForecastCell {
        ForecastCell(
            owner: nil, isOwnerKnown: false, team: nil, category: category, timing: timing,
            isPastDue: isPastDue, sum: DealSum(count: count, amount: .zero),
            faults: faults.mapValues { $0 * count }, stageDefaults: stageDefaults * count)
    }
}
