import Model

/// The records of call.csv: calls, and calls that were taken back.
struct CallRecords {
    let sheet: CallSheet

    private var organisation: Organisation { sheet.organisation }

    /// What a night tells of.
    func records(_ days: EventDays) -> [[UInt8]] {
        var records: [[UInt8]] = []
        for (place, day) in sheet.ledger.days.enumerated() {
            let isNew = days.contains(day)
            // A call that is taken back is told of again.
            let withdrawal = vacancy(endingCallsAt: place, night: days.night)
            let isWithdrawn = withdrawal.map { days.contains($0.from) } ?? false
            guard isNew || isWithdrawn else { continue }
            for call in calls(at: place) {
                let vacancy = withdrawal.flatMap { belongs(call.node, to: $0) ? $0 : nil }
                if isNew || vacancy != nil { records.append(record(call, at: place, takenBack: vacancy)) }
            }
        }
        return records
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
    }

    private func calls(at place: Int) -> [Call] {
        var calls = organisation.people.indices.compactMap { personCall($0, at: place) }
        for team in SalesTeam.allCases {
            for category in [CallSheet.Category.commit, .bestCase] {
                guard let amount = sheet.call(of: team, category, at: place) else { continue }
                calls.append(Call(node: .team(team), category: category, amount: amount))
            }
        }
        for category in [CallSheet.Category.commit, .bestCase] {
            calls.append(
                Call(node: .company, category: category, amount: sheet.companyCall(category, at: place)))
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

    // MARK: - Calls that are taken back

    /// The vacancy by which calls of a day are taken back up to a night.
    private func vacancy(endingCallsAt place: Int, night: Day) -> CallHabits.Vacancy? {
        guard let vacancy = sheet.habits.vacancy, vacancy.from <= night,
            sheet.ledger.days[place] < vacancy.from, sheet.ledger.quarters[place].contains(vacancy.from)
        else { return nil }
        return vacancy
    }

    private func belongs(_ node: Node, to vacancy: CallHabits.Vacancy) -> Bool {
        switch node {
        case .company: false
        case .team(let team): team == vacancy.team
        case .person(let index): organisation.people[index].team[vacancy.from] == vacancy.team
        }
    }

    // MARK: - Text

    private func record(_ call: Call, at place: Int, takenBack vacancy: CallHabits.Vacancy?) -> [UInt8] {
        let day = sheet.ledger.days[place]
        let label = sheet.ledger.quarters[place].label
        let (kind, id, author, minute) = author(of: call.node, on: day)
        var text = CSVText()
        text.cell("\(id.isEmpty ? "company" : id)-\(label)-\(call.category.rawValue)-\(day)")
        text.cell(kind)
        text.cell(id)
        text.cell(label)
        text.cell(call.category.rawValue)
        text.cell("own")
        text.cell("cumulative")
        text.cell("")
        text.cell("bookings")
        text.cell(cents: vacancy == nil ? call.amount.cents : nil)
        text.cell(Frame.currency)
        text.cell(cents: call.amount.calculated)
        text.cell(OfficeTime.instant(day, minute: minute))
        text.cell(author)
        text.cell(vacancy.map { OfficeTime.instant($0.from, minute: 555) } ?? "")
        text.cell(vacancy.map { "Taken back: \($0.team.name) has no lead" } ?? note(call, on: day))
        text.endLine()
        return text.bytes
    }

    /// Kind and id of a node, who calls for it, and at which minute of a Monday.
    private func author(of node: Node, on day: Day) -> (kind: String, id: String, author: String, minute: Int) {
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
