import Model

/// What of a period is compared with the same day of past ones.
public enum PacingMeasure: String, Sendable, Hashable, CaseIterable {
    case closed, commit
    case bestCase = "best_case"
    case pipeline
    /// Closed + commit, which compares with what a period lands at.
    case commitCumulative = "commit_cum"
    /// Commit, best case and pipeline.
    case open

    /// The word for people.
    public var title: String {
        switch self {
        case .closed: "Closed"
        case .commit: "Commit"
        case .bestCase: "Best case"
        case .pipeline: "Pipeline"
        case .commitCumulative: "Closed + commit"
        case .open: "Open"
        }
    }

    func amount(of sums: StandingSums) -> Amount {
        switch self {
        case .closed: sums[.closed].amount
        case .commit: sums[.commit].amount
        case .bestCase: sums[.bestCase].amount
        case .pipeline: sums[.pipeline].amount
        case .commitCumulative: sums[.closed].amount + sums[.commit].amount
        case .open: sums.open.amount
        }
    }

    /// The same of the sums of a forecast.
    func amount(of sums: ForecastSums) -> Amount {
        switch self {
        case .closed: sums[.closed].amount
        case .commit: sums[.commit].amount
        case .bestCase: sums[.bestCase].amount
        case .pipeline: sums[.pipeline].amount
        case .commitCumulative: sums.commitCumulative.amount
        case .open: sums.open.amount
        }
    }
}

/// Metric 20: one measure of a node beside what it was on the same day of past periods, and what those landed at.
public struct Pacing: Sendable {
    /// The measure.
    public let measure: PacingMeasure
    /// Its value on the day asked for.
    public let now: Amount
    /// What it was on the same day of the last four periods that have landed.
    public let ofFour: Spread<Amount>?
    /// The same of the last eight.
    public let ofEight: Spread<Amount>?
    /// What those four landed at.
    public let landedOfFour: Spread<Amount>?
    /// What those eight landed at.
    public let landedOfEight: Spread<Amount>?
    /// Value / what was landed at, in those eight; without periods that landed at nothing.
    public let shareOfLanded: Spread<Double>?

    /// A measure of a node.
    ///
    /// - Parameter past: The periods that have landed, the latest first.
    public init(_ measure: PacingMeasure, now: ForecastSums, past: [StandingSums]) {
        self.measure = measure
        self.now = measure.amount(of: now)
        let eight = past.prefix(8)
        ofFour = Spread(eight.prefix(4).map { measure.amount(of: $0) })
        ofEight = Spread(eight.map { measure.amount(of: $0) })
        landedOfFour = Spread(eight.prefix(4).map { $0[.landed].amount })
        landedOfEight = Spread(eight.map { $0[.landed].amount })
        shareOfLanded = Spread(
            eight.compactMap { measure.amount(of: $0).ratio(to: $0[.landed].amount) })
    }

    /// By how much it is above the median of the last eight; below zero where it is under it.
    public var ahead: Amount? { ofEight.map { now - $0.median } }
}
