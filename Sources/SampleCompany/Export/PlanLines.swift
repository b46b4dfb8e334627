import Model

/// Quotas of people and budgets of teams and company, by quarter and line of business. They do
/// not change from night to night.
struct PlanLines {
    /// Records of plan_line.csv, each with its line feed.
    private(set) var records: [[UInt8]] = []
    private let seed: UInt64
    private let budgets: Budgets

    private static let businessLines = ["new", "expansion", "renewal"]

    init(_ organisation: Organisation, calendar: SampleCalendar, seed: UInt64) {
        self.seed = seed
        budgets = Budgets(organisation, calendar: calendar)
        let sellers = organisation.people.filter(\.hasQuota)
        for (year, yearly) in Budgets.yearlyQuotas {
            for (index, weight) in Budgets.weights.enumerated() {
                let quarter = calendar.quarter(index + 1, of: year)
                // A quota begins with the first whole quarter.
                for person in sellers where person.start <= quarter.start {
                    addQuota(yearly * weight / 100, of: person, in: quarter)
                }
                addBudget(in: quarter)
            }
        }
        addBudget(in: calendar.quarter(1, of: 2027))
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

    private mutating func addBudget(in quarter: Period) {
        var sums = [0, 0, 0]
        for team in SalesTeam.allCases {
            for (index, amount) in budgets.lines(of: team, in: quarter.label).enumerated() {
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
