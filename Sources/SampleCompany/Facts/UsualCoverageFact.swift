import Model

extension PlantedFact {
    /// The half of fact 9 that is history's.
    static let usualCoverage = PlantedFact(
        "usual-coverage",
        """
        With 24 days of a quarter left 2.9 times the next quarter's budget was usually open in it: the median of \
        the last four quarters and of the last eight
        """
    ) { story in
        story.usualCoverage = [
            ("FY2024Q4", 3200), ("FY2025Q1", 2850), ("FY2025Q2", 2750), ("FY2025Q3", 3100),
            ("FY2025Q4", 2950), ("FY2026Q1", 2950), ("FY2026Q2", 2850), ("FY2026Q3", 2050),
        ].map { UsualCoverage.Target(label: $0.0, perMille: $0.1) }
    }
}
