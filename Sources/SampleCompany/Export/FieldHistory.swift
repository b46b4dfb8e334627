import Model

/// The lines of the CRM's field history of one deal: what each change set, what was there before, when and by whom.
struct FieldHistory {
    private let deal: DealLife
    private let people: [Person]

    init(_ deal: DealLife, people: [Person]) {
        self.deal = deal
        self.people = people
    }

    /// The lines up to the end of a day, oldest first, each with its line feed.
    func lines(until night: Day) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var state = DealState()
        var told: Set<String> = []
        for (index, change) in deal.changes.enumerated() where change.day <= night {
            let field = Self.name(of: change.field)
            let before = value(of: field, in: state)
            state.apply(change.field)
            // What a deal is created with has nothing before it.
            let isFirst = told.insert(field).inserted && change.day == deal.created
            var text = CSVText()
            text.cell("\(deal.id)-\(index + 1)")
            text.cell("opportunity")
            text.cell(deal.id)
            text.cell(field)
            text.cell(isFirst ? "" : before)
            text.cell(value(of: field, in: state))
            text.cell(!isFirst)
            text.cell(Self.instant(change))
            text.cell(people[state.owner].id)
            text.cell(index + 1)
            text.endLine()
            lines.append(text.bytes)
        }
        return lines
    }

    private static func name(of field: DealChange.Field) -> String {
        switch field {
        case .stage: "stage_id"
        case .category: "forecast_category"
        case .amount: "amount"
        case .closeDate: "close_date"
        case .owner: "owner_id"
        case .nextStep: "next_step"
        case .lossReason: "loss_reason"
        }
    }

    /// The text of a field, as the nightly export writes it.
    private func value(of field: String, in state: DealState) -> String {
        switch field {
        case "stage_id": state.stage.name
        case "forecast_category": state.category?.rawValue ?? ""
        case "amount": state.amount.map(Self.units) ?? ""
        case "close_date": state.closeDate?.description ?? ""
        case "owner_id": people[state.owner].id
        case "next_step": state.nextStep
        default: state.lossReason
        }
    }

    private static func units(cents: Int) -> String {
        var text = CSVText()
        text.cell(cents: cents)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// The moment of a change in New York, where the company's days are counted.
    static func instant(_ change: DealChange) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return
            "\(change.day)T\(two(change.minute / 60)):\(two(change.minute % 60)):00\(offset(on: change.day))"
    }

    /// Daylight saving time lasts from the second Sunday of March to before the first of November. Nobody works in the
    /// night in which the clocks change.
    private static func offset(on day: Day) -> String {
        let year = day.civil.year
        let isSummer = sunday(2, of: 3, year) <= day && day < sunday(1, of: 11, year)
        return isSummer ? "-04:00" : "-05:00"
    }

    private static func sunday(_ number: Int, of month: Int, _ year: Int) -> Day {
        let first = Day.first(ofMonth: month, year: year)
        return first + (7 - first.weekday) % 7 + 7 * (number - 1)
    }
}
