import Model

/// What must have happened before a deal is where its stage says.
struct SalesMilestone: Sendable {
    let id: String
    let name: String
    let description: String
    let stage: SalesStage
    let position: Int
    let evidenceKind: String
    let isRequired: Bool
    let isBuyerAction: Bool
    let usualDays: Int

    /// In the order of the process, two a stage.
    static let all = [
        milestone(
            1, "NEED", "Need in writing", "The customer has written what must become better", .qualification,
            "e-mail", isBuyer: true, 7),
        milestone(
            2, "BUDGET", "Budget owner named", "Who pays is known and has been met", .qualification,
            "meeting held",
            isBuyer: false, 10),
        milestone(
            3, "DECIDER", "Access to the decision maker", "Whoever signs has met us", .solution,
            "meeting held",
            isBuyer: true, 12),
        milestone(
            4, "PILOT", "Pilot accepted", "The pilot's report is signed", .solution, "document",
            isBuyer: true, 15),
        milestone(
            5, "CASE", "Business case approved", "The customer's finance agrees with the figures", .proposal,
            "document", isBuyer: true, 10),
        milestone(
            6, "OFFER", "Offer walked through", "Purchasing has gone through the offer with us", .proposal,
            "meeting held", isBuyer: false, 8),
        milestone(
            7, "TERMS", "Terms agreed", "No open point is left in the contract", .negotiation, "document",
            isBuyer: true, 9),
        milestone(
            8, "DATE", "Day of signature named", "The signer has named the day", .negotiation, "e-mail",
            isBuyer: true, 6),
    ]

    var record: [String] {
        [
            id, name, description, stage.name, String(position), evidenceKind, String(isRequired),
            String(isBuyerAction), String(usualDays),
        ]
    }

    private static func milestone(
        _ position: Int, _ id: String, _ name: String, _ description: String, _ stage: SalesStage,
        _ evidence: String, isBuyer: Bool, _ days: Int
    ) -> SalesMilestone {
        SalesMilestone(
            id: "M-\(id)", name: name, description: description, stage: stage, position: position,
            evidenceKind: evidence, isRequired: position % 2 == 1, isBuyerAction: isBuyer, usualDays: days)
    }
}
