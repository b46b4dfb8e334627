import Model

/// What is written down beside a deal: milestones reached, criteria judged, help asked for, reasons for a loss. Kept for
/// deals of the last year, each a function of the deal and the seed.
struct DealEvidence {
    /// Deals created before this day have no milestones.
    static let firstDay = Frame.day(2025, 10, 1)

    private let deal: DealLife
    private let people: [Person]
    private let habits: EvidenceHabits
    private var random: RandomStream
    /// In order.
    private let visits: [StageVisit]
    private(set) var tellings: [Telling] = []
    /// Whether it will be won, for all that can be known at the present: what comes after it must not shine through.
    private let isGoodDeal: Bool

    /// A deal's first time in an open stage.
    private struct StageVisit {
        let stage: SalesStage
        let start: Day
        /// The day on which it left it; nil while nobody knows.
        let end: Day?
        /// The index of the person who owned it then.
        let owner: Int
    }

    init(_ deal: DealLife, people: [Person], habits: EvidenceHabits, seed: UInt64) {
        self.deal = deal
        self.people = people
        self.habits = habits
        random = RandomStream(seed: seed, .evidence, index: deal.number)
        visits = DealEvidence.visits(of: deal)
        let isPromising = random.chance(300)
        isGoodDeal =
            deal.ended.map { $0 <= Frame.present ? deal.state(on: $0)?.stage == .won : isPromising }
            ?? isPromising
        for visit in visits { reachMilestones(in: visit) }
        judgeQualification()
        askForHelp()
        closeBooks()
    }

    private var ending: (stage: SalesStage, day: Day)? {
        deal.ended.flatMap { day in deal.state(on: day).map { ($0.stage, day) } }
    }

    private static func visits(of deal: DealLife) -> [StageVisit] {
        var visits: [StageVisit] = []
        let entries = deal.stageEntries
        for (place, entry) in entries.enumerated()
        where entry.stage.isOpen && !visits.contains(where: { $0.stage == entry.stage }) {
            let end = place + 1 < entries.count ? entries[place + 1].day : nil
            visits.append(
                StageVisit(stage: entry.stage, start: entry.day, end: end, owner: deal.owner(on: entry.day)))
        }
        return visits
    }

    // MARK: - Milestones

    private mutating func reachMilestones(in visit: StageVisit) {
        for milestone in SalesMilestone.all where milestone.stage == visit.stage {
            var chance = isGoodDeal ? 880 : milestone.isBuyerAction ? 480 : 620
            let draw = random.below(1000)
            let wait = random.within(2...milestone.usualDays + 6)
            let delay = random.chance(700) ? random.within(0...1) : random.within(2...9)
            let isBare = random.chance(120)
            if let stall = habits.stall, stall.person == visit.owner, stall.milestone == milestone.id {
                chance = chance * stall.share / 1000
            }
            let reached = WorkDays.onOrAfter(visit.start + wait)
            guard draw < chance, visit.end.map({ reached < $0 }) ?? true else { continue }
            claim(
                milestone, by: people[visit.owner], reached: reached,
                logged: WorkDays.onOrAfter(reached + delay), isBare: isBare)
        }
    }

    private mutating func claim(
        _ milestone: SalesMilestone, by person: Person, reached: Day, logged: Day, isBare: Bool
    ) {
        let minute = 540 + (deal.number * 13 + milestone.position * 61) % 480
        tellings.append(
            Telling(
                .milestoneClaim, from: logged,
                [
                    "\(deal.id)-\(milestone.position)", deal.id, milestone.id, person.id, "\(reached)",
                    OfficeTime.instant(logged, minute: minute), isBare ? "" : milestone.evidenceKind,
                    isBare ? "" : "\(reached)",
                ]))
    }

    // MARK: - Qualification

    private static let firstJudgement = Frame.day(2026, 8, 3)

    private mutating func judgeQualification() {
        guard deal.created >= DealEvidence.firstJudgement,
            let visit = visits.first(where: { $0.stage >= .qualification })
        else { return }
        for (place, criterion) in ["functional", "financial", "political"].enumerated() {
            let draw = random.below(1000)
            let day = WorkDays.onOrAfter(visit.start + random.within(1...20))
            let later = WorkDays.onOrAfter(day + random.within(10...40))
            // Politics is what people ask last.
            guard draw < 950 - 170 * place, visit.end.map({ day < $0 + 30 }) ?? true else { continue }
            let isMet = random.chance(isGoodDeal ? 820 : 500)
            let isMetLater = isMet || random.chance(isGoodDeal ? 700 : 200)
            func cells(_ isMet: Bool, _ day: Day) -> [String] {
                ["\(deal.id)-\(criterion)", deal.id, criterion, String(isMet), "\(day)"]
            }
            var versions = [(day: day, cells: cells(isMet, day))]
            if isMet != isMetLater, ending.map({ later < $0.day }) ?? true {
                versions.append((later, cells(isMetLater, later)))
            }
            tellings.append(Telling(.qualification, versions))
        }
    }

    // MARK: - Resources

    private static let firstRequest = Frame.day(2026, 5, 4)

