import Model

extension PlantedFact {
    /// The half of fact 1 that is East's.
    static let judgement = PlantedFact(
        "judgement",
        "On 2026-12-07 Dana Ortiz calls 2.55 for East in FY2026Q4, 0.20 more than its deals say"
    ) { story in
        story.calls.planted.append(
            CallHabits.Planted(
                team: .east, day: Frame.present, cents: 255_000_000, isOverride: false,
                note: "Two renewals not in commit yet, both promised for this quarter"))
    }

    /// Fact 4 of the story, and the other half of fact 1.
    static let staleOverride = PlantedFact(
        "stale-override",
        """
        Jonas Keller overrides EMEA's call for FY2026Q4 with 2.45 on 2026-11-16, when its deals say 2.55, and lets \
        it stand: at the present they say 1.95, and two deals of its basis have gone
        """
    ) { story in
        story.calls.planted.append(
            CallHabits.Planted(
                team: .emea, day: Frame.day(2026, 11, 16), cents: 245_000_000, isOverride: true,
                note: "Taking 0.10 off: one of the year-end orders will be late"))
    }

    /// Overrides that make it worse.
    static let meddling = PlantedFact(
        "meddling",
        """
        From the eighth to the tenth week of each quarter from FY2024Q4 to FY2026Q3 Dana Ortiz sets a number of her own over \
        the call of each of East's people: four times in five further from what the person closes at
        """
    ) { story in
        story.calls.meddler = .east
    }

    /// Fact 7 of the story.
    static let callBias = PlantedFact(
        "call-bias",
        """
        The company's call of week 10 was above what the quarter closed at in 6 of the last 8 quarters, by 6 % in \
        the median
        """
    ) { story in
        story.calls.leanings = [20, -10, 30, 40, 90, -20, 60, 60, 80, -30, 60]
    }
}
