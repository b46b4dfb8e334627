import Model

/// A deal's life while it is being written: the habits that all deals share.
struct LifeDraft {
    var random: RandomStream
    private(set) var changes: [DealChange] = []
    /// Shifts the hour at which this deal is edited, so that not all are edited at one time.
    private let hour: Int

    init(random: RandomStream) {
        self.random = random
        hour = self.random.below(480)
    }

    /// A field takes a value on a day; what happens to a deal on one day happens at one minute.
    mutating func set(_ field: DealChange.Field, on day: Day) {
        let minute = 510 + (hour + Int(day.number) * 97) % 540
        changes.append(DealChange(day: day, minute: minute, field: field))
    }

    /// The days on which a deal enters its stages: `stages` of them spread over the days from the
    /// first to the last, the last stage on the last day (a single one on the first).
    mutating func climb(
        _ stages: ClosedRange<SalesStage>, from first: Day, to last: Day
    ) -> [(stage: SalesStage, day: Day)] {
        let all = (stages.lowerBound.rawValue...stages.upperBound.rawValue)
            .compactMap(SalesStage.init(rawValue:))
        // How far into a long cycle a stage begins, in thousandths.
        let marks = [0, 140, 340, 570, 800]
        let low = marks[min(stages.lowerBound.rawValue - 1, 4)]
        let high = marks[min(stages.upperBound.rawValue - 1, 4)]
        let span = last - first
        var entries: [(stage: SalesStage, day: Day)] = []
        for stage in all {
            if stage == stages.lowerBound {
                entries.append((stage, first))
            } else if stage == stages.upperBound {
                entries.append((stage, last))
            } else {
                let share = (marks[stage.rawValue - 1] - low) * 1000 / max(1, high - low)
                let jitter = random.within(-90...90)
                let day = random.workDay(near: first + span * max(0, share + jitter) / 1000)
                // A stage that would begin too late is skipped.
                if let previous = entries.last?.day, day > previous, day < last {
                    entries.append((stage, day))
                }
            }
        }
        return entries
    }

    /// The category that an owner gives a deal on entering a stage; nil leaves it to the stage.
    mutating func category(entering stage: SalesStage) -> DealCategory? {
        let draw = random.below(1000)
        switch stage {
        case .prospecting: return draw < 30 ? .omitted : nil
        case .qualification: return draw < 500 ? .pipeline : nil
        case .solution: return draw < 130 ? .bestCase : .pipeline
        case .proposal: return draw < 280 ? .pipeline : draw < 340 ? .commit : .bestCase
        case .negotiation: return draw < 300 ? .bestCase : .commit
        case .won: return .closed
        case .lost, .noDecision: return .omitted
        }
    }

    /// A day near `day` that people like to enter: often the end of a month or of a quarter.
    mutating func likelyCloseDate(near day: Day) -> Day {
        let draw = random.below(1000)
        let grain: Period.Grain? = draw < 240 ? .month : draw < 400 ? .quarter : nil
        guard let grain else { return WorkDays.onOrAfter(day) }
        return WorkDays.onOrBefore(Frame.calendar.period(grain, containing: day).end - 1)
    }

    /// An amount that someone would guess for a deal of that size, in round hundreds or thousands.
    mutating func guess(near cents: Int) -> Int {
        let step = random.chance(600) ? 500_000 : 100_000
        return max(step, cents / 1000 * random.within(680...1380) / step * step)
    }

    /// New next steps every week or two between two days, by the stage of the day.
    mutating func nextSteps(
        from first: Day, before last: Day, stages: [(stage: SalesStage, day: Day)]
    ) {
        var day = first
        while day < last {
            let stage = stages.last { $0.day <= day }?.stage ?? .prospecting
            let words = DealWords.nextSteps[min(stage.rawValue, 5) - 1]
            set(.nextStep(random.pick(words)), on: day)
            let later = day + random.within(4...19)
            // Few people keep their records on a weekend, but some do.
            day = random.chance(30) ? later : random.workDay(near: later)
        }
    }

    /// The deal ends: won, lost or without a decision.
    mutating func end(_ stage: SalesStage, on day: Day) {
        set(.stage(stage), on: day)
        set(.category(stage.category), on: day)
        set(.closeDate(day), on: day)
        if stage == .lost { set(.lossReason(random.pick(DealWords.lossReasons)), on: day) }
        if stage == .noDecision { set(.lossReason(random.pick(DealWords.noDecisionReasons)), on: day) }
    }
}
