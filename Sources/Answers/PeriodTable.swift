import Model

/// The main table of `periods`: a line a period, as of a day.
struct PeriodTable {
    let calendar: FiscalCalendar
    let freezeBusinessDay: Int?
    let businessDays: BusinessDays
    let day: Day

    func table(_ periods: [Period]) -> AnswerTable {
        func count(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, unit: "days", isDetail: isDetail)
        }
        let freezes = periods.map(freezeDay)
        return AnswerTable(
            name: PeriodsQuestion.id,
            columns: [
                AnswerColumn("period", title: "Period", kind: .text),
                AnswerColumn(
                    "kind", title: "Kind", kind: .text, isDetail: Set(periods.map(\.grain)).count < 2),
                AnswerColumn("is", title: "", kind: .text),
                AnswerColumn("start", title: "First day", kind: .day),
                AnswerColumn("end", title: "Last day", kind: .day),
                count("days", "Days"),
                AnswerColumn("weeks", title: "Weeks", kind: .rate, isDetail: true),
                count("days_left", "Days left"), count("business_days", "Business days"),
                count("business_days_left", "Business days left"),
                AnswerColumn("freeze_day", title: "Frozen on", kind: .day),
                AnswerColumn("is_frozen", title: "Frozen", kind: .boolean, isDetail: true),
            ],
            rows: zip(periods, freezes).map(row),
            notes: !periods.isEmpty && freezes.allSatisfy { $0 == nil }
                ? ["Nothing is frozen: the company's freeze_business_day is below 1"] : [])
    }

    /// The period that holds the day, and how much of it is left.
    func headline(_ periods: [Period]) -> Phrase {
        guard let this = periods.first(where: { $0.contains(day) }), let week = this.week(of: day) else {
            let count = periods.count
            return "\(count) \(count == 1 ? "period" : "periods"), none of which holds \(day)"
        }
        let left = this.daysLeft(after: day)
        let business = businessDays.left(in: this, after: day)
        return """
            \(day) is in week \(week) of \(this.label): \(left) \(left == 1 ? "day" : "days") left, \(business) of them \
            business days
            """
    }

    private func row(_ period: Period, _ freeze: Day?) -> AnswerTable.Row {
        AnswerTable.Row([
            .text(period.label), .text(period.grain.rawValue), word(period).map { .text($0) } ?? .text(""),
            .day(period.start), .day(period.lastDay), .integer(period.dayCount),
            .rate(Double(period.dayCount) / 7), .integer(period.daysLeft(after: day)),
            .integer(businessDays.count(from: period.start, through: period.lastDay)),
            .integer(businessDays.left(in: period, after: day)), freeze.map { .day($0) } ?? .null,
            freeze.map { .boolean($0 <= day) } ?? .null,
        ])
    }

    private func freezeDay(_ period: Period) -> Day? {
        calendar.freezeDay(of: period, businessDay: freezeBusinessDay, businessDays)
    }

    /// What the period is to the day.
    private func word(_ period: Period) -> String? {
        guard let this = calendar.period(period.grain, containing: day) else { return nil }
        let next = calendar.period(after: this)
        switch period {
        case this: return "this"
        case next: return "next"
        case next.flatMap({ calendar.period(after: $0) }): return "following"
        case calendar.period(before: this): return "last"
        default: return nil
        }
    }
}
