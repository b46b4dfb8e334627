import Model

/// How the company's leads call, beside saying what the deals say.
struct CallHabits: Sendable {
    /// A call of a lead for FY2026Q4 that is not what the deals say.
    struct Planted: Sendable {
        let team: SalesTeam
        let day: Day
        /// In cents of the company's currency.
        let cents: Int
        /// Whether it is set over what the team's people call, and the lead calls no more until the present.
        let isOverride: Bool
        let note: String
    }

    /// A team whose lead leaves: its calls of the quarter are taken back and nobody calls for it.
    struct Vacancy: Sendable {
        let team: SalesTeam
        let from: Day
    }

    /// The team whose lead sets numbers of her own over those of her people, mostly further from what they close at; nil
    /// for none.
    var meddler: SalesTeam?

    /// Calls that are no longer true from a day on, and why.
    struct TakingBack: Sendable {
        let from: Day
        let note: String
    }

    var planted: [Planted] = []
    var vacancy: Vacancy?
    /// How far the calls in the middle of each closed quarter from FY2024Q1 on lie above what it closes
    /// at, in thousandths. Without a planted leaning they are as often above as below.
    var leanings = [10, -15, 5, -10, 15, -5, 20, -20, 5, 10, -10]

    /// The leaning of a closed quarter.
    func leaning(of quarter: Period) -> Int {
        let digits = quarter.label.compactMap(\.wholeNumberValue)
        guard digits.count == 5 else { return 0 }
        let year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
        let index = (year - 2024) * 4 + digits[4] - 1
        return leanings.indices.contains(index) ? leanings[index] : 0
    }

    /// What a lead calls on a day by plan and not by the deals.
    func planted(for team: SalesTeam, on day: Day) -> Planted? {
        planted.first { $0.team == team && $0.day == day }
    }

    /// Whether a lead has set an override before a day and not called again since.
    func isSilent(_ team: SalesTeam, on day: Day) -> Bool {
        planted.contains { $0.team == team && $0.isOverride && $0.day < day && day <= Frame.present }
    }

    /// When an override is taken back: with the lead's first call after the present.
    var endOfOverrides: TakingBack {
        TakingBack(from: Frame.present + 7, note: "Reset: two of its deals moved to January")
    }

    /// Whether a lead calls the best case too: not in the quarter of an override, so that it stands alone.
    func callsBestCase(_ team: SalesTeam, in quarter: Period) -> Bool {
        !planted.contains { $0.team == team && $0.isOverride && quarter.contains($0.day) }
    }
}
