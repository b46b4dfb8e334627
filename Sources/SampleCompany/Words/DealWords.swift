/// What people write into the fields of a deal.
enum DealWords {
    static let leadSources = [
        "Website", "Website", "Webinar", "Webinar", "Partner", "Partner", "Referral", "Trade show",
        "Outbound", "Outbound", "Customer success",
    ]

    static let lossReasons = [
        "Price", "Competitor", "Missing feature", "Timing", "Lost contact", "In-house solution",
    ]

    /// Who else sells such instruments.
    static let competitors: [(id: String, name: String)] = [
        ("C-OSTARA", "Ostara Metering"), ("C-VELTRON", "Veltron Sensors"),
        ("C-KIRCHBERG", "Kirchberg AG"),
        ("C-NIPPON", "Aoyama Flow"),
    ]

    /// What customers want to be better for what they bought.
    static let successFactors = [
        "Less downtime of line 2", "Fewer rejects", "Shorter calibration", "Less energy a batch",
    ]

    static let noDecisionReasons = ["No decision", "Budget withdrawn", "Project postponed"]

    /// By kind of activity.
    static let activitySubjects = [
        "email": [
            "Proposal questions", "Notes of our call", "Pilot data", "Delivery dates", "Contract draft",
            "Reference customers", "Price list",
        ],
        "call": [
            "Check in", "Purchasing", "Budget and timing", "Technical questions", "Decision process",
        ],
        "meeting": ["Demo", "Workshop", "Site visit", "Offer review", "Pilot review", "Executive meeting"],
        "task": ["Prepare quote", "Update proposal", "Order test unit", "Draft business case"],
    ]

    static let activityOutcomes = [
        "Next step agreed", "Next step agreed", "Follow-up needed", "No answer yet", "Decision postponed",
    ]

    /// Why an owner puts a deal where it is.
    static let callReasons: [DealCategory: [String]] = [
        .commit: [
            "Verbal order, contract with legal", "Purchase requisition approved", "Signature date agreed",
            "Terms agreed, waiting for the order",
        ],
        .bestCase: [
            "Preferred vendor, budget not released", "Decision maker on leave until the month's end",
            "Needs the board's approval", "Pilot passed, price still open",
        ],
        .pipeline: [
            "Evaluation under way", "Competitor in the race", "No access to the decision maker yet",
        ],
        .omitted: ["Not in this quarter"],
    ]

    /// What leads note beside a call.
    static let callNotes = [
        "As discussed in the forecast meeting", "Renewals on track", "Month's end looks good",
        "Some risk in the larger deals", "Waiting for two signatures", "No change to last week", "",
    ]

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
