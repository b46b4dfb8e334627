import Model

/// How many leads of each source become deals, and how many deals began as leads.
struct LeadHabits: Sendable {
    /// What is usual of a source.
    struct Source: Sendable {
        /// Thousandths of its leads that become deals.
        var converting: Int
        /// The same from `LeadHabits.change` on.
        var convertingLater: Int
        /// Thousandths of its deals that began as a lead.
        let born: Int
    }

    /// From this day on a fact may have changed a source.
    static let change = Frame.day(2026, 9, 14)
    /// The CRM keeps leads from this day on.
    static let firstDay = Frame.day(2026, 1, 5)

    private(set) var sources: [String: Source] = [
        "Webinar": source(120, born: 650), "Partner": source(180, born: 400),
        "Website": source(90, born: 160),
        "Referral": source(220, born: 400), "Trade show": source(80, born: 220),
        "Outbound": source(60, born: 90), "Customer success": source(250, born: 400),
    ]

    /// From the change on so many thousandths of a source's leads become deals.
    mutating func change(_ name: String, to converting: Int) {
        sources[name]?.convertingLater = converting
    }

    private static func source(_ converting: Int, born: Int) -> Source {
        Source(converting: converting, convertingLater: converting, born: born)
    }
}

/// What is known of a deal when it is created: enough to tell of the lead that it was.
struct DealOrigin: Sendable {
    let number: Int
    let source: String
    let created: Day
    /// The index of the first owner in the organisation's people.
    let owner: Int
    let team: SalesTeam
}
