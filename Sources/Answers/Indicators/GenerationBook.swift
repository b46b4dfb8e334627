import Analytics
import Model
import Warehouse

/// What entered the pipeline in a period and in the same days of those before it, and what became of it.
struct GenerationBook {
    /// A cohort: what entered the pipeline in a period, looked at some days after each deal's entry.
    struct Cohort {
        let period: Period
        let number: Int
        /// Whether entries of its last days are left out, since their days are not over.
        let isPartial: Bool
    }

    /// So many days after entry it is asked what survived.
    static let survivalDays = 60
    /// So many past periods are looked at.
    static let pastCount = 4

    /// The day up to which the period is looked at; nil where it has not begun.
    let until: Day?
    /// The periods before it of which the same days are known, the latest first.
    let past: [Period]
    /// The periods of which entries have had their days, the latest first.
    let cohorts: [Cohort]
    private let rollup: GenerationRollup
    private let survivors: GenerationRollup

    init(_ context: QuestionContext, _ warehouse: Warehouse) throws(BellwetherError) {
        let period = context.period
        let calendar = context.company.calendar
        let asOf = context.point.asOf
        let firstDay = try warehouse.knownDays().first ?? asOf
        let places = try DealPlaces(context.organisation)
        until = period.start > asOf ? nil : min(asOf, period.lastDay)
        let before = period.grain == .all ? [] : calendar.periods(before: period, count: Self.pastCount)
        // What entered before the first day known is known of some deals alone.
        past = before.filter { $0.start > firstDay }
        guard let until else {
            cohorts = []
            rollup = GenerationRollup([], places)
            survivors = rollup
            return
        }
        func window(_ number: Int, _ of: Period, _ last: Day) -> GenerationWindow {
            GenerationWindow(
                number: number, first: of.start, last: last, periodEnd: of.end,
                nextEnd: calendar.period(after: of)?.end ?? of.end)
        }
        let this = window(0, period, until)
        let windows =
            [this]
            + past.enumerated().map { number, past in
                window(number + 1, past, period.sameDay(as: until, in: past))
            }
        let lastMature = asOf - Self.survivalDays
        let mature = ([period] + past).enumerated().filter { $1.start <= lastMature && $1.grain != .all }
        cohorts = mature.map { number, period in
            Cohort(period: period, number: number, isPartial: period.lastDay > lastMature)
        }
        let isOver = until != asOf
        var read = try warehouse.generation(
            in: windows, fates: isOver ? nil : this,
            cohorts: mature.map { window($0, $1, min($1.lastDay, lastMature)) }, after: Self.survivalDays)
        if isOver {
            // What became of it is told of the period's end.
            let end = try warehouse.readPoint(of: until, beside: context.point)
            read.fates = try warehouse.reading(at: end, back: context.point) { () throws(BellwetherError) in
                try warehouse.generation(in: [], fates: this).fates
            }
        }
        rollup = GenerationRollup(read.entries, fates: read.fates, places)
        survivors = GenerationRollup([], fates: read.survivors, places)
    }

    /// What entered a node's pipeline in the period; nil where it has not begun.
    func entries(_ place: NodePlace) -> GenerationRollup.Entries? {
        until == nil ? nil : rollup.entries(place, in: 0)
    }

    /// What became of it by the end of the period, or by the day asked for.
    func fates(_ place: NodePlace) -> GenerationRollup.Fates? {
        until == nil ? nil : rollup.fates(place, in: 0)
    }

    /// What had entered by the same day of past periods, the latest first.
    func usual(_ place: NodePlace) -> [DealSum] {
        past.indices.map { rollup.entries(place, in: $0 + 1).all }
    }

    /// What had become of a cohort, each deal so many days after its entry.
    func survival(_ place: NodePlace, of cohort: Cohort) -> GenerationRollup.Fates {
        survivors.fates(place, in: cohort.number)
    }
}
