import Model

extension PlantedFact {
    /// Where one person's deals get stuck.
    static let milestoneStall = PlantedFact(
        "milestone-stall",
        """
        Rachel Steinberg (East) seldom gets access to the decision maker: in about one of ten deals that come to Solution, \
        where all others do in about one of two
        """
    ) { story in
        story.evidence.stall = EvidenceHabits.Stall(
            person: story.organisation.seller(5, of: .east), milestone: "M-DECIDER", share: 250)
    }

    /// Help for deals that nobody should have helped.
    static let costlyExceptions = PlantedFact(
        "costly-exceptions",
        """
        Requests for help that met no criteria and were granted all the same went to deals that were lost: of those that \
        met them about two of five were won, of the exceptions hardly any
        """
    ) { story in
        story.evidence.hasCostlyExceptions = true
    }

    /// A stage that takes longer than it did.
    static let slowStage = PlantedFact(
        "slow-stage",
        """
        Deals that come to Proposal since Monday 2026-07-06 stay there about twice as long as those before
        """
    ) { story in
        story.afterthoughts.append { $0.linger(in: .proposal, since: Frame.day(2026, 7, 6)) }
    }

    /// A conversion that fell.
    static let conversionDrop = PlantedFact(
        "conversion-drop",
        """
        Of West's deals that come to Qualification since 2026-04-01 about six of ten reach Solution or beyond, of those \
        before eight
        """
    ) { story in
        story.afterthoughts.append { deal in
            guard deal.team == .west else { return }
            deal.stopBefore(.solution, qualifiedSince: Frame.day(2026, 4, 1))
        }
    }
}
