import Model

extension PlantedFact {
    /// The second half of fact 3.
    static let orbis = PlantedFact(
        "orbis",
        """
        Orbis leaves commit on Tuesday 2026-12-01 and is back on Thursday 2026-12-03 with the same amount \
        and date: seen in gross motion only
        """
    ) { story in
        story.edit(Cast.orbis) { deal in
            deal.rewrite(
                from: Frame.day(2026, 12, 1), to: Frame.present,
                with: [
                    DealChange(day: Frame.day(2026, 12, 1), minute: 665, field: .category(.bestCase)),
                    DealChange(day: Frame.day(2026, 12, 3), minute: 552, field: .category(.commit)),
                ])
        }
    }
}
