import Model

/// One event of a planted fact, to the day and the cent: what an answer that speaks of it must say.
public struct PlantedTruth: Sendable, Hashable {
    /// What happened.
    public enum Event: String, Sendable, Hashable {
        case pushedOut = "pushed_out"
        case leftCommit = "left_commit"
        case backInCommit = "back_in_commit"
        case handedOver = "handed_over"
        case lost, reopened, merged
        case backdated
        /// Won, and lost after the freeze.
        case takenBack = "taken_back"
    }

    /// The name of the fact.
    public let fact: String
    /// What happened.
    public let event: Event
    /// The name of the deal's account, with which its own begins.
    public let account: String
    /// The deal's id in the exports.
    public let deal: String
    /// The first night that shows it.
    public let day: Day
    /// The period whose numbers it moves.
    public let period: String
    /// The team for which the deal counts; of a hand-over the one that it leaves.
    public let team: String
    /// In dollars, what the deal counts for.
    public let amount: Amount
    /// Whether it was in commit, or closed, before or after.
    public let isFirm: Bool
}

extension PlantedTruth {
    /// Every event of the facts that move numbers between two days, in the order of the days.
    public static let all: [PlantedTruth] =
        pushes + handOvers + [
            event("reopened-loss", .lost, Latecomers.grenholm, "Grenholm Optics", (9, 3), "East", 140_000),
            event(
                "reopened-loss", .reopened, Latecomers.grenholm, "Grenholm Optics", (9, 15), "East", 140_000),
            event(
                "merged-duplicate", .merged, Latecomers.petrelAgain, "Petrel Shipping Ltd", (9, 10), "West",
                110_000),
            event("late-booking", .backdated, Latecomers.corbell, "Corbell Foundry", (10, 9), "West", 90_000),
            event("late-booking", .takenBack, Latecomers.dunmore, "Dunmore Seeds", (10, 12), "West", 90_000),
            event("orbis", .leftCommit, Cast.orbis, "Orbis", (12, 1), "West", 112_600, period: "FY2026Q4"),
            event("orbis", .backInCommit, Cast.orbis, "Orbis", (12, 3), "West", 112_600, period: "FY2026Q4"),
            event(
                "backdated-close", .backdated, Cast.marlowe, "Marlowe Cement", (13, 8), "East", 80_000,
                period: "FY2026Q4"),
            event(
                "backdated-close", .backdated, Cast.marlowe + 1, "Ingleby Foods", (13, 8), "East", 40_000,
                period: "FY2026Q4"),
        ]

    private static let pushes = [
        ("Tolvane Marine", 90_000, true), ("Ashgrove Plastics", 110_000, true),
        ("Redmire Pumps", 80_000, false),
        ("Castell Printing", 70_000, false), ("Wickham Tools", 50_000, false),
    ].enumerated().map { place, deal in
        event(
            "bulk-push", .pushedOut, Latecomers.pushed[place], deal.0, (9, 29), "West", deal.1, isFirm: deal.2
        )
    }

    private static let handOvers = [
        ("Lakeland Timber", 120_000, true), ("Lakeshore Foods", 80_000, false),
        ("Lake Forest Clinics", 100_000, true),
    ].enumerated().map { place, deal in
        event(
            "hand-over", .handedOver, Latecomers.lakes[place], deal.0, (9, 14), "West", deal.1, isFirm: deal.2
        )
    }

    private static func event(
        _ fact: String, _ event: Event, _ number: Int, _ account: String, _ day: (month: Int, day: Int),
        _ team: String, _ dollars: Int, period: String = "FY2026Q3", isFirm: Bool = true
    ) -> PlantedTruth {
        PlantedTruth(
            fact: fact, event: event, account: account, deal: numberedID("D", number),
            day: Frame.day(2026, day.month, day.day), period: period, team: team, amount: Amount(dollars),
            isFirm: isFirm)
    }
}
