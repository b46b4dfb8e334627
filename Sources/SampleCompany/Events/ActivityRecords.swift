import Model

/// What was done with the customer of a deal: mails, calls, meetings and tasks, every week or two
/// while it is open. The CRM keeps them from the beginning of 2026.
struct ActivityRecords {
    /// Something that was done.
    struct Activity {
        /// The days from whose end on the CRM says something else of it: a meeting is planned first.
        let tellings: [Day]
        fileprivate let draft: Draft
    }

    /// In order of days.
    private(set) var activities: [Activity] = []
    private let deal: DealLife
    private let people: [Person]

    private static let firstDay = Frame.day(2026, 1, 1)

    init(_ deal: DealLife, people: [Person], seed: UInt64) {
        self.deal = deal
        self.people = people
        let end = deal.ended ?? Frame.end
        guard end >= ActivityRecords.firstDay else { return }
        var random = RandomStream(seed: seed, .activity, index: deal.number)
        var day = WorkDays.onOrAfter(deal.created)
        var number = 1
        while day <= end {
            let draft = Draft(number: number, day: day, &random)
            if day >= ActivityRecords.firstDay, !deal.isSilent(on: day), !deal.isSilent(on: draft.planned) {
                activities.append(Activity(tellings: tellings(of: draft), draft: draft))
            }
            number += 1
            day = random.workDay(near: day + random.within(3...14))
        }
    }

    /// What is drawn for an activity, whether or not it is written.
    fileprivate struct Draft {
        let number: Int
        let day: Day
        let kind: String
        let minute: Int
        let minutes: Int
        let subject: String
        let isInbound: Bool
        let isHeld: Bool
        let outcome: String
        /// The day on which a meeting was agreed; the day itself for all else.
        let planned: Day

        init(number: Int, day: Day, _ random: inout RandomStream) {
            self.number = number
            self.day = day
            let draw = random.below(100)
            kind = draw < 42 ? "email" : draw < 68 ? "call" : draw < 90 ? "meeting" : "task"
            minute = 510 + random.below(32) * 15
            minutes =
                kind == "call"
                ? random.within(4...40) : kind == "meeting" ? random.pick([30, 45, 60, 90]) : 0
            subject = random.pick(DealWords.activitySubjects[kind] ?? [kind])
            isInbound = random.chance(300)
            isHeld = random.chance(880)
            outcome = random.pick(DealWords.activityOutcomes)
            let ahead = random.within(3...9)
            planned = kind == "meeting" ? WorkDays.onOrBefore(day - ahead) : day
        }
    }

    private func tellings(of draft: Draft) -> [Day] {
        let planned = max(draft.planned, deal.created)
        return planned < draft.day ? [planned, draft.day] : [draft.day]
    }

    /// The record of activity.csv as the CRM has it from the end of a day on, with its line feed.
    func record(_ activity: Activity, on day: Day) -> [UInt8] {
        let draft = activity.draft
        let isDone = day == draft.day
        let isMeeting = draft.kind == "meeting"
        let start = OfficeTime.instant(draft.day, minute: draft.minute)
        let end = OfficeTime.instant(draft.day, minute: draft.minute + draft.minutes)
        let isTimed = draft.minutes > 0
        let isHeld = !isMeeting || draft.isHeld
        var text = CSVText()
        text.cell("\(deal.id)-\(draft.number)")
        text.cell(draft.kind)
        text.cell("")
        text.cell(draft.subject)
        text.cell(deal.id)
        text.cell(numberedID("A", deal.account))
        text.cell("")
        text.cell("")
        text.cell(people[deal.owner(on: day)].id)
        text.cell(draft.day)
        text.cell(isTimed ? start : "")
        text.cell(isTimed ? end : "")
        text.cell(isTimed ? String(draft.minutes * 60) : "")
        text.cell(OfficeTime.instant(day, minute: isDone ? draft.minute + draft.minutes : 600))
        text.cell(isDone && isHeld ? end : "")
        text.cell(!isDone ? "Planned" : isHeld ? "Completed" : "Cancelled")
        text.cell(isDone)
        text.cell(isMeeting && isDone ? String(isHeld) : "")
        text.cell(["email", "call"].contains(draft.kind) ? (draft.isInbound ? "inbound" : "outbound") : "")
        text.cell(isDone && isHeld && isTimed ? draft.outcome : "")
        text.endLine()
        return text.bytes
    }
}

extension DealLife {
    /// The index of the owner at the end of a day.
    func owner(on day: Day) -> Int {
        var owner = 0
        for change in changes {
            if change.day > day { break }
            if case .owner(let person) = change.field { owner = person }
        }
        return owner
    }
}
