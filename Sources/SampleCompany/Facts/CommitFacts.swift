import Model

extension PlantedFact {
    /// The half of fact 8 that speaks of wins.
    static let sandbag = PlantedFact(
        "sandbag",
        """
        11 of the 20 deals that Maya Lindqvist (West) has won up to 2026-12-07, 55 %, entered commit less than 7 days \
        before they were won; hardly any of the others' did
        """
    ) { story in
        story.commits.sandbagger = story.organisation.seller(0, of: .west)
        story.commits.colleague = story.organisation.seller(6, of: .west)
    }

    /// The half of fact 8 that speaks of commits.
    static let happyEars = PlantedFact(
        "happy-ears",
        """
        Of the deals that Luc Moreau (EMEA) ever had in commit and that are decided by 2026-12-07 38 % were won; of all \
        others' 72 %
        """
    ) { story in
        story.commits.optimist = story.organisation.seller(0, of: .emea)
    }
}
