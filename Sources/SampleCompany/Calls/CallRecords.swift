import Model

/// The records of call.csv: calls, and calls that were taken back.
struct CallRecords {
    let sheet: CallSheet

    private var organisation: Organisation { sheet.organisation }

    /// What a night tells of: new calls, and again those that were taken back.
    func records(_ days: EventDays) -> [[UInt8]] {
        var records: [[UInt8]] = []
        for (place, day) in sheet.ledger.days.enumerated() where day <= days.night && mayMatter(place, days) {
            for call in calls(at: place) {
                let end = takingBack(of: call, at: place).flatMap { $0.from <= days.night ? $0 : nil }
                guard days.contains(day) || end.map({ days.contains($0.from) }) ?? false else { continue }
                records.append(record(call, at: place, takenBack: end))
            }
        }
        return records
    }

    /// Whether a night may tell of calls of a day: those of the weeks before are looked through only when
    /// some of their quarter are taken back.
    private func mayMatter(_ place: Int, _ days: EventDays) -> Bool {
        if days.contains(sheet.ledger.days[place]) { return true }
        return [sheet.habits.vacancy?.from, sheet.habits.endOfOverrides.from].contains { end in
            end.map { days.contains($0) && sheet.ledger.quarters[place].contains($0) } ?? false
        }
    }

    private enum Node {
        case company
        case team(SalesTeam)
        case person(Int)
    }

    private struct Call {
        let node: Node
        let category: CallSheet.Category
        let amount: CallSheet.Amount
        /// The team whose lead set it over a person's own call; nil for all others.
        var overriddenBy: SalesTeam?
    }

    private func calls(at place: Int) -> [Call] {
        var calls = organisation.people.indices.compactMap { personCall($0, at: place) }
        calls += calls.compactMap { override(of: $0, at: place) }
        for team in SalesTeam.allCases {
            for category in [CallSheet.Category.commit, .bestCase] {
                guard let amount = sheet.call(of: team, category, at: place) else { continue }
                calls.append(Call(node: .team(team), category: category, amount: amount))
            }
        }
        for category in [CallSheet.Category.commit, .bestCase] {
            guard let amount = sheet.companyCall(category, at: place) else { continue }
            calls.append(Call(node: .company, category: category, amount: amount))
        }
        return calls
    }

    /// A person calls what the deals say; where a team's lead has left nobody calls.
    private func personCall(_ index: Int, at place: Int) -> Call? {
        let day = sheet.ledger.days[place]
        let person = organisation.people[index]
        guard person.hasQuota, person.start <= day, person.isActive(on: day),
            organisation.lead(of: person.team[day], on: day) != nil
        else { return nil }
        let sums = sheet.ledger.sums(ofPerson: index, at: place)
        let cents = sums.closed + sums.commit
        return Call(
            node: .person(index), category: .commit,
            amount: CallSheet.Amount(cents: cents, calculated: cents, note: ""))
    }

    /// What the lead sets over a person's call.
    private func override(of call: Call, at place: Int) -> Call? {
        guard case .person(let index) = call.node,
            let cents = sheet.override(ofPerson: index, called: call.amount.cents, at: place)
        else { return nil }
        let amount = CallSheet.Amount(
            cents: cents, calculated: call.amount.calculated, note: "My view of it", isOverride: true)
        let team = organisation.people[index].team[sheet.ledger.days[place]]
        return Call(node: call.node, category: call.category, amount: amount, overriddenBy: team)
    }

    // MARK: - Calls that are taken back

    /// When and why a call was taken back; nil while it stands.
    private func takingBack(of call: Call, at place: Int) -> CallHabits.TakingBack? {
        if call.overriddenBy != nil { return nil }
        if call.amount.isOverride { return sheet.habits.endOfOverrides }
        guard let vacancy = sheet.habits.vacancy, belongs(call.node, to: vacancy),
            sheet.ledger.days[place] < vacancy.from, sheet.ledger.quarters[place].contains(vacancy.from)
        else { return nil }
        return CallHabits.TakingBack(from: vacancy.from, note: "Taken back: \(vacancy.team.name) has no lead")
    }

    private func belongs(_ node: Node, to vacancy: CallHabits.Vacancy) -> Bool {
        switch node {
        case .company: false
        case .team(let team): team == vacancy.team
        case .person(let index): organisation.people[index].team[vacancy.from] == vacancy.team
        }
    }

    // MARK: - Text

    private func record(_ call: Call, at place: Int, takenBack end: CallHabits.TakingBack?) -> [UInt8] {
        let day = sheet.ledger.days[place]
        let label = sheet.ledger.quarters[place].label
        var (kind, id, author, minute) = author(of: call.node, on: day)
        var name = "\(id.isEmpty ? "company" : id)-\(label)-\(call.category.rawValue)-\(day)"
        if let team = call.overriddenBy {
            (author, minute) = (organisation.lead(of: team, on: day)?.id ?? "", minute + 60)
            name += "-override"
        }
        var text = CSVText()
        text.cell(name)
        text.cell(kind)
        text.cell(id)
        text.cell(label)
        text.cell(call.category.rawValue)
        text.cell(call.amount.isOverride ? "override" : "own")
        text.cell("cumulative")
        text.cell("")
        text.cell("bookings")
        text.cell(cents: call.amount.cents)
        text.cell(Frame.currency)
        text.cell(cents: call.amount.calculated)
        text.cell(OfficeTime.instant(day, minute: minute))
        text.cell(author)
        text.cell(end.map { OfficeTime.instant($0.from, minute: 555) } ?? "")
        text.cell(end?.note ?? note(call, on: day))
        text.endLine()
        return text.bytes
    }

    /// Kind and id of a node, who calls for it, and at which minute of a Monday.
    private func author(of node: Node, on day: Day) -> (kind: String, id: String, author: String, minute: Int)
    {
        switch node {
        case .company: ("company", "", organisation.chiefID, 1125)
        case .team(let team):
            ("team", team.id, organisation.lead(of: team, on: day)?.id ?? "", 1085 + team.rawValue * 10)
        case .person(let index):
            ("person", organisation.people[index].id, organisation.people[index].id, 1052 + index % 20)
        }
    }

    private func note(_ call: Call, on day: Day) -> String {
        if let note = call.amount.note { return note }
        guard call.category == .commit, case .team(let team) = call.node else { return "" }
        var random = RandomStream(
            seed: sheet.seed, .call, index: -1 - Int(day.number) * 4 - team.rawValue)
        return random.pick(DealWords.callNotes)
    }
}
