import Analytics
import Model
import Warehouse

/// What a line of the indicators page is, whatever node it is of.
struct Indicator {
    /// The unit of its numbers.
    enum Unit {
        /// Amounts in the company's currency.
        case money
        case count
        /// A share, drawn as a percentage.
        case share
        case multiple
        case days
    }

    /// The contract that defines it, as passports name it: `meetings_held/1`.
    let metric: String
    /// The family under which the page lists it.
    let family: MetricContract.Family
    /// The column that has it in the table of nodes; the contract claims it.
    let column: String
    /// The words beside it.
    let title: String
    let unit: Unit
    let good: MetricContract.Direction
    /// Whether the windows before say what is usual: not of what builds up over the period asked for.
    var hasRange = true
}

/// A number of an indicator.
enum IndicatorNumber: Hashable {
    case amount(Amount)
    case count(Int)
    /// A share, a multiple, days …
    case ratio(Double)

    /// For comparing with others of the same indicator, and for drawing; never for sums.
    var size: Double {
        switch self {
        case .amount(let amount): Double(amount.millionths) / 1_000_000
        case .count(let count): Double(count)
        case .ratio(let ratio): ratio
        }
    }

    /// How far it is from another of the same indicator.
    static func - (left: IndicatorNumber, right: IndicatorNumber) -> IndicatorNumber {
        switch (left, right) {
        case (.amount(let left), .amount(let right)): .amount(left - right)
        case (.count(let left), .count(let right)): .count(left - right)
        default: .ratio(left.size - right.size)
        }
    }

    /// An amount, or none.
    static func maybe(_ amount: Amount?) -> IndicatorNumber? { amount.map { .amount($0) } }
    /// A count, or none.
    static func maybe(_ count: Int?) -> IndicatorNumber? { count.map { .count($0) } }
    /// A ratio, or none.
    static func maybe(_ ratio: Double?) -> IndicatorNumber? { ratio.map { .ratio($0) } }
}

/// An indicator of one node, window by window.
struct IndicatorReading {
    /// The newest window first; nil for a window of which it cannot be told.
    let windows: [IndicatorNumber?]
    /// On how many observations the newest rests; nil for sums and counts.
    let n: Int?
    /// Why the newest is absent.
    let reason: String?

    init(_ windows: [IndicatorNumber?], n: Int? = nil, reason: String? = nil) {
        self.windows = windows
        self.n = n
        self.reason = windows.first.flatMap { $0 } == nil ? reason : nil
    }

    /// The newest.
    var now: IndicatorNumber? { windows.first.flatMap { $0 } }

    /// Against the window before; nil where one of the two is absent.
    var change: IndicatorNumber? {
        guard let now, windows.count > 1, let before = windows[1] else { return nil }
        return now - before
    }

    /// The windows before the newest of which it is known.
    var past: [IndicatorNumber] { windows.dropFirst().compactMap(\.self) }

    /// Fewer past windows make no range.
    static let fewest = 3

    /// The lowest and the highest of the past windows; nil for too few.
    var range: (low: IndicatorNumber, high: IndicatorNumber)? {
        guard past.count >= Self.fewest, let low = past.min(by: { $0.size < $1.size }),
            let high = past.max(by: { $0.size < $1.size })
        else { return nil }
        return (low, high)
    }
}

/// An indicator with what it is for each node.
struct IndicatorSeries {
    let indicator: Indicator
    /// Its readings; a node that the provider does not know has one without numbers.
    let reading: (NodePlace) -> IndicatorReading
}

/// What indicators are read from: the windows, and what several of them need, read once.
struct IndicatorFrame {
    let context: QuestionContext
    /// The newest ends on the day asked for.
    let windows: TrailingWindows
    /// Flows and stocks of the windows.
    let volume: VolumeBook
}

/// Gives indicators: a family, or a part of one. A new line of the page is one more series of a provider; a new provider
/// is one more in `IndicatorsQuestion.providers`.
protocol IndicatorProvider: Sendable {
    /// The contracts of its numbers, for the passport.
    var metrics: [String] { get }
    /// The SQL that it runs beside that of the frame.
    var sql: [String] { get }

    /// Reads what it needs once for all nodes.
    ///
    /// - Throws: `BW2xx` from the database.
    func series(_ frame: IndicatorFrame, _ warehouse: Warehouse) throws(BellwetherError) -> [IndicatorSeries]
}

extension IndicatorProvider {
    var sql: [String] { [] }
}
