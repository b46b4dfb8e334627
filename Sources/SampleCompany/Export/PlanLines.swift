import Model

/// Quotas of people and budgets of teams and company, by quarter and line of business. They do
/// not change from night to night.
struct PlanLines {
    /// Records of plan_line.csv, each with its line feed.
    private(set) var records: [[UInt8]] = []
    private let seed: UInt64

    private static let businessLines = ["new", "expansion", "renewal"]
    /// Hundredths of a year's plan that fall into each quarter.
    private static let weights = [22, 23, 25, 30]
    /// A person's quota a year in dollars, FY2024 to FY2026.
    private static let yearlyQuotas = [(2024, 900_000), (2025, 950_000), (2026, 1_000_000)]

    init(_ organisation: Organisation, seed: UInt64) {
        self.seed = seed
        let sellers = organisation.people.filter(\.hasQuota)
        for (year, yearly) in PlanLines.yearlyQuotas {
            for (index, weight) in PlanLines.weights.enumerated() {
                let quarter = Frame.calendar.period(
                    .quarter, containing: Frame.day(year, index * 3 + 1, 1))
                let quota = yearly * weight / 100
                // A quota begins with the first whole quarter.
                let entitled = sellers.filter { $0.start <= quarter.start }
                for person in entitled { addQuota(quota, of: person, in: quarter) }
                // The company plans less than it asks of its people: over-assignment is 1.125.
                addBudget(quota * entitled.count * 8 / 9 / 1000 * 1000, in: quarter)
            }
        }
        addBudget(6_000_000 * sellers.count / 27 / 1000 * 1000, in: Frame.nextQuarter)
    }

    private mutating func addQuota(_ quota: Int, of person: Person, in quarter: Period) {
        // The mix differs from person to person, and not from quarter to quarter.
        var random = RandomStream(seed: seed, .plan, index: Int(person.id.dropFirst()) ?? 0)
        let new = quota * random.within(42...58) / 100 / 500 * 500
        let expansion = quota * random.within(24...34) / 100 / 500 * 500
        for (line, amount) in zip(PlanLines.businessLines, [new, expansion, quota - new - expansion]) {
            add("quota", "person", person.id, quarter, line, amount)
        }
    }

    /// 25 to 22 to 25 by team, about half of it new business.
    private mutating func addBudget(_ budget: Int, in quarter: Period) {
        let east = budget * 25 / 72 / 1000 * 1000
        let west = budget * 22 / 72 / 1000 * 1000
        var sums = [0, 0, 0]
        for (team, share) in zip(SalesTeam.allCases, [east, west, budget - east - west]) {
            let new = share * 50 / 100 / 1000 * 1000
            let expansion = share * 30 / 100 / 1000 * 1000
            let amounts = [new, expansion, share - new - expansion]
            for (index, amount) in amounts.enumerated() {
                add("budget", "team", team.id, quarter, PlanLines.businessLines[index], amount)
                sums[index] += amount
            }
        }
        for (line, amount) in zip(PlanLines.businessLines, sums) {
            add("budget", "company", "", quarter, line, amount)
        }
    }

    private mutating func add(
        _ kind: String, _ nodeKind: String, _ node: String, _ quarter: Period, _ line: String,
        _ dollars: Int
    ) {
        var text = CSVText()
        text.cell("\(kind)-\(node.isEmpty ? nodeKind : node)-\(quarter.label)-\(line)")
        text.cell(kind)
        text.cell(nodeKind)
        text.cell(node)
        text.cell(quarter.label)
        text.cell(line)
        text.cell("bookings")
        text.cell(cents: dollars * 100)
        text.cell(Frame.currency)
        text.cell("")
        text.endLine()
        records.append(text.bytes)
    }
}
