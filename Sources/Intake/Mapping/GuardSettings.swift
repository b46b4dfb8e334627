import Model

/// One number that a guard compares with, under its name in a mapping.
public enum GuardLimit: String, Sendable, Hashable, CaseIterable {
    /// A share, in hundredths of a percent.
    case share
    /// So many rows or records are never too many.
    case rows
    /// The smallest row count, in hundredths of a percent of that before.
    case least
    /// The largest row count, in hundredths of a percent of that before.
    case most
    /// A change of a total, in hundredths of a percent of that before.
    case change
    /// So many days.
    case days

    /// Whether it is a percentage, in hundredths of a percent, and not a whole number.
    public var isPercentage: Bool {
        switch self {
        case .share, .least, .most, .change: true
        case .rows, .days: false
        }
    }
}

extension LoadGuard {
    /// The numbers that a mapping may state, with those that hold where it states none.
    public var limits: [GuardLimit: Int] {
        switch self {
        case .rejects: [.share: 5_00, .rows: 10]
        case .gone: [.share: 20_00, .rows: 10]
        case .rows: [.least: 50_00, .most: 200_00, .rows: 100]
        case .amount: [.change: 50_00, .rows: 100]
        case .newer: [.days: 0]
        case .older: [.days: 90]
        case .empty, .base, .drift, .sameDay: [:]
        }
    }
}

/// How the guards of an entity are set: which are off, and what the others compare with.
public struct GuardSettings: Sendable, Hashable {
    private var off: Set<LoadGuard> = []
    private var stated: [LoadGuard: [GuardLimit: Int]] = [:]

    /// Every guard on, with its own numbers.
    public init() {}

    /// Whether the guard looks at all.
    public func isOn(_ loadGuard: LoadGuard) -> Bool { !off.contains(loadGuard) }

    /// What the guard compares with; percentages in hundredths of a percent.
    public func limit(_ limit: GuardLimit, of loadGuard: LoadGuard) -> Int {
        stated[loadGuard]?[limit] ?? loadGuard.limits[limit] ?? 0
    }

    mutating func turn(_ loadGuard: LoadGuard, on: Bool) {
        if on { off.remove(loadGuard) } else { off.insert(loadGuard) }
    }

    mutating func state(_ limit: GuardLimit, of loadGuard: LoadGuard, as value: Int) {
        stated[loadGuard, default: [:]][limit] = value
    }
}
