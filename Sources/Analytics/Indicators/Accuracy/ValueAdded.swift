import Model

/// A number that somebody put in the place of another, and what the period landed at.
public struct Replacement: Sendable, Hashable {
    /// What stood before: what the deals say, or the level below.
    public let before: Amount
    /// What was put in its place.
    public let after: Amount
    /// What the period landed at.
    public let landed: Amount

    /// A replacement of those.
    public init(before: Amount, after: Amount, landed: Amount) {
        self.before = before
        self.after = after
        self.landed = landed
    }

    /// How far off the first number was.
    public var missBefore: Amount { (before - landed).magnitude }
    /// How far off the second was.
    public var missAfter: Amount { (after - landed).magnitude }
}

/// Metric 24: whether putting one number in another's place made it better; pooled over nodes and periods.
public struct ValueAdded: Sendable {
    /// Below so many replacements no ratio is said.
    public static let minimum = 6

    /// How many.
    public let count: Int
    /// How many came nearer to what was landed at.
    public let better: Int
    /// How many went away from it; the others changed nothing.
    public let worse: Int
    /// What they gained in all: Σ miss before − Σ miss after, below zero what they lost.
    public let money: Amount
    /// WAPE before; nil for too few, or when nothing was landed.
    public let wapeBefore: Double?
    /// WAPE after; nil as above.
    public let wapeAfter: Double?
    /// By how many points of WAPE it came nearer; below zero it went away.
    public var added: Double? { wapeBefore.flatMap { before in wapeAfter.map { before - $0 } } }
    /// How likely so uneven a split of better and worse is, were both as likely: the sign test, two-sided. Nil for too few.
    public let pValue: Double?

    /// The value that some replacements added.
    public init(_ replacements: [Replacement]) {
        count = replacements.count
        better = replacements.count { $0.missAfter < $0.missBefore }
        worse = replacements.count { $0.missAfter > $0.missBefore }
        let before = replacements.reduce(Amount.zero) { $0 + $1.missBefore }
        let after = replacements.reduce(Amount.zero) { $0 + $1.missAfter }
        let landed = replacements.reduce(Amount.zero) { $0 + $1.landed }
        money = before - after
        let isEnough = count >= Self.minimum
        wapeBefore = isEnough && landed > .zero ? before.ratio(to: landed) : nil
        wapeAfter = isEnough && landed > .zero ? after.ratio(to: landed) : nil
        pValue =
            isEnough && better + worse > 0 ? BinomialTest.signs(positive: better, negative: worse) : nil
    }
}
