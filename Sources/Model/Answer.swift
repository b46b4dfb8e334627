/// The answer to a question: a headline, tables, charts, warnings, and a passport that says how far the
/// numbers can be trusted. Values are facts; only `Render` turns them into text.
public struct Answer: Sendable, Hashable {
    /// The question's id, such as `forecast`.
    public var question: String
    /// The answer in one sentence.
    public var headline: Phrase
    /// The tables, the main one first.
    public var tables: [AnswerTable]
    /// Pictures of what the tables say.
    public var charts: [AnswerChart]
    /// What the reader should know before relying on it.
    public var warnings: [AnswerWarning]
    /// How the numbers came about.
    public var passport: Passport

    /// An answer of those parts.
    public init(
        question: String, headline: Phrase, tables: [AnswerTable], charts: [AnswerChart] = [],
        warnings: [AnswerWarning] = [], passport: Passport
    ) {
        self.question = question
        self.headline = headline
        self.tables = tables
        self.charts = charts
        self.warnings = warnings
        self.passport = passport
    }
}

/// One value of an answer, not yet drawn.
public enum AnswerValue: Sendable, Hashable {
    /// Absent: drawn as `–`, empty in CSV, `null` in JSON; never 0.
    case null
    case text(String)
    case integer(Int)
    /// An amount whose currency or unit is the column's.
    case amount(Amount)
    /// A ratio: 0.83 is drawn as 83 % or 0.83 × after the column's unit.
    case rate(Double)
    case day(Day)
    case boolean(Bool)
    /// A number that brings its own unit: rows of such a column measure different things.
    case measure(Measure)
    /// How a number went, the earliest first; nil where it is not known.
    case trend([Double?])
}

/// A number with its unit.
public struct Measure: Sendable, Hashable {
    /// The number.
    public enum Number: Sendable, Hashable {
        case amount(Amount)
        case count(Int)
        case rate(Double)
    }

    /// How much.
    public var number: Number
    /// Of what: a currency, `%`, `x`, `days` …; nil for a bare count.
    public var unit: String?

    /// A number of a unit.
    public init(_ number: Number, unit: String? = nil) {
        self.number = number
        self.unit = unit
    }
}

/// A column of an answer's table.
public struct AnswerColumn: Sendable, Hashable {
    /// What a column holds.
    public enum Kind: String, Sendable, Hashable {
        case text, integer, amount, rate, day, boolean, measure, trend
    }

    /// The stable name in JSON and CSV, such as `commit_cum`.
    public var name: String
    /// The words above the column on a terminal, such as `Commit`; an empty title hides nothing.
    public var title: String
    /// What its values are.
    public var kind: Kind
    /// The unit: a currency code, `deals`, `days`, `%` (a share drawn × 100), `x` (a multiple); nil without.
    public var unit: String?
    /// Whether terminal and Markdown leave it out (it stays in CSV and JSON).
    public var isDetail: Bool
    /// Whether a terminal shows a detail all the same where it has room for it beside all others.
    public var isSpare: Bool

    /// A column; `title` is `name` when not given.
    public init(
        _ name: String, title: String? = nil, kind: Kind, unit: String? = nil, isDetail: Bool = false,
        isSpare: Bool = false
    ) {
        self.name = name
        self.title = title ?? name
        self.kind = kind
        self.unit = unit
        self.isDetail = isDetail
        self.isSpare = isSpare
    }
}

/// A table of an answer: one row has one value a column.
public struct AnswerTable: Sendable, Hashable {
    /// How a row is drawn on a terminal and in Markdown.
    public enum RowStyle: Sendable, Hashable {
        case plain
        /// A sum of other rows, set apart; CSV and JSON leave it out unless a column `level` tells it apart.
        case total
        /// Set in from the left by that many levels.
        case indented(Int)
    }

    /// A row: values in the order of the columns.
    public struct Row: Sendable, Hashable {
        /// One value a column.
        public var values: [AnswerValue]
        /// How it is drawn.
        public var style: RowStyle

        /// A row of those values.
        public init(_ values: [AnswerValue], style: RowStyle = .plain) {
            self.values = values
            self.style = style
        }
    }

    /// The stable name in JSON: `forecast`, `deals` …
    public var name: String
    /// The words above the table; nil for none.
    public var title: Phrase?
    /// The columns.
    public var columns: [AnswerColumn]
    /// The rows in order.
    public var rows: [Row]
    /// Lines below the table on terminal and in Markdown.
    public var notes: [Phrase]
    /// How many rows there are in all, when `rows` was cut; nil when it is whole.
    public var totalRows: Int?
    /// Whether its money is drawn to the last place: its rows add up, and shortened they would not.
    public var isExact: Bool

