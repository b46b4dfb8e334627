import Model

/// Answers to draw. Amounts are in cents so that exact and short forms differ.
enum Samples {
    static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

    static func amount(_ text: String) -> AnswerValue { Amount(text).map { .amount($0) } ?? .null }

    static let passport = Passport(
        question: "forecast", metrics: ["forecast/1"], asOf: day("2026-12-07"),
        snapshotDay: day("2026-12-07"), load: 119, filters: [], rowCount: 1234,
        programVersion: "0.1.0")

    /// The company of the sample, FY2026Q4, with two people of one team.
    static var forecast: Answer {
        func money(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: "USD", isDetail: isDetail)
        }
        func row(
            _ node: String, _ level: String, _ figures: [String], _ attainment: Double?,
            _ coverage: Double?, _ style: AnswerTable.RowStyle
        ) -> AnswerTable.Row {
            let rates = [attainment, coverage].map { $0.map { AnswerValue.rate($0) } ?? .null }
            return .init([.text(node), .text(level)] + figures.map(amount) + rates, style: style)
        }
        let columns =
            [
                AnswerColumn("node", title: "Team", kind: .text),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                money("closed", "Closed"), money("commit", "Commit"), money("best_case", "Best case"),
                money("pipeline", "Pipeline"), money("call", "Call"), money("budget", "Budget"),
                money("gap", "Gap"),
            ] + [
                AnswerColumn("attainment", title: "Attainment", kind: .rate, unit: "%"),
                AnswerColumn("coverage_to_go", title: "Coverage to go", kind: .rate, unit: "x"),
            ]
        let rows = [
            row(
                "East", "team", ["1650000", "700000", "450000", "600000", "2550000", "2400000", "-150000"],
                0.6875, 2.3333, .plain),
            row(
                "Dana Ortiz", "person", ["400000.25", "0", "150000", "", "", "", ""],
                nil, nil, .indented(1)),
            row(
                "West", "team", ["1500000", "600000", "550000", "800000", "", "2400000", "300000"],
                0.625, 2.1667, .plain),
            row(
                "EMEA", "team", ["950000", "1000000", "600000", "800000", "2450000", "2400000", "-50000"],
                0.395833, 1.6552, .plain),
            row(
                "Company", "company",
                ["4100000", "2300000", "1600000", "2200000", "7100000", "7200000", "100000"],
                0.569444, 1.9677, .total),
        ]
        return Answer(
            question: "forecast",
            headline: """
                The call is \(Amount(7_100_000), "USD"), \(Amount(100_000), "USD") under budget; deals support \
                \(Amount(6_400_000), "USD") (\(percent: 6.4 / 7.1) of it)
                """,
            tables: [
                AnswerTable(
                    name: "forecast", title: "FY2026Q4", columns: columns, rows: rows,
                    notes: ["West called nothing; its deals are counted."])
            ],
            warnings: [
                AnswerWarning(
                    "override_rot",
                    """
                    EMEA's call of 2026-11-16 rests on \(Amount(2_550_000), "USD") of deals; they say \
                    \(Amount(1_950_000), "USD") now
                    """)
            ],
            passport: passport)
    }

    /// One table of text and money in its own column, with everything that is awkward.
    static var deals: Answer {
        let columns = [
            AnswerColumn("deal", title: "Deal", kind: .text),
            AnswerColumn("owner", title: "Owner", kind: .text),
            AnswerColumn("amount", title: "Amount", kind: .amount, unit: "EUR"),
            AnswerColumn("close_date", title: "Close", kind: .day),
            AnswerColumn("pushes", title: "Pushes", kind: .integer),
            AnswerColumn("past_due", title: "Past due", kind: .boolean),
        ]
        return Answer(
            question: "deals", headline: "\(4) deals of \(Amount(1_234), "EUR")",
            tables: [
                AnswerTable(
                    name: "deals", columns: columns,
                    rows: [
                        .init([
                            .text("東京電力 renewal"), .text("José"), amount("420000.55"),
                            .day(day("2026-12-31")), .integer(3), .boolean(false),
                        ]),
                        .init([
                            .text("=SUM(A1), \"quoted\""), .text("-Ana | Bo"), amount("-18000"),
                            .day(day("2027-01-15")), .integer(-1), .boolean(true),
                        ]),
                        .init([
                            .text("Tab\there\r\nand\u{1B}[31m red"), .text("🚀 e\u{301}"), amount("0"),
                            .null, .integer(0), .null,
                        ]),
                        .init([.null, .null, .null, .null, .null, .null]),
                    ], totalRows: 1234)
            ],
            passport: passport)
    }
}
