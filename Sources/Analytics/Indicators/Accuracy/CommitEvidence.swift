import Model

/// What the record shows of how a person commits, beside everybody else's. It is evidence, and proves no intent: who
/// closes quickly enters commit late, and who works the hardest deals loses some.
public struct CommitEvidence: Sendable {
    /// Below so many wins or commits no rate is said, and nothing is compared.
    public static let minimum = 10
    /// A deal that enters commit fewer than so many days before it closes enters it late.
    public static let lateDays = 7
    /// A deal that is first known fewer than so many days before it closes is created late.
    public static let createdDays = 30
    /// Among all that are compared, the share of alarms that may be false.
    public static let falseDiscoveries = 0.05

    /// A rate beside everybody else's.
    public struct Compared: Sendable {
        /// The person's own.
        public let own: Proportion
        /// Everybody else's.
        public let others: Proportion
        /// How likely so great a difference is by chance, with all that are compared taken into account; nil for too few.
        public var adjustedChance: Double?

        /// Whether there are enough on both sides to say a rate.
        public var isEnough: Bool {
            own.trials >= CommitEvidence.minimum && others.trials >= CommitEvidence.minimum
        }
        /// Whether chance is not likely to have made the difference.
        public var standsOut: Bool {
            adjustedChance.map { $0 <= CommitEvidence.falseDiscoveries } ?? false
        }
        /// The own rate; nil for too few.
        public var rate: Double? { own.trials >= CommitEvidence.minimum ? own.rate : nil }
        /// Everybody else's; nil for too few.
        public var othersRate: Double? { others.trials >= CommitEvidence.minimum ? others.rate : nil }
    }

    /// The person.
    public let person: RecordID
    /// Of the wins, those that entered commit late.
    public var late: Compared
    /// Of the wins, those that were never in commit.
    public let never: Proportion?
    /// Of the wins, those that were created late: metric 40.
    public let created: Proportion?
    /// Of the decided deals that were ever in commit, those that were won.
    public var landed: Compared

    /// The evidence of everybody who won or committed anything.
    ///
    /// A win that was there on the first day of which anything is known entered commit at least as early as it seems.
    public static func of(_ endings: [EndedDeal]) -> [CommitEvidence] {
        let wins = endings.filter { $0.isWon && $0.owner != nil }
        let commits = endings.filter { $0.wasInCommit && $0.owner != nil }
        let winsOf = Dictionary(grouping: wins, by: \.owner)
        let commitsOf = Dictionary(grouping: commits, by: \.owner)
        let people = Set(winsOf.keys).union(commitsOf.keys).compactMap(\.self).sorted()
        let allLate = wins.count(where: \.isLateCommit)
        let allLanded = commits.count(where: \.isWon)
        var evidence = people.compactMap { person -> CommitEvidence? in
            let own = winsOf[person] ?? []
            let committed = commitsOf[person] ?? []
            let late = own.count(where: \.isLateCommit)
            let landed = committed.count(where: \.isWon)
            guard
                let lateOwn = Proportion(late, of: own.count),
                let lateOthers = Proportion(allLate - late, of: wins.count - own.count),
                let landedOwn = Proportion(landed, of: committed.count),
                let landedOthers = Proportion(allLanded - landed, of: commits.count - committed.count)
            else { return nil }
            return CommitEvidence(
                person: person, late: Compared(own: lateOwn, others: lateOthers),
                never: Proportion(own.count { !$0.wasInCommit }, of: own.count),
                created: Proportion(own.count(where: \.isCreatedLate), of: own.count),
                landed: Compared(own: landedOwn, others: landedOthers))
        }
        adjust(&evidence, \.late)
        adjust(&evidence, \.landed)
        return evidence
    }

    /// Everybody who has enough is tested, and what is found allows for it.
    private static func adjust(
        _ evidence: inout [CommitEvidence], _ rate: WritableKeyPath<CommitEvidence, Compared>
    ) {
        var places: [Int] = []
        var chances: [Double] = []
        for (place, one) in evidence.enumerated() where one[keyPath: rate].isEnough {
            let compared = one[keyPath: rate]
            guard let chance = FisherExact.twoSided(compared.own, compared.others) else { continue }
            places.append(place)
            chances.append(chance)
        }
        for (place, chance) in zip(places, FalseDiscoveries.adjusted(chances)) {
            evidence[place][keyPath: rate].adjustedChance = chance
        }
    }
}

extension EndedDeal {
    /// Whether it entered commit fewer than seven days before it closed.
    public var isLateCommit: Bool { commitDays.map { $0 < CommitEvidence.lateDays } ?? false }

    /// Whether it was first known fewer than thirty days before it closed.
    public var isCreatedLate: Bool {
        !isFirstKnownUnknown && knownDays.map { $0 < CommitEvidence.createdDays } ?? false
    }
}

/// Who tells of a risk before a deal slips.
public struct Disclosure: Sendable {
    /// Below so many slips no share is said.
    public static let minimum = 5

    /// The deals that were in commit for a period that is over, and did not land in it.
    public let slipped: Int
    /// Of them those of which somebody told before.
    public let told: Int
    /// By how many days in the median; nil for too few.
    public let medianDays: Double?

    /// The disclosure of some commits.
    public init(_ commits: [CommitStay]) {
        let lost = commits.filter { $0.isOver && !$0.isLanded }
        let days = lost.compactMap(\.disclosedDaysBefore)
        slipped = lost.count
        told = days.count
        medianDays = days.count >= Self.minimum ? Quantiles(days.map { Double($0) }).median : nil
    }

    /// The share of slips of which somebody told before; nil for too few.
    public var share: Double? { slipped >= Self.minimum ? Double(told) / Double(slipped) : nil }
}
