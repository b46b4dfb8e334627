import Model

extension DealPast {
    /// In the forecast of which period and category it was, span by span: neighbours that are the same are one.
    ///
    /// - Parameter grain: The grain of the periods.
    public func stays(in calendar: FiscalCalendar, by grain: Period.Grain) -> [ForecastStay] {
        var stays: [ForecastStay] = []
        for span in spans {
            let period = span.closeDate.flatMap { calendar.period(grain, containing: $0) }
            if let last = stays.last, last.to == span.from, last.period == period, last.kind == span.kind,
                last.category == span.category
            {
                stays[stays.count - 1] = ForecastStay(
                    from: last.from, to: span.to, period: period, kind: span.kind, category: span.category)
            } else {
                stays.append(
                    ForecastStay(
                        from: span.from, to: span.to, period: period, kind: span.kind,
                        category: span.category))
            }
        }
        return stays
    }
}
