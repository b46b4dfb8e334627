import Model

/// A step on the way from what the deals of a node said on a day to what was booked.
public enum MissStep: String, Sendable, Hashable, CaseIterable {
    /// What people had added to what the deals said: it was called and is no deal.
    case judgement
    /// Left the period, or was still open in it when it was frozen.
    case slipped
    /// Expected or won in an earlier period.
    case pulledOut = "pulled_out"
    /// Lost, or ended without a decision.
    case lost
    /// Not there any more: deleted or merged.
    case gone
    /// Was closed, and is open again.
    case reopened
    /// In commit and still to come: only while the period is not over.
    case stillOpen = "still_open"
    /// Won below the amount that was expected.
    case closedBelow = "closed_below"
    /// Won above it.
    case closedAbove = "closed_above"
    /// The plan rate is another.
    case currency
    /// Handed to another node.
    case movedOut = "moved_out"
    /// Taken over from another node.
    case movedIn = "moved_in"
    case wonFromBestCase = "won_from_best_case"
    case wonFromPipeline = "won_from_pipeline"
    /// Won, and on the day omitted or in a category that nobody knows.
    case wonFromOmitted = "won_from_omitted"
    /// Won, and on the day expected in another period or without a date.
    case pulledIn = "pulled_in"
    /// Won after it had been lost.
    case revived
    /// Won, and created after the day.
    case created

    /// Won from outside of what was committed.
    public static let fromOutside: [MissStep] = [
        .wonFromBestCase, .wonFromPipeline, .wonFromOmitted, .pulledIn, .revived, .created,
    ]
    /// Committed, and did not come.
    public static let fellOut: [MissStep] = [.slipped, .pulledOut, .lost, .gone, .reopened]
}

/// Metric 23 taken apart: from what was committed on a day to what was booked in the end, deal by deal.
///
/// Metric 18's rules: what changes hands leaves the old node and enters the new one at its amount on the day, and takes
/// its step there; leaving is valued at the amount of the day, winning from outside at that of the end, a change of amount
/// at the plan rate of the day, and what is left of it is currency.
public struct CallToActual: Sendable {
    /// The two days that are compared.
    public struct Days: Sendable {
        /// Closed and in commit on the day of the call.
        public let committed: MomentSet
        /// Won in the period in the end.
        public let won: MomentSet
        /// Of those that were committed and not won: what they are in the end. Absent: they are not there any more.
        public let fates: [RecordID: DealMoment]
        /// Of those that were won and not committed: what they were on the day. Absent: they were not there yet.
        public let origins: [RecordID: DealMoment]
        /// What the amounts of the end are worth at the rates of the day, where they changed.
        public let atOldRates: [RecordID: Amount]

        /// Two days.
        public init(
            committed: MomentSet, won: MomentSet, fates: [RecordID: DealMoment],
            origins: [RecordID: DealMoment], atOldRates: [RecordID: Amount]
        ) {
            self.committed = committed
            self.won = won
            self.fates = fates
            self.origins = origins
            self.atOldRates = atOldRates
        }
    }

    /// A deal's part in the way of a node.
    public struct Effect: Sendable, Hashable {
        /// The deal.
        public let id: RecordID
        /// The step.
        public let step: MissStep
        /// By how much it changes the node's number.
        public let amount: Amount
    }

    private var effects: [NodePlace: [Effect]] = [:]
    private let days: Days
    private let period: Period
    private let isOver: Bool

    /// The way of every node.
    ///
    /// - Parameter isOver: Whether the period is frozen: what is open in it then has slipped.
    public init(_ days: Days, period: Period, isOver: Bool) {
        self.days = days
        self.period = period
        self.isOver = isOver
        for id in days.committed.ids.union(days.won.ids) {
            for (node, steps) in steps(of: id) {
                for (step, amount) in steps where amount != .zero || !Self.isChange(step) {
                    effects[node, default: []].append(Effect(id: id, step: step, amount: amount))
                }
            }
        }
    }

    /// What the deals did to a node's number, the largest effect first.
    public func effects(in node: NodePlace) -> [Effect] {
        (effects[node] ?? []).sorted {
            ($1.amount.magnitude, $0.id, $0.step.rawValue) < ($0.amount.magnitude, $1.id, $1.step.rawValue)
        }
    }

    /// Count and sum of each step of a node.
    public func sums(in node: NodePlace) -> [MissStep: DealSum] {
        var sums: [MissStep: DealSum] = [:]
        for effect in effects[node] ?? [] {
            sums[effect.step, default: .none] += DealSum(count: 1, amount: effect.amount)
        }
        return sums
    }

    /// Steps that a deal takes beside its fate: nothing, where they come to nothing.
    private static func isChange(_ step: MissStep) -> Bool {
        [.closedBelow, .closedAbove, .currency, .movedIn, .movedOut].contains(step)
    }

    // MARK: - One deal

    private func steps(of id: RecordID) -> [NodePlace: [MissStep: Amount]] {
        guard let committed = days.committed[id] else { return stepsFromOutside(id) }
        let won = days.won[id]
        var ledger = Ledger()
        guard let end = won ?? days.fates[id] else {
            ledger.book(committed.shares, .gone, days.committed.places) { -$0 }
            return ledger.steps
        }
        // At the amount of the day, by whom it counts for in the end.
        let moved = committed.redistributed(to: end)
        ledger.move(committed.shares, days.committed.places, to: moved, days.won.places)
        guard let won else {
            ledger.book(moved, fate(committed, end), days.won.places) { -$0 }
            return ledger.steps
        }
        let total = won.companyAmount ?? .zero
        let valued =
            (days.atOldRates[id] ?? total) == total ? won.shares : won.shares(of: days.atOldRates[id])
        ledger.change(from: moved, to: valued, days.won.places)
        ledger.convert(from: valued, to: won.shares, days.won.places)
        return ledger.steps
    }

