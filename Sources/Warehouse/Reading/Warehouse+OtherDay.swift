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
        try reading(on: day, back: point) { () throws(BellwetherError) in
            try forecastCells(of: period, at: point)
        }
    }
}
