import Model

/// How a table shows its money: one scale for all of it, so that figures compare at a glance.
enum MoneyScale: Sendable, Hashable {
    /// To the last place.
    case exact
    /// Units with two decimals, for amounts below a thousand.
    case cents
    /// Whole units.
    case units
    /// Whole thousands.
    case thousands
    /// Millions with two decimals.
    case millions

    /// The amount at this scale, without its unit.
    func text(_ amount: Amount) -> String {
        switch self {
        case .exact: NumberText.exact(amount)
        case .cents: NumberText.scaled(amount, exponent: 0, places: 2)
        case .units: NumberText.scaled(amount, exponent: 0, places: 0)
        case .thousands: NumberText.scaled(amount, exponent: 3, places: 0)
        case .millions: NumberText.scaled(amount, exponent: 6, places: 2)
        }
    }

    /// The currency with the scale, for a header: `USD thousands`.
    func unit(_ currency: String) -> String {
        switch self {
        case .exact, .cents, .units: currency
        case .thousands: currency + " thousands"
        case .millions: currency + " millions"
        }
    }

    /// The scales that suit a table's money, the best to read first, then shorter ones for a
    /// narrow terminal; never empty.
    ///
    /// Below a million people read whole units; from a million on millions, as long as half of
    /// the figures keep two digits (0.10), otherwise thousands.
    static func ladder(for amounts: [Amount], exact: Bool) -> [MoneyScale] {
        if exact { return [.exact] }
        let sizes = amounts.filter { $0 != .zero }.map(\.magnitude).sorted()
        guard let largest = sizes.last else { return [.units] }
        if largest < Amount(1_000) {
            let areWhole = sizes.allSatisfy { $0 == $0.rounded(toPlaces: 0) }
            return areWhole ? [.units] : [.cents]
        }
        if largest < Amount(1_000_000) { return [.units, .thousands] }
        let median = sizes[(sizes.count - 1) / 2]
        return median >= Amount(100_000) ? [.millions] : [.thousands, .millions]
    }

    /// Whether a unit is a currency (three capital letters), so that its amounts may be scaled.
    static func isCurrency(_ unit: String?) -> Bool {
        guard let unit else { return false }
        return unit.utf8.count == 3
            && unit.utf8.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
    }
}
