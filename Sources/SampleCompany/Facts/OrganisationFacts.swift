import Model

extension PlantedFact {
    /// Fact 6 of the story.
    static let reorganisation = PlantedFact(
        "reorganisation",
        """
        Tom Iversen moves from West to East on 2026-11-02 with 0.35 open in FY2026Q4: as was and as is \
        differ by that in the two teams and by nothing in the company
        """
    ) { story in
        let tom = story.organisation.tomIversen
        story.organisation.people[tom].team = Timeline(.west)
        story.organisation.people[tom].team.set(.east, from: Frame.day(2026, 11, 2))
    }

    /// A part of the frame that a plain company does not have.
    static let vacantLead = PlantedFact(
        "vacant-lead",
        """
        West has no lead since 2026-11-16: Priya Raman's last day was the day before, her calls and those of \
        her people were taken back, and since then nobody calls for West
        """
    ) { story in
        let firstDay = Frame.day(2026, 11, 16)
        let lead = story.organisation.leads[SalesTeam.west.rawValue][firstDay]
        story.organisation.leads[SalesTeam.west.rawValue].set(nil, from: firstDay)
        if let lead { story.organisation.people[lead].end = firstDay - 1 }
        story.calls.vacancy = CallHabits.Vacancy(team: .west, from: firstDay)
    }

    /// A gap in the exports.
    static let missingNight = PlantedFact(
        "missing-night", "There is no export of Thanksgiving, 2026-11-26"
    ) { story in
        story.missingNights.append(Frame.day(2026, 11, 26))
    }
}
