import Analytics
import Model
import Warehouse

/// What happened to a node's deals in a window of days, and how they stood at its end.
struct WindowFigures {
    /// Meetings held; nil where no meeting is loaded.
    let meetings: Int?
    /// Of them, those of which the CRM does not say that they took place.
    let unconfirmed: Int?
    /// Deals that went to a later stage or were won; nil where the night before the window is not known.
    let progressed: Int?
    /// Deals that went back; nil likewise.
    let setbacks: Int?
    /// Open deals whose close date moved later; nil likewise.
    let pushed: Int?
    /// All that was open at its end; nil where that day is not known.
    let pipelineValue: DealSum?
    /// Of it, what was to close in the period.
    let open: DealSum?
    /// The landing number at its end; nil where that day is not known.
    let forecast: Amount?
    /// Deals created; nil where no deal says when it was.
    let new: DealSum?
    /// Deals won.
    let won: DealSum
    /// Deals lost, and ended without a decision.
    let lost: DealSum
}

/// The windows of a report, read once for all nodes.
struct VolumeBook {
    let windows: TrailingWindows
    let sources: VolumeSources
    /// The stock at the end of each window, the newest first; nil where that day is not known.
    let stocks: [DayStock?]
    private let flows: VolumeRollup
    private let areStepsKnown: [Bool]

    init(
        _ windows: TrailingWindows, _ context: QuestionContext, _ stock: StockReader, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        self.windows = windows
        sources = try warehouse.volumeSources()
        flows = VolumeRollup(
            try warehouse.volume(after: windows.beforeAll, to: windows.end, length: windows.length),
            try DealPlaces(context.organisation), windows: windows.count)
        var stocks: [DayStock?] = []
        for window in 0..<windows.count { stocks.append(try stock.stock(on: windows.last(window))) }
        self.stocks = stocks
        areStepsKnown = (0..<windows.count).map { stock.isKnown(since: windows.before($0)) }
    }

    /// The figures of a node in a window; 0 is the newest.
    func figures(of place: NodePlace, in window: Int) -> WindowFigures {
        func sum(_ event: VolumeEvent) -> DealSum { flows[place, event][window] }
        func steps(_ event: VolumeEvent) -> Int? { areStepsKnown[window] ? sum(event).count : nil }
        let stock = stocks[window]
        return WindowFigures(
            meetings: sources.hasMeetings ? sum(.meeting).count : nil,
            unconfirmed: sources.hasMeetings ? sum(.unconfirmedMeeting).count : nil,
            progressed: steps(.progressed), setbacks: steps(.setback), pushed: steps(.pushed),
            pipelineValue: stock?.pipelineValue(place), open: stock?.open(place),
            forecast: stock?.forecast(place),
            new: sources.hasCreatedDates ? sum(.new) : nil, won: sum(.won),
            lost: sum(.lost) + sum(.noDecision))
    }

    /// Says so when events of the newest window count for nobody who has a line.
    func unplacedWarning(among places: [NodePlace]) -> [AnswerWarning] {
        guard places.contains(NodePlace(.company)) else { return [] }
        return [NodePlace(.withoutOwner), NodePlace(.withoutTeam)].filter { !places.contains($0) }
            .compactMap { place in
                let figures = figures(of: place, in: 0)
                let count =
                    (figures.meetings ?? 0) + (figures.progressed ?? 0) + (figures.new?.count ?? 0)
                    + figures.won.count + figures.lost.count
                guard count > 0 else { return nil }
                let whose = place.node == .withoutOwner ? "nobody among the people" : "people without a team"
                return AnswerWarning(
                    "events_unplaced",
                    "\(count) \(count == 1 ? "event" : "events") of \(whose): in the company, in no line below it"
                )
            }
    }

    /// What the reader should know of what is absent, and why.
    var warnings: [AnswerWarning] {
        var warnings: [AnswerWarning] = []
        if !sources.hasMeetings {
            warnings.append(
                AnswerWarning("no_meetings", "no meeting is loaded: how many were held is not known"))
        }
        if !sources.hasCreatedDates {
            warnings.append(
                AnswerWarning(
                    "no_created_dates", "no deal says when it was created: how many are new is not known"))
        }
        let unknown = areStepsKnown.count { !$0 }
        if unknown > 0 {
            warnings.append(
                AnswerWarning(
                    "steps_unknown",
                    "the night before \(unknown == windows.count ? "any of them" : "the oldest \(unknown)") is not known: how many deals progressed is not either"
                ))
        }
        let gaps = stocks.indices.filter { stocks[$0] == nil }
        if !gaps.isEmpty {
            let days = gaps.prefix(3).map { windows.last($0).description }.joined(separator: ", ")
            warnings.append(
                AnswerWarning(
                    "days_not_known",
                    "the deals of \(days)\(gaps.count > 3 ? ", …" : "") are not known: no pipeline, no forecast"
                ))
        }
        if sources.closedWithoutDay > 0 {
            warnings.append(
                AnswerWarning(
                    "closed_without_day",
                    "\(sources.closedWithoutDay) closed \(sources.closedWithoutDay == 1 ? "deal has" : "deals have") no close date up to the day: in no week"
                ))
        }
        return warnings
    }
}
