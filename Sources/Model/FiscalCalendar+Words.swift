extension FiscalCalendar {
    /// The words that name a period relative to a day.
    public static let words = ["this", "next", "following", "last", "all"]

    /// The period that a person names: `this`, `next`, `following` (the one after next), `last`, `all`, or a label.
    ///
    /// - Throws: `BW501` for what is neither word nor label, with the nearest of both; `BW533` where the loaded periods
    ///   have none for the day.
    public func period(named text: String, on day: Day) throws(BellwetherError) -> Period {
        switch text.lowercased() {
        case "all": return .all
        case "this": return try current(on: day)
        case "next": return try neighbour(text, 1, on: day)
        case "following": return try neighbour(text, 2, on: day)
        case "last", "previous": return try neighbour(text, -1, on: day)
        default: break
        }
        if let labelled = period(labelled: text) { return labelled }
        throw unknown(text, on: day)
    }

    /// The period of the usual grain, the quarter, in which a day lies.
    ///
    /// - Throws: `BW533` in a hole of the loaded periods.
    public func current(on day: Day) throws(BellwetherError) -> Period {
        try current(usualGrain, on: day)
    }

    /// The period of a grain in which a day lies.
    ///
    /// - Throws: `BW533` in a hole of the loaded periods, and for a grain that the calendar has not.
    public func current(_ grain: Period.Grain, on day: Day) throws(BellwetherError) -> Period {
        if let period = period(grain, containing: day) { return period }
        throw missing("no loaded \(grain.rawValue) holds \(day)")
    }

    private func neighbour(_ word: String, _ steps: Int, on day: Day) throws(BellwetherError) -> Period {
        var period = try current(on: day)
        for _ in 0..<abs(steps) {
            guard let neighbour = steps > 0 ? self.period(after: period) : self.period(before: period) else {
                throw missing(
                    "no loaded \(period.grain.rawValue) \(steps > 0 ? "follows" : "precedes") \(period.label)"
                )
            }
            period = neighbour
        }
        return period
    }

    private func missing(_ message: String) -> BellwetherError {
        BellwetherError(
            .periodMissing, message,
            hint:
                "Load the period into fiscal_period, or name another with --period; `bellwether periods --period all` lists those that are loaded."
        )
    }

    private func unknown(_ text: String, on day: Day) -> BellwetherError {
        let this = period(usualGrain, containing: day)
        let year = period(.year, containing: day)
        // “Q4” and “2026-Q4” are far from any label by their letters, and yet say which.
        let core = text.uppercased().filter { $0.isLetter || $0.isNumber }
        let meant = ["FY", year?.label ?? ""].compactMap {
            core.isEmpty ? nil : period(labelled: $0 + core)?.label
        }
        let near =
            meant
            + nearestNames(to: text, among: labels(around: day) + Self.words).filter { !meant.contains($0) }
        let examples = [this, year].compactMap { $0?.label }.joined(separator: " or ")
        let suggestion = near.isEmpty ? "" : "Did you mean \(near.joined(separator: ", "))? "
        return BellwetherError(
            .unknownPeriod, "“\(text)” is not a period",
            hint: suggestion + "Write a label\(examples.isEmpty ? "" : " such as \(examples)"), or "
                + Self.words.joined(separator: ", ") + ".")
    }

    /// The labels of this year, the next and the last, and of their parts.
    private func labels(around day: Day) -> [String] {
        guard let year = period(.year, containing: day) else {
            return grains.flatMap { parts(of: .all, by: $0) }.map(\.label)
        }
        let years = [year, period(before: year), period(after: year)].compactMap(\.self)
        return years.flatMap { year in [year.label] + parts(of: year).joined().map(\.label) }
    }
}
