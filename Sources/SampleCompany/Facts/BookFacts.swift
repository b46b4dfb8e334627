import Model

extension PlantedFact {
    /// Fact 11 of the story.
    static let missingOrder = PlantedFact(
        "missing-order",
        """
        Vantry Logistics, 0.08 won in West on 2026-11-20, has no order in finance's books: as of 2026-12-07 orders \
        of FY2026Q4 say 4.02 where the CRM says 4.10
        """
    ) { story in
        story.books.withoutOrder.insert(Cast.vantry)
    }

    /// Small differences in quarters long past.
    static let oldOrders = PlantedFact(
        "old-orders",
        """
        In FY2025Q2 the order of Corrigan Freight is 1,200.00 below the deal, and in FY2025Q4 an order of 4,500.00, \
        SO-2025-9001, has no deal; all other closed quarters tie out
        """
    ) { story in
        story.books.orderAmounts[Cast.corrigan] = 6_300_000
        story.books.strayOrders.append(
            Books.StrayOrder(
                id: "B9000001", orderID: "SO-2025-9001", account: Cast.corrigan,
                booked: Frame.day(2025, 11, 18), cents: 450_000))
    }

    /// Splits of credit, one of them with an overlay.
    static let splitCredit = PlantedFact(
        "split-credit",
        """
        Four deals are shared by two people of a team, 100 % together; on Tarnbrook Steel Hannah Vogt of West has \
        50 % of overlay credit beside them
        """
    ) { story in
        let organisation = story.organisation
        let shares: [(number: Int, team: SalesTeam, owner: Int, partner: Int, percent: Int)] = [
            (Cast.brightwater, .emea, 3, 2, 30), (Cast.calder, .east, 2, 7, 30),
            (Cast.tarnbrook, .east, 1, 4, 40), (Cast.pellicor, .west, 0, 3, 50),
        ]
        for share in shares {
            let owner = organisation.seller(share.owner, of: share.team)
            let partner = organisation.seller(share.partner, of: share.team)
            story.edit(share.number) { deal in
                deal.splits = [
                    DealSplit(person: owner, percent: 100 - share.percent, isOverlay: false),
                    DealSplit(person: partner, percent: share.percent, isOverlay: false),
                ]
            }
        }
        story.edit(Cast.tarnbrook) { deal in
            deal.splits.append(
                DealSplit(person: organisation.seller(2, of: .west), percent: 50, isOverlay: true))
        }
    }
}