    /// A table of those parts.
    public init(
        name: String, title: Phrase? = nil, columns: [AnswerColumn], rows: [Row],
        notes: [Phrase] = [], totalRows: Int? = nil, isExact: Bool = false
    ) {
        self.name = name
        self.title = title
        self.columns = columns
        self.rows = rows
        self.notes = notes
        self.totalRows = totalRows
        self.isExact = isExact
    }
}

/// Something that the reader should know before relying on an answer.
public struct AnswerWarning: Sendable, Hashable {
    /// A stable word, such as `unassigned_deals`.
    public var code: String
    /// The sentence.
    public var text: Phrase

    /// A warning of that code.
    public init(_ code: String, _ text: Phrase) {
        self.code = code
        self.text = text
    }
}

/// Where an answer's numbers come from, enough to compute them again.
public struct Passport: Sendable, Hashable {
    /// A note of what was left out of the numbers, and why.
    public struct Exclusion: Sendable, Hashable {
        /// Why: `omitted`, `outside_period`, `rate_missing` …
        public var reason: String
        /// How many deals.
        public var count: Int
        /// Their amount at plan rates; nil when it has none.
        public var amount: Amount?

        /// An exclusion.
        public init(reason: String, count: Int, amount: Amount?) {
            self.reason = reason
            self.count = count
            self.amount = amount
        }
    }

    /// A filter as the person gave it.
    public struct Filter: Sendable, Hashable {
        /// The option, such as `team`.
        public var name: String
        /// Its value.
        public var value: String

        /// A filter.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The question's id.
    public var question: String
    /// Metric contracts with version, such as `commit/1`.
    public var metrics: [String]
    /// The day the answer speaks of.
    public var asOf: Day?
    /// The newest live snapshot on or before `asOf`.
    public var snapshotDay: Day?
    /// The load at which the warehouse was read.
    public var load: Int?
    /// The filters as given, name and value.
    public var filters: [Filter]
    /// How many rows the database gave.
    public var rowCount: Int
    /// What was left out, and why.
    public var exclusions: [Exclusion]
    /// The SQL that gave the rows.
    public var sql: [String]
    /// The version of the program.
    public var programVersion: String

    /// A passport of those facts.
    public init(
        question: String, metrics: [String], asOf: Day?, snapshotDay: Day?, load: Int?,
        filters: [Filter], rowCount: Int, exclusions: [Exclusion] = [],
        sql: [String] = [], programVersion: String
    ) {
        self.question = question
        self.metrics = metrics
        self.asOf = asOf
        self.snapshotDay = snapshotDay
        self.load = load
        self.filters = filters
        self.rowCount = rowCount
        self.exclusions = exclusions
        self.sql = sql
        self.programVersion = programVersion
    }
}

/// A sentence with values that are not yet drawn, written as a string with interpolations:
/// `"The call is \(amount, "USD"), \(count) deals support it"`.
public struct Phrase: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// A piece of a sentence.
    public enum Part: Sendable, Hashable {
        case text(String)
        case integer(Int)
        /// An amount with its currency, drawn short in prose (`3.1 M`) and exact on request.
        case amount(Amount, String)
        /// A ratio drawn as a percentage.
        case percent(Double)
        /// A ratio drawn as a multiple: `2.1 ×`.
        case multiple(Double)
        case day(Day)
    }

    /// The pieces in order.
    public var parts: [Part]

    /// A sentence of those pieces.
    public init(parts: [Part]) {
        self.parts = parts
    }

    /// A sentence without values.
    public init(stringLiteral value: String) {
        parts = [.text(value)]
    }

    /// A sentence with values.
    public init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// Collects text and values of a sentence.
    public struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        /// An empty sentence.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Text between values.
        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        /// Text as it stands.
        public mutating func appendInterpolation(_ text: String) {
            parts.append(.text(text))
        }

        /// A whole number, grouped when drawn.
        public mutating func appendInterpolation(_ number: Int) {
            parts.append(.integer(number))
        }

        /// An amount in a currency.
        public mutating func appendInterpolation(_ amount: Amount, _ currency: String) {
            parts.append(.amount(amount, currency))
        }

        /// A ratio, drawn as a percentage.
        public mutating func appendInterpolation(percent ratio: Double) {
            parts.append(.percent(ratio))
        }

        /// A ratio, drawn as a multiple.
        public mutating func appendInterpolation(times ratio: Double) {
            parts.append(.multiple(ratio))
        }

        /// A day.
        public mutating func appendInterpolation(_ day: Day) {
            parts.append(.day(day))
        }

        /// Another sentence.
        public mutating func appendInterpolation(_ phrase: Phrase) {
            parts += phrase.parts
        }
    }
}
