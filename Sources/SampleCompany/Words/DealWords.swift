/// What people write into the fields of a deal.
enum DealWords {
    static let leadSources = [
        "Website", "Website", "Webinar", "Webinar", "Partner", "Partner", "Referral", "Trade show",
        "Outbound", "Outbound", "Customer success",
    ]

    static let lossReasons = [
        "Price", "Competitor", "Missing feature", "Timing", "Lost contact", "In-house solution",
    ]

    static let noDecisionReasons = ["No decision", "Budget withdrawn", "Project postponed"]

    /// By stage, from Prospecting to Negotiation.
    static let nextSteps = [
        [
            "Intro call", "Send company overview", "Find the technical contact", "Follow up by phone",
            "Book discovery call", "Research plant layout",
        ],
        [
            "Discovery call with operations", "Confirm budget owner", "Map decision makers",
            "Ask for current measurement data", "Agree on evaluation criteria", "Site visit",
        ],
        [
            "Demo for plant engineers", "Prepare pilot in line 2", "Send application note",
            "Workshop on integration", "Review pilot data", "Reference call", "Check calibration needs",
        ],
        [
            "Send proposal", "Walk through offer with purchasing", "Revise scope, option B",
            "Clarify delivery dates", "ROI review with finance", "Second quote \"turnkey\"",
        ],
        [
            "Legal review of contract", "Agree on payment terms", "Get purchase order",
            "Security questionnaire", "Final price approval", "Signature by board", "Kick-off date",
        ],
    ]
}
