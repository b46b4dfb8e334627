import Model

/// The records of opportunity_split.csv of a night: who shares the credit of which deal.
struct SplitRecords {
    /// Records, each with its line feed.
    private(set) var records: [[UInt8]] = []

    init(_ company: Company, night: Day) {
        for deal in company.plantedDeals where deal.created <= night {
            for split in deal.splits {
                let person = company.organisation.people[split.person].id
                var text = CSVText()
                text.line(
                    [
                        "\(deal.id)-\(person)\(split.isOverlay ? "-overlay" : "")", deal.id, person,
                        split.isOverlay ? "overlay" : "revenue", String(split.percent), "", "", "",
                    ])
                records.append(text.bytes)
            }
        }
    }
}
