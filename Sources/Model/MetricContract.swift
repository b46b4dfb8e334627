/// What a number means, once for all answers that print it: the contract that passports name as `id/version`.
///
/// Source: a file of `sql/metrics/`, one a metric.
public struct MetricContract: Sendable, Hashable {
    /// What a metric is about.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        case velocity, volume, quality, predictability, forecast, movement, leads, evidence
    }

    /// Whether it moves before the result, after it, or with it.
    public enum Timing: String, Sendable, Hashable, CaseIterable {
        case leading, lagging, coincident
    }

    /// In which direction it is good.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        case higher, lower
        /// Good where the plan is.
        case plan
        /// Neither.
        case none
    }

    /// The stable id, in snake case: `coverage_to_go`.
    public var id: String
    /// From 1; raised when the number changes for the same data.
    public var version: Int
    /// What people call it.
    public var name: String
    /// What it is about.
    public var family: Family
    /// The question that it answers.
    public var question: String
    /// How it is computed, in words.
    public var formula: String
    /// What one number stands for: a node, a period, a deal …
    public var grain: String
    /// `currency`, `deals`, `rate`, `days`, `multiple`, `points` …
    public var unit: String
    /// Whether it leads the result.
    public var timing: Timing
    /// In which direction it is good.
    public var good: Direction
    /// When it is absent, which is never 0.
    public var null: String
    /// Below so many observations it is shown as not enough; 1 for sums and counts.
    public var minimumCount: Int
    /// The view `bellwether.x` or the aggregator `Analytics.X` that computes it; several where it has parts.
    public var computedBy: [String]
    /// The columns of answers that print it: `question.table.column`, or a column's bare name in every answer that
    /// names the contract.
    public var columns: [String]
    /// How the founding text or a vendor defines it otherwise; nil where nobody does.
    public var classic: String?

    /// How passports name it: `commit/1`.
    public var reference: String { "\(id)/\(version)" }

    /// A contract of those terms.
    public init(
        id: String, version: Int, name: String, family: Family, question: String, formula: String,
        grain: String, unit: String, timing: Timing, good: Direction, null: String, minimumCount: Int,
        computedBy: [String], columns: [String], classic: String? = nil
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.family = family
        self.question = question
        self.formula = formula
        self.grain = grain
        self.unit = unit
        self.timing = timing
        self.good = good
        self.null = null
        self.minimumCount = minimumCount
        self.computedBy = computedBy
        self.columns = columns
        self.classic = classic
    }

    /// Whether it says what a column of an answer means.
    public func claims(column: String, of table: String, in question: String) -> Bool {
        columns.contains(column) || columns.contains("\(question).\(table).\(column)")
    }
}
