import Model

/// The whole life of a deal as one value: what it is, and every change of a field from its
/// creation to its end, in order. Any night's row, and any history export, is read from it.
public struct DealLife: Sendable {
    /// The number from which the id is made; planted deals have numbers below 10,000.
    public let number: Int
    /// The name.
    public var name: String
    /// The number of the account.
    public var account: Int
    /// The team whose customers it belongs to; it says nothing of who owns the deal on a day.
    public var team: SalesTeam
    /// The id of the main product.
    public var productID: String
    /// new, expansion or renewal.
    public var type: String
    /// Where it came from.
    public var leadSource: String
    /// The day on which it was created.
    public let created: Day
    /// Who shares its credit; empty when the owner has all of it.
    public var splits: [DealSplit] = []
    /// The day from whose end on the CRM has it no more; nil while it stays.
    var removed: Day?
    /// Spans of days on which nobody does anything about it.
    private(set) var silences: [ClosedRange<Day>] = []
    /// The changes by day and minute; those of the day of creation come first.
    public private(set) var changes: [DealChange]

    init(
        number: Int, name: String, account: Int, team: SalesTeam, productID: String, type: String,
        leadSource: String, created: Day, changes: [DealChange]
    ) {
        self.number = number
        self.name = name
        self.account = account
        self.team = team
        self.productID = productID
        self.type = type
        self.leadSource = leadSource
        self.created = created
        self.changes = changes
        tidy()
    }

    /// The id in the exports.
    public var id: String {
        numberedID("D", number)
    }

    /// The currency of its amounts, ISO 4217.
    public var currency: String {
        team.currency
    }

    /// What the CRM says at the end of a day; nil before the deal was created, and when it is there no more.
    public func state(on day: Day) -> DealState? {
        guard created <= day, removed.map({ day < $0 }) ?? true else { return nil }
        var state = DealState()
        for change in changes {
            if change.day > day { break }
            state.apply(change.field)
        }
        return state
    }

    /// The day on which it was won, lost or given up; nil while nobody knows.
    var ended: Day? {
        let end = changes.last { if case .stage = $0.field { true } else { false } }
        guard let end, case .stage(let stage) = end.field, !stage.isOpen else { return nil }
        return end.day
    }

    /// Whether nobody does anything about it on a day.
    func isSilent(on day: Day) -> Bool {
        silences.contains { $0.contains(day) }
    }

    /// The days of a range at whose end the deal looks otherwise than the day before, and its first.
    func days(_ days: ClosedRange<Day>, eachState body: (DealState) -> Bool) -> Bool {
        let last = removed.map { min($0 - 1, days.upperBound) } ?? days.upperBound
        guard created <= last, days.lowerBound <= last else { return true }
        var state = DealState()
        var position = 0
        var day = max(created, days.lowerBound)
        while true {
            while position < changes.count, changes[position].day <= day {
                state.apply(changes[position].field)
                position += 1
            }
            guard body(state) else { return false }
            guard position < changes.count, changes[position].day <= last else { return true }
            day = changes[position].day
        }
    }

    // MARK: - Edits of planted facts

    /// From one day to another, both included, fields change as given and not as they did.
    mutating func rewrite(from first: Day, to last: Day, with replacements: [DealChange]) {
        changes.removeAll { change in
            first <= change.day && change.day <= last
                && replacements.contains { $0.field.isSameField(as: change.field) }
        }
        changes += replacements
        tidy()
    }

    /// After a day all that happens is what is given, and no next step is written any more.
    mutating func rewriteAll(after day: Day, _ replacements: [DealChange]) {
        changes.removeAll { $0.day > day }
        changes += replacements
        tidy()
    }

    /// From one day to another, both included, it is expected to close on `date`; from the next working
    /// day on it is as it was.
    mutating func expectClose(on date: Day, from first: Day, to last: Day) {
        let next = WorkDays.onOrAfter(last + 1)
        let later = state(on: next)?.closeDate
        let minute = 540 + number * 37 % 480
        // Both at once: a later change to `date` must not be taken for none in between.
        rewrite(
            from: first, to: next,
            with: [
                DealChange(day: first, minute: minute, field: .closeDate(date)),
                DealChange(day: next, minute: minute, field: .closeDate(later)),
            ])
    }

    /// What happened on one day happens on another; a close date on that day moves along.
    mutating func reschedule(from day: Day, to newDay: Day) {
        changes = changes.map { change in
            guard change.day == day else { return change }
            let moved = change.field == .closeDate(day) ? .closeDate(newDay) : change.field
            return DealChange(day: newDay, minute: change.minute, field: moved)
        }
        tidy()
    }

    /// On the days of a range nobody touches the next step, writes, calls or meets.
    mutating func silence(from first: Day, to last: Day) {
        silences.append(first...last)
        changes.removeAll { change in
            guard case .nextStep = change.field else { return false }
            return first <= change.day && change.day <= last
        }
        tidy()
    }

    /// Before a day one category is another.
    mutating func recategorise(_ old: DealCategory, as new: DealCategory, before day: Day) {
        changes = changes.map { change in
            guard change.day < day, change.field == .category(old) else { return change }
            return DealChange(day: change.day, minute: change.minute, field: .category(new))
        }
        tidy()
    }

    /// It is someone's from the beginning.
    mutating func give(to person: Int) {
        changes = changes.map { change in
            guard case .owner = change.field else { return change }
            return DealChange(day: change.day, minute: change.minute, field: .owner(person))
        }
        tidy()
    }

    /// Sorts the changes and drops those that change nothing.
    private mutating func tidy() {
        // An insertion sort: stable, and the few changes are almost in order.
        for index in changes.indices.dropFirst() {
            let change = changes[index]
            var place = index
            while place > 0,
                (changes[place - 1].day, changes[place - 1].minute) > (change.day, change.minute)
            {
                changes[place] = changes[place - 1]
                place -= 1
            }
            changes[place] = change
        }
        var state = DealState()
        var isFirst = true
        changes.removeAll { change in
            let before = state
            state.apply(change.field)
            // The first change states the stage and is kept, whatever the empty state says.
            defer { isFirst = false }
            return state == before && !isFirst
        }
    }
}

/// An id of the exports: a letter and at least seven digits.
func numberedID(_ letter: String, _ number: Int) -> String {
    let digits = String(number)
    return letter + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
}
