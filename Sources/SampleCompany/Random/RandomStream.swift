import Model

/// A stream of numbers that depends on nothing but the seed and what it is drawn for, so that any
/// deal can be drawn on its own, in any order, on any machine.
///
/// SplitMix64 (Steele, Lea, Flood 2014). Only whole numbers are drawn: the functions of binary
/// floating point differ between systems in their last bit.
struct RandomStream: Sendable {
    /// What a stream is drawn for; streams of different purposes do not depend on each other.
    enum Purpose: UInt64 {
        case person = 1
        case account, deal, plan, rate, planted, activity, call, lead
    }

    private var state: UInt64

    /// The stream of one thing: `index` and `attempt` tell things of one purpose apart.
    init(seed: UInt64, _ purpose: Purpose, index: Int, attempt: Int = 0) {
        var key = RandomStream.mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
        for part in [
            purpose.rawValue, UInt64(truncatingIfNeeded: index), UInt64(truncatingIfNeeded: attempt),
        ] {
            key = RandomStream.mixed((key ^ part) &+ 0x9E37_79B9_7F4A_7C15)
        }
        state = key
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return RandomStream.mixed(state)
    }

    /// A number of 0..<limit; 0 for a limit below 1.
    mutating func below(_ limit: Int) -> Int {
        guard limit > 0 else { return 0 }
        return Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }

    /// A number of the range, both ends included.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True in so many of a thousand cases.
    mutating func chance(_ perMille: Int) -> Bool {
        below(1000) < perMille
    }

    /// One of the values; the list is never empty in this module.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[below(values.count)]
    }

    /// `median` times a factor of the spread.
    mutating func around(_ median: Int, _ spread: Spread) -> Int {
        let step = below((spread.perMille.count - 1) * 1000)
        let low = spread.perMille[step / 1000]
        let high = spread.perMille[step / 1000 + 1]
        return median * (low + (high - low) * (step % 1000) / 1000) / 1000
    }

    /// The day itself when people work on it, else one of the next working days: not always the
    /// first, or every Monday would be a busy day.
    mutating func workDay(near day: Day) -> Day {
        WorkDays.contains(day) ? day : WorkDays.onOrAfter(day + within(1...6))
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
