/// The label of a period by number: `FY2026`, `FY2026Q4`, `FY2026M11` (written `FY2026P11` too) or `FY2026W44`.
public struct PeriodLabel: Sendable, Hashable {
    /// The fiscal year's number, 2…9998: `Day` speaks of the years 1…9999 only, and a fiscal year may reach into both
    /// neighbours.
    public let year: Int
    /// Year, quarter, month or week.
    public let grain: Period.Grain
    /// Its place in the year, from 1: 1…4, 1…12 or 1…53; 1 for the year itself.
    public let number: Int

    /// The label of a year, or of its quarter, month or week of that number.
    public init(year: Int, _ grain: Period.Grain = .year, _ number: Int = 1) {
        self.year = year
        self.grain = grain
        self.number = number
    }

    private static let units: [Character: (grain: Period.Grain, limit: Int)] = [
        "Q": (.quarter, 4), "M": (.month, 12), "P": (.month, 12), "W": (.week, 53),
    ]
}

extension PeriodLabel: LosslessStringConvertible {
    /// Reads a label, in any case, the year also in two digits of this century; nil for what is none.
    public init?(_ text: String) {
        guard let match = text.uppercased().wholeMatch(of: /FY([0-9]{4}|[0-9]{2})(?:([QMPW])([0-9]{1,2}))?/),
            let digits = Int(match.1)
        else { return nil }
        let year = match.1.count == 2 ? 2000 + digits : digits
        guard (2...9998).contains(year) else { return nil }
        guard let letter = match.2?.first, let number = match.3.flatMap({ Int($0) }) else {
            self.init(year: year)
            return
        }
        guard let unit = Self.units[letter], (1...unit.limit).contains(number) else { return nil }
        self.init(year: year, unit.grain, number)
    }

    /// The one way in which answers write it.
    public var description: String {
        let name = "FY" + padded(year, to: 4)
        return switch grain {
        case .quarter: "\(name)Q\(number)"
        case .month: name + "M" + padded(number, to: 2)
        case .week: name + "W" + padded(number, to: 2)
        case .year, .all: name
        }
    }

    /// Every way in which exports may write it, in capitals.
    public var spellings: [String] {
        let years = [padded(year, to: 4)] + ((2000...2099).contains(year) ? [padded(year - 2000, to: 2)] : [])
        let letters = Self.units.filter { $0.value.grain == grain }.keys.sorted()
        let parts = letters.flatMap { letter in
            Set([padded(number, to: 1), padded(number, to: 2)]).sorted().map { String(letter) + $0 }
        }
        return years.flatMap { year in (grain == .year ? [""] : parts).map { "FY" + year + $0 } }
    }

    private func padded(_ number: Int, to count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