    private mutating func askForHelp() {
        guard let visit = visits.first(where: { $0.stage >= .solution }),
            visit.start >= DealEvidence.firstRequest,
            random.chance(260)
        else { return }
        let asked = WorkDays.onOrAfter(visit.start + random.within(1...12))
        let decided = WorkDays.onOrAfter(asked + random.within(1...5))
        let resource = random.pick(["demonstration", "proof of concept", "expert"])
        let hours = random.pick([8, 16, 24, 40])
        let meets = random.chance(!habits.hasCostlyExceptions ? 740 : isGoodDeal ? 900 : 640)
        let isException = !meets && random.chance(!habits.hasCostlyExceptions ? 400 : isGoodDeal ? 250 : 520)
        let missing = random.pick(["financial", "political"])
        guard ending.map({ decided < $0.day }) ?? true else { return }
        func cells(_ status: String, _ outcome: (String, Day)?) -> [String] {
            let isDecided = status != "open"
            return [
                "RQ-\(deal.id)", deal.id, people[visit.owner].id, resource, "\(asked)", String(hours),
                String(hours * 120), deal.currency, status, String(meets), meets ? "" : missing,
                String(isDecided && isException), isDecided && isException ? "Key customer" : "",
                isDecided ? "\(decided)" : "", outcome?.0 ?? "", outcome.map { "\($0.1)" } ?? "",
            ]
        }
        let isGranted = meets || isException
        var versions = [
            (day: asked, cells: cells("open", nil)),
            (day: decided, cells: cells(isGranted ? "granted" : "refused", nil)),
        ]
        if isGranted, let ending {
            versions.append(
                (ending.day, cells("done", (ending.stage == .won ? "Won" : "Not won", ending.day))))
        }
        tellings.append(Telling(.resourceRequest, versions))
    }

    // MARK: - How it ended

    private static let firstReview = Frame.day(2026, 5, 4)

    private mutating func closeBooks() {
        guard let ending, ending.day >= DealEvidence.firstReview, let last = visits.last else { return }
        if ending.stage == .won {
            concede(on: ending.day, by: last.owner)
            agreeOnSuccess(after: ending.day, by: last.owner)
        } else {
            explain(ending, from: last)
        }
    }

    private mutating func explain(_ ending: (stage: SalesStage, day: Day), from visit: StageVisit) {
        let reason = deal.state(on: ending.day)?.lossReason ?? ""
        let rival = random.pick(DealWords.competitors)
        let isOutsold = reason == "Competitor" || random.chance(150)
        let isReviewed = random.chance(400)
        let agrees = random.chance(620)
        let found = random.pick(DealWords.lossReasons)
        let isUnknown = random.chance(90)
        let kind = random.pick(["no budget", "no urgency", "no consensus", "no answer"])
        let review = WorkDays.onOrAfter(ending.day + random.within(6...25))
        func cells(isReviewed: Bool) -> [String] {
            let isNobody = ending.stage == .noDecision
            return [
                "LR-\(deal.id)", deal.id, isNobody ? "no_decision" : "lost", "\(ending.day)",
                visit.stage.name,
                isNobody || !isOutsold ? "" : rival.id, isUnknown ? "" : reason, isNobody ? kind : "",
                String(isOutsold), isReviewed ? (agrees ? reason : found) : "",
                isReviewed ? "\(review)" : "",
            ]
        }
        var versions = [(day: ending.day, cells: cells(isReviewed: false))]
        if isReviewed { versions.append((review, cells(isReviewed: true))) }
        tellings.append(Telling(.lossRecord, versions))
    }

    private mutating func concede(on day: Day, by owner: Int) {
        let percent = random.within(2...14)
        let draw = random.below(1000)
        let traded = random.pick(["", "", "Earlier signature", "Reference", "Longer term"])
        guard draw < 330, let amount = deal.state(on: day)?.amount, visitsLastMonth else { return }
        // The list price is what the amount was before the discount.
        let list = amount / (100 - percent) * 100
        tellings.append(
            Telling(
                .concession, from: day,
                [
                    "CN-\(deal.id)", deal.id, "discount", DealEvidence.units(list), String(percent),
                    DealEvidence.units(list - amount), deal.currency, traded,
                    "\(WorkDays.onOrBefore(day - 6))", "\(day)",
                    people[owner].id,
                ]))
    }

    /// Whether it was negotiated at all.
    private var visitsLastMonth: Bool { visits.contains { $0.stage == .negotiation } }

    private mutating func agreeOnSuccess(after day: Day, by owner: Int) {
        let factor = random.pick(DealWords.successFactors)
        let isDue = random.chance(700)
        let met = random.chance(680)
        let target = random.within(5...30)
        let due = day + random.within(60...150)
        guard random.chance(420) else { return }
        func cells(_ actual: Int?, _ reviewed: Day?) -> [String] {
            [
                "SF-\(deal.id)", numberedID("A", deal.account), deal.id, factor, "percent", String(target),
                actual.map(String.init) ?? "", "\(day)", "\(due)", reviewed.map { "\($0)" } ?? "",
                actual.map { String($0 >= target) } ?? "", people[owner].id,
            ]
        }
        var versions = [(day: day, cells: cells(nil, nil))]
        if isDue {
            let actual = met ? target + random.within(0...6) : max(0, target - random.within(1...9))
            let reviewed = WorkDays.onOrAfter(due + random.within(0...12))
            versions.append((reviewed, cells(actual, reviewed)))
        }
        tellings.append(Telling(.successFactor, versions))
    }

    private static func units(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }
}
