import Model

/// What the company plans to book, by quarter, team and line of business, in whole dollars.
struct Budgets: Sendable {
    /// A person's quota a year, FY2024 to FY2026.
    static let yearlyQuotas = [(year: 2024, dollars: 900_000), (2025, 950_000), (2026, 1_000_000)]
    /// Hundredths of a year's plan that fall into each quarter.
    static let weights = [22, 23, 25, 30]

    /// The company's budgets by the quarter's label.
    private let totals: [String: Int]

    init(_ organisation: Organisation, calendar: SampleCalendar) {
        let sellers = organisation.people.filter(\.hasQuota)
        var totals: [String: Int] = [:]
        for (year, dollars) in Budgets.yearlyQuotas {
            for (index, weight) in Budgets.weights.enumerated() {
                let quarter = calendar.quarter(index + 1, of: year)
                let entitled = sellers.filter { $0.start <= quarter.start }.count
                // The company plans less than it asks of its people: over-assignment is 1.125.
                totals[quarter.label] = dollars * weight / 100 * entitled * 8 / 9 / 1000 * 1000
            }
        }
        totals[Frame.nextQuarter.label] = 6_000_000 * sellers.count / 27 / 1000 * 1000
        self.totals = totals
    }

    /// The company's budget of a quarter; 0 without one.
    func budget(in label: String) -> Int {
        totals[label] ?? 0
    }

    /// A team's: 25 to 22 to 25.
    func budget(of team: SalesTeam, in label: String) -> Int {
        let budget = budget(in: label)
        let east = budget * 25 / 72 / 1000 * 1000
        let west = budget * 22 / 72 / 1000 * 1000
        switch team {
        case .east: return east
        case .west: return west
        case .emea: return budget - east - west
        }
    }

    /// New, expansion and renewal of a team: about half is new business.
    func lines(of team: SalesTeam, in label: String) -> [Int] {
        let share = budget(of: team, in: label)
        let new = share * 50 / 100 / 1000 * 1000
        let expansion = share * 30 / 100 / 1000 * 1000
        return [new, expansion, share - new - expansion]
    }
}
