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
        // A CRM forgets the history of what it deletes.
        if let removed = deal.removed, removed <= night { return [] }
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
            text.cell(OfficeTime.instant(change.day, minute: change.minute))
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
}
