import Model

extension Warehouse {
    /// Another day at the same load and by the same choice of organisation. The views stay at the point.
    ///
    /// - Throws: `BW504` for a day before the first snapshot.
    public func readPoint(of day: Day, beside point: ReadPoint) throws(BellwetherError) -> ReadPoint {
        let other: ReadPoint
        do throws(BellwetherError) {
            other = try readPoint(
                asOf: day, asKnown: String(point.load),
                organisation: point.organisationDay.map { .day($0) } ?? .asWas)
        } catch {
            // The first error is the one to tell.
            try? set("bellwether.as_of", to: point.asOf.description)
            throw error
        }
        try set("bellwether.as_of", to: point.asOf.description)
        return other
    }

    /// The deals that a forecast of a period counts on another day.
    public func forecastCells(
        of period: Period, on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [ForecastCell] {
        // Spans and summaries are looked up by the point's own day: setting that of the views alone would read another.
        let other = try readPoint(of: day, beside: point)
        return try reading(at: other, back: point) { () throws(BellwetherError) in
            try forecastCells(of: period, at: other)
        }
    }
}
