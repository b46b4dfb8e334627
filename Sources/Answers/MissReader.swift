import Analytics
import Model
import Warehouse

/// Reads both ends of the way from a call to the bookings.
///
/// Of a frozen period both days are read as known when it was frozen, so that the way never changes; calls as known now:
/// a call counts from when it was said, also where an export told of it later.
struct MissReader {
    let way: MissWay

    init(
        _ scope: QuestionScope, _ now: QuestionContext, _ freeze: FreezePoint?, _ day: Day,
        _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let period = now.period
        let load = freeze?.load ?? now.point.load
        var thenScope = scope
        thenScope.asOf = day
        thenScope.asKnown = String(load)
        thenScope.period = period.label
        let then = try thenScope.resolve(in: warehouse)
        let rollup = try ForecastRollup(
            cells: try warehouse.forecastCells(of: period, at: then.point), plan: [],
            organisation: then.organisation)
        let committed = MomentSet(
            try warehouse.dealMoments(in: period, categories: ForecastCategory.firm),
            try DealPlaces(then.organisation))
        let book = try Self.calls(rollup.lines, then, known: now.point.load, warehouse)

        let end = try scope.everybody(in: period, asOf: freeze?.day ?? now.point.asOf, knownAt: load)
            .resolve(in: warehouse)
        let landed = try ForecastRollup(
            cells: try warehouse.forecastCells(of: period, at: end.point), plan: [],
            organisation: end.organisation)
        let won = MomentSet(
            try warehouse.dealMoments(in: period, categories: [.closed]), try DealPlaces(end.organisation))
        let fates = try warehouse.dealMoments(of: committed.ids.subtracting(won.ids))
        let (origins, atOldRates) = try warehouse.reading(at: then.point, back: end.point) {
            () throws(BellwetherError) in
            (
                try warehouse.dealMoments(of: won.ids.subtracting(committed.ids)),
                try warehouse.amountsAtPlan(Self.changed(from: committed, to: won))
            )
        }
        let days = CallToActual.Days(
            committed: committed, won: won, fates: fates, origins: origins, atOldRates: atOldRates)
        way = MissWay(
            then: then, end: end, freeze: freeze,
            lines: Self.lines(book.lines, landed.lines, then.filter),
            said: Self.sums(rollup.lines, ForecastCategory.firm).mapValues(\.amount),
            booked: Self.sums(landed.lines, [.closed]),
            bridge: CallToActual(days, period: period, isOver: freeze != nil), days: days,
            hasCalls: book.hasCalls)
    }

    private static func calls(
        _ lines: [ForecastLine], _ then: QuestionContext, known load: Int, _ warehouse: Warehouse
    ) throws(BellwetherError) -> CallBook {
        let point = ReadPoint(
            asOf: then.point.asOf, load: load, snapshotDay: nil, organisationDay: then.point.organisationDay)
        return try warehouse.reading(at: point, back: then.point) { () throws(BellwetherError) in
            try CallBook(lines, .commit, then, isDayGiven: true, warehouse)
        }
    }

    /// What the deals that were won for another amount than was committed are worth in their own currency.
    private static func changed(from committed: MomentSet, to won: MomentSet) -> [RecordID: Amount] {
        var amounts: [RecordID: Amount] = [:]
        for id in committed.ids.intersection(won.ids) {
            guard let old = committed[id], let new = won[id], old.companyAmount != new.companyAmount,
                old.currency == new.currency, let amount = new.amount
            else { continue }
            amounts[id] = amount
        }
        return amounts
    }

    /// The lines of the day of the call, and after them the teams that came later.
    private static func lines(
        _ called: [ForecastLine], _ landed: [ForecastLine], _ filter: NodeFilter
    ) -> [ForecastLine] {
        let shown = filter.lines(among: called)
        guard shown.first?.node == .company else { return shown }
        let known = Set(NodePlace.places(of: called))
        return shown
            + zip(landed, NodePlace.places(of: landed)).filter { !known.contains($0.1) }.map(\.0)
    }

    private static func sums(
        _ lines: [ForecastLine], _ categories: [ForecastCategory]
    ) -> [NodePlace: DealSum] {
        var sums: [NodePlace: DealSum] = [:]
        for (line, place) in zip(lines, NodePlace.places(of: lines)) {
            let sum = categories.reduce(DealSum.none) { $0 + line.sums[$1] }
            sums[place] = sum
            // A person of several teams has a line in each, and all of them when asked for alone.
            if place.team != nil { sums[NodePlace(place.node), default: .none] += sum }
        }
        return sums
    }
}
