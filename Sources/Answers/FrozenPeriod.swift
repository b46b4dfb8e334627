import Analytics
import Model
import Warehouse

/// How a question reads a period that is frozen.
public enum PeriodReading: Sendable, Hashable {
    /// As it stands on the day asked for, frozen or not.
    case current
    /// As frozen where it is frozen.
    case frozenIfSo
    /// As frozen, and refused where it is not.
    case frozen
}

extension QuestionScope {
    /// Whether deals count by the organisation as it was, as frozen figures do.
    var isAsWas: Bool { organisation == nil || organisation == "as-was" }

    /// The same scope of everybody's deals at a point of both clocks.
    func everybody(in period: Period, asOf day: Day, knownAt load: Int) -> QuestionScope {
        QuestionScope(
            asOf: day, asKnown: String(load), period: period.label, organisation: organisation)
    }
}

extension QuestionContext {
    /// Where the period is frozen; nil while it is not at the point.
    func freezePoint(_ warehouse: Warehouse) throws(BellwetherError) -> FreezePoint? {
        guard period.grain != .all, period.lastDay < point.asOf else { return nil }
        let records = try warehouse.coverageRecords(of: period, at: point)
        return FreezeSearch(records).point(of: period, knownAt: point.load).flatMap {
            $0.day <= point.asOf ? $0 : nil
        }
    }

    /// Why the period is not frozen, for whoever needs it to be.
    func notFrozen(_ warehouse: Warehouse) throws(BellwetherError) -> BellwetherError {
        let day = company.freezeDay(of: period, try warehouse.businessDays())
        let asOf = point.asOf
        let hint: String
        if let day, day > asOf {
            hint = "It will be on \(day); as of \(asOf) nothing of it can be restated."
        } else if let day {
            hint =
                "It was to be on \(day), of which no snapshot of every source is known: `bellwether status`."
        } else {
            hint = "The company's freeze_business_day is below 1, or all of time was asked for."
        }
        return BellwetherError(.periodNotFrozen, "\(period.label) is not frozen as of \(asOf)", hint: hint)
    }
}

/// A frozen period beside what has become of it.
struct FrozenPeriod {
    /// Where it is frozen.
    let freeze: FreezePoint
    /// The scope at the freeze, of everybody.
    let then: QuestionContext
    /// The scope as asked for.
    let now: QuestionContext
    /// What became of its bookings.
    let restatements: Restatements

    /// Reads the bookings as frozen, the same day as known now, and the newest day; the session stands at the point of
    /// `now` afterwards.
    init(
        _ freeze: FreezePoint, _ scope: QuestionScope, _ now: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        self.freeze = freeze
        self.now = now
        let known = now.point.load
        let frozenScope = scope.everybody(in: now.period, asOf: freeze.day, knownAt: freeze.load)
        then = try frozenScope.resolve(in: warehouse)
        let frozen = try Self.bookings(then, warehouse)
        let corrected: MomentSet
        do throws(BellwetherError) {
            corrected = try Self.bookings(
                scope.everybody(in: now.period, asOf: freeze.day, knownAt: known).resolve(in: warehouse),
                warehouse)
        } catch {
            // Every snapshot up to the day was taken back since: a load corrected all of it away.
            guard error.code == .badDay else { throw error }
            corrected = MomentSet([], try DealPlaces(now.organisation))
        }
        try warehouse.stand(at: now.point)
        restatements = Restatements(
            frozen: frozen, corrected: corrected, current: try Self.bookings(now, warehouse))
    }

    private static func bookings(
        _ context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) -> MomentSet {
        MomentSet(
            try warehouse.dealMoments(in: context.period, categories: [.closed]),
            try DealPlaces(context.organisation))
    }

    /// The lines of all nodes that have or had a booking, by the organisation of today with the teams that are no more.
    func lines(level: ForecastQuestion.Level) throws(BellwetherError) -> [ForecastLine] {
        let known = Set(now.organisation.teams.map(\.id))
        let organisation = Organisation(
            companyName: now.organisation.companyName,
            teams: now.organisation.teams + then.organisation.teams.filter { !known.contains($0.id) },
            people: now.organisation.people)
        let sets = [restatements.current, restatements.corrected, restatements.frozen]
        let cells = sets.flatMap { set in set.ids.sorted().flatMap { set[$0]?.cells ?? [] } }
        let rollup = try ForecastRollup(cells: cells, plan: [], organisation: organisation)
        let lines = now.filter.lines(among: rollup.lines)
        return lines.filter { $0.isShown(downTo: level, in: lines) }
    }

    /// The node that is asked for.
    func top(_ lines: [ForecastLine]) -> NodePlace {
        NodePlace.places(of: lines).first ?? NodePlace(.company)
    }
}
