/// A team of the company: its people sell in one currency and one part of the world.
public enum SalesTeam: Int, Sendable, Hashable, CaseIterable {
    case east, west, emea

    /// The team's id in the exports.
    public var id: String {
        switch self {
        case .east: "T-EAST"
        case .west: "T-WEST"
        case .emea: "T-EMEA"
        }
    }

    /// The team's name.
    public var name: String {
        switch self {
        case .east: "East"
        case .west: "West"
        case .emea: "EMEA"
        }
    }

    /// The currency in which it sells, ISO 4217.
    public var currency: String {
        self == .emea ? "EUR" : "USD"
    }

    var region: String {
        self == .emea ? "EMEA" : "North America"
    }

    var countries: [String] {
        switch self {
        case .east: ["United States", "United States", "United States", "Canada"]
        case .west: ["United States", "United States", "United States", "Mexico"]
        case .emea:
            ["Germany", "France", "United Kingdom", "Netherlands", "Sweden", "Italy", "Poland", "Spain"]
        }
    }
}
