import Model

/// What the owner of a planted deal commits to, and why: said anew whenever category, amount or close
/// date change in the second half of 2026, so that the newest always is what the CRM says.
struct DealCallRecords {
    /// Records of deal_call.csv by the day on which it was said.
    private(set) var calls: [(day: Day, record: [UInt8])] = []

    private static let firstDay = Frame.day(2026, 7, 1)

    init(_ deal: DealLife, people: [Person], seed: UInt64) {
        var random = RandomStream(seed: seed, .call, index: deal.number)
        for day in DealCallRecords.days(of: deal) {
            let draw = random.below(1000)
            guard day >= DealCallRecords.firstDay, !deal.isSilent(on: day), let state = deal.state(on: day),
                state.stage.isOpen, state.amount != nil, state.closeDate != nil
            else { continue }
            let reasons = DealWords.callReasons[state.effectiveCategory] ?? [""]
            var text = CSVText()
            text.cell("\(deal.id)-\(day)")
            text.cell(deal.id)
            text.cell(state.effectiveCategory.rawValue)
            text.cell("own")
            text.cell(cents: state.amount)
            text.cell(deal.currency)
            text.cell(state.closeDate)
            text.cell(OfficeTime.instant(day, minute: 1065))
            text.cell(people[state.owner].id)
            text.cell(reasons[draw % reasons.count])
            text.endLine()
            calls.append((day, text.bytes))
        }
    }

    private static func days(of deal: DealLife) -> [Day] {
        var days: [Day] = []
        for change in deal.changes where days.last != change.day {
            switch change.field {
            case .category, .amount, .closeDate: days.append(change.day)
            default: continue
            }
        }
        return days
    }
}
