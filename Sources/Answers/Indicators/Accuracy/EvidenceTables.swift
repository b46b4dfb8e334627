import Analytics
import Model
import Warehouse

/// How people's wins and commits went: of all that is known, and the commits of the periods that are looked at.
struct PeopleEvidence {
    let evidence: [CommitEvidence]
    let commits: [CommitStay]
    /// Whether anything is loaded by which people tell of risks.
    let hasDisclosures: Bool

    init(
        _ past: PastForecasts, _ context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        evidence = CommitEvidence.of(try warehouse.dealEndings())
        guard let first = past.all.map(\.period.start).min() else {
            (commits, hasDisclosures) = ([], false)
            return
        }
        commits = try warehouse.commitStays(since: first)
        hasDisclosures = try warehouse.hasDisclosures()
    }
}

/// The tables of `accuracy` about people: evidence, and never of intent.
struct EvidenceTables {
    let book: AccuracyBook
    /// Whether all are listed, or those alone who stand out.
    let isEverybody: Bool
    let limit: Int

    var all: [AnswerTable] { people + disclosure }

    private var names: [RecordID: (name: String, team: String?)] {
        let organisation = book.context.organisation
        let teams = Dictionary(
            organisation.teams.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return Dictionary(
            organisation.people.map { ($0.id, ($0.name, $0.team.flatMap { teams[$0] })) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The people of the node that is asked for.
    private var wanted: Set<RecordID> {
        Set(
            book.nodes.compactMap { place in
                if case .person(let id) = place.node { id } else { nil }
            })
    }

    private var evidence: [CommitEvidence] {
        let wanted = wanted
        return book.evidence.evidence.filter { wanted.contains($0.person) }
    }

    // MARK: - How people commit

    private var people: [AnswerTable] {
        let shown = isEverybody ? evidence : evidence.filter { $0.late.standsOut || $0.landed.standsOut }
        guard !shown.isEmpty else { return [] }
        let names = names
        let ordered = shown.sorted {
            let (left, right) = (
                names[$0.person]?.name ?? $0.person.id, names[$1.person]?.name ?? $1.person.id
            )
            return (left, $0.person) < (right, $1.person)
        }
        return [
            AnswerTable(
                name: "people", title: "How people commit: evidence, and no proof of intent",
                columns: columns,
                rows: ordered.prefix(limit).map { row($0, names) },
                notes: [
                    "Entered late: wins that entered commit less than \(CommitEvidence.lateDays) days before they closed. Landed: of the decided deals that were ever in commit, those that were won. Stands out: chance is no likely reason, with all who are compared taken into account"
                ], totalRows: ordered.count)
        ]
    }

    private var columns: [AnswerColumn] {
        func rate(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "%", isDetail: isDetail)
        }
        func count(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, isDetail: isDetail)
        }
        return [
            AnswerColumn("person", title: "Person", kind: .text),
            AnswerColumn("id", title: "Id", kind: .text, isDetail: true),
            AnswerColumn("team", title: "Team", kind: .text, isDetail: true),
            count("wins", "Wins"), rate("late", "Entered late"), rate("late_low", "at least", isDetail: true),
            rate("late_high", "at most", isDetail: true), rate("late_others", "Others"),
            AnswerColumn("late_chance", title: "Chance", kind: .rate, unit: "%", isDetail: true),
            AnswerColumn("late_stands_out", title: "Stands out", kind: .boolean),
            rate("never", "Never in commit", isDetail: true),
            rate("created_late", "Created late", isDetail: true),
            count("commits", "Commits"), rate("landed", "Landed"),
            rate("landed_low", "at least", isDetail: true),
            rate("landed_high", "at most", isDetail: true), rate("landed_others", "Others"),
            AnswerColumn("landed_chance", title: "Chance", kind: .rate, unit: "%", isDetail: true),
            AnswerColumn("landed_stands_out", title: "Stands out", kind: .boolean),
        ]
    }

    private func row(
        _ one: CommitEvidence, _ names: [RecordID: (name: String, team: String?)]
    ) -> AnswerTable.Row {
        let name = names[one.person]
        func share(_ proportion: Proportion?) -> AnswerValue {
            guard let proportion, proportion.trials >= CommitEvidence.minimum else { return .null }
            return .maybe(proportion.rate)
        }
        func values(_ compared: CommitEvidence.Compared) -> [AnswerValue] {
            let interval = compared.rate == nil ? nil : compared.own.interval()
            return [
                .integer(compared.own.trials), .maybe(compared.rate), .maybe(interval?.low),
                .maybe(interval?.high), .maybe(compared.othersRate), .maybe(compared.adjustedChance),
                compared.adjustedChance == nil ? .null : .boolean(compared.standsOut),
            ]
        }
        return AnswerTable.Row(
            [
                .text(name?.name ?? one.person.id), .text(one.person.id),
                name?.team.map { .text($0) } ?? .null,
            ] + values(one.late) + [share(one.never), share(one.created)] + values(one.landed))
    }

    /// What stands out, in a sentence each: evidence, and never of intent.
    var warnings: [AnswerWarning] {
        let names = names
        return evidence.flatMap { one -> [AnswerWarning] in
            let name = names[one.person]?.name ?? one.person.id
            var warnings: [AnswerWarning] = []
            if one.late.standsOut, let rate = one.late.rate, let others = one.late.othersRate, rate > others {
                warnings.append(
                    AnswerWarning(
                        "commits_late",
                        "\(percent: rate) of \(name)'s \(one.late.own.trials) wins entered commit less than \(CommitEvidence.lateDays) days before closing, \(percent: others) of everybody else's: evidence, and no proof of intent"
                    ))
            }
            if one.landed.standsOut, let rate = one.landed.rate, let others = one.landed.othersRate,
                rate < others
            {
                warnings.append(
                    AnswerWarning(
                        "commits_land_seldom",
                        "\(name)'s commits land \(percent: rate) of the time, everybody else's \(percent: others), of \(one.landed.own.trials) and \(one.landed.others.trials): evidence, and no proof of intent"
                    ))
            }
            return warnings
        }
    }

    // MARK: - Who tells of risks early

    private var disclosure: [AnswerTable] {
        guard book.evidence.hasDisclosures else { return [] }
        let wanted = wanted
        let own = Dictionary(
            grouping: book.evidence.commits.filter { $0.owner.map(wanted.contains) ?? false }
        ) {
            $0.owner
        }
        let names = names
        let told = own.compactMap { owner, commits -> (RecordID, String, Disclosure)? in
            guard let owner else { return nil }
            return (owner, names[owner]?.name ?? owner.id, Disclosure(commits))
        }.filter { $0.2.slipped > 0 }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        let all = Disclosure(own.values.flatMap(\.self))
        guard all.slipped > 0 else { return [] }
        let shown = isEverybody ? Array(told.prefix(limit)) : []
        return [
            AnswerTable(
                name: "disclosure", title: "Commits that did not land, and who told of a risk before",
                columns: [
                    AnswerColumn("person", title: "Person", kind: .text),
                    AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                    AnswerColumn("slipped", title: "Did not land", kind: .integer),
                    AnswerColumn("told", title: "Told before", kind: .integer),
                    AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                    AnswerColumn("median_days", title: "Median days before", kind: .rate),
                ],
                rows: shown.map { _, name, told in
                    AnswerTable.Row([.text(name), .text("person")] + values(told))
                } + [AnswerTable.Row([.text(book.name), .text("all")] + values(all), style: .total)],
                notes: [
                    "Told: a risk flag was raised, or the deal was called lower or for later, before it left commit. Telling early is good; fewer than \(Disclosure.minimum) are too few for a rate"
                ], totalRows: isEverybody && told.count > limit ? told.count : nil)
        ]
    }

    private func values(_ told: Disclosure) -> [AnswerValue] {
        [.integer(told.slipped), .integer(told.told), .maybe(told.share), .maybe(told.medianDays)]
    }
}