    private func stepsFromOutside(_ id: RecordID) -> [NodePlace: [MissStep: Amount]] {
        guard let won = days.won[id] else { return [:] }
        var ledger = Ledger()
        ledger.book(won.shares, origin(days.origins[id]), days.won.places) { $0 }
        return ledger.steps
    }

    private func fate(_ committed: DealMoment, _ end: DealMoment) -> MissStep {
        let isEarlier = end.closeDate.map { $0 < period.start } ?? false
        switch end.kind {
        case .lost, .noDecision: return .lost
        case .won: return isEarlier ? .pulledOut : .slipped
        case .open:
            if committed.kind == .won { return .reopened }
            if isEarlier { return .pulledOut }
            let isInPeriod = end.closeDate.map(period.contains) ?? false
            return isInPeriod && !isOver ? .stillOpen : .slipped
        }
    }

    private func origin(_ then: DealMoment?) -> MissStep {
        guard let then else { return .created }
        if then.kind == .lost || then.kind == .noDecision { return .revived }
        guard then.kind == .open, then.closeDate.map(period.contains) ?? false else { return .pulledIn }
        switch then.category {
        case .bestCase: return .wonFromBestCase
        case .pipeline: return .wonFromPipeline
        default: return .wonFromOmitted
        }
    }
}

/// The steps of one deal, node by node.
private struct Ledger {
    private(set) var steps: [NodePlace: [MissStep: Amount]] = [:]

    mutating func book(
        _ shares: [DealMoment.Share], _ step: MissStep, _ places: DealPlaces, _ sign: (Amount) -> Amount
    ) {
        for (node, amount) in Self.sums(shares, places) {
            steps[node, default: [:]][step, default: .zero] += sign(amount)
        }
    }

    /// What leaves a node and what enters one; in a node above both it is nothing.
    mutating func move(
        _ old: [DealMoment.Share], _ oldPlaces: DealPlaces, to new: [DealMoment.Share],
        _ newPlaces: DealPlaces
    ) {
        for (node, amount) in Self.differences(Self.sums(old, oldPlaces), Self.sums(new, newPlaces)) {
            steps[node, default: [:]][amount < .zero ? .movedOut : .movedIn, default: .zero] += amount
        }
    }

    mutating func change(
        from old: [DealMoment.Share], to new: [DealMoment.Share], _ places: DealPlaces
    ) {
        for (node, amount) in Self.differences(Self.sums(old, places), Self.sums(new, places)) {
            steps[node, default: [:]][amount < .zero ? .closedBelow : .closedAbove, default: .zero] += amount
        }
    }

    mutating func convert(
        from old: [DealMoment.Share], to new: [DealMoment.Share], _ places: DealPlaces
    ) {
        for (node, amount) in Self.differences(Self.sums(old, places), Self.sums(new, places)) {
            steps[node, default: [:]][.currency, default: .zero] += amount
        }
    }

    private static func sums(
        _ shares: [DealMoment.Share], _ places: DealPlaces
    ) -> [NodePlace: Amount] {
        var sums: [NodePlace: Amount] = [:]
        for share in shares {
            for node in places.nodes(of: share.holder) { sums[node, default: .zero] += share.amount ?? .zero }
        }
        return sums
    }

    private static func differences(
        _ old: [NodePlace: Amount], _ new: [NodePlace: Amount]
    ) -> [(NodePlace, Amount)] {
        Set(old.keys).union(new.keys).compactMap { node in
            let amount = (new[node] ?? .zero) - (old[node] ?? .zero)
            return amount == .zero ? nil : (node, amount)
        }
    }
}

extension DealMoment {
    /// An amount by the shares of this deal: rounded once each to the cent or finer, the remainder to the first.
    func shares(of amount: Amount?) -> [Share] {
        guard let amount else { return shares }
        var rest = amount
        var parts = shares.map { share in
            let part = amount.multiplied(by: share.percent).share(1, of: 100, toPlaces: 2)
            rest -= part
            return Share(holder: share.holder, name: share.name, percent: share.percent, amount: part)
        }
        if let first = parts.first {
            parts[0] = Share(
                holder: first.holder, name: first.name, percent: first.percent,
                amount: (first.amount ?? .zero) + rest)
        }
        return parts
    }

    /// The amount of this day by whom the deal counts for on another: each keeps the own part where the same people share it
    /// as before, else it is divided anew.
    func redistributed(to end: DealMoment) -> [Share] {
        let own = Dictionary(
            shares.map { ($0.holder.owner, $0) }, uniquingKeysWith: { first, _ in first })
        let isSame =
            own.count == shares.count && shares.count == end.shares.count
            && end.shares.allSatisfy { own[$0.holder.owner]?.percent == $0.percent }
        guard isSame else { return end.shares(of: companyAmount ?? .zero) }
        return end.shares.map { share in
            Share(
                holder: share.holder, name: share.name, percent: share.percent,
                amount: own[share.holder.owner]?.amount)
        }
    }
}
