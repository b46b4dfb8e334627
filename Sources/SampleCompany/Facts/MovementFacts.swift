import Model

extension PlantedFact {
    /// Pushed out when nobody has time to ask.
    static let bulkPush = PlantedFact(
        "bulk-push",
        """
        On Tuesday 2026-09-29 between 17:02 and 17:14 one person of West pushes five deals of FY2026Q3 to 2026-12-18, 0.40 \
        together, two of them (0.20) in commit; by 2026-10-12 all five are lost
        """
    ) { story in
        for (place, number) in Latecomers.pushed.enumerated() {
            story.edit(number) { deal in
                deal.rewriteAll(
                    after: Latecomers.day(9, 28),
                    [
                        DealChange(
                            day: Latecomers.day(9, 29), minute: 1022 + 3 * place,
                            field: .closeDate(Latecomers.day(12, 18)))
                    ] + DealChange.loss(on: Latecomers.day(10, 12), minute: 600 + 5 * place, "Timing"))
            }
        }
    }

    /// Deals that change team without a change of their own.
    static let handOver = PlantedFact(
        "hand-over",
        """
        On Monday 2026-09-14 the lakes' territory goes from West to East: Lakeland Timber 0.12, Lakeshore Foods 0.08 and \
        Lake Forest Clinics 0.10, all of FY2026Q3, 0.22 of it in commit
        """
    ) { story in
        let heir = story.organisation.seller(5, of: .east)
        for number in Latecomers.lakes {
            let change = DealChange(day: Latecomers.day(9, 14), minute: 560 + number, field: .owner(heir))
            story.edit(number) { $0.rewrite(from: change.day, to: change.day, with: [change]) }
        }
    }

    /// A loss that was none.
    static let reopenedLoss = PlantedFact(
        "reopened-loss",
        """
        Grenholm Optics, 0.14 in East's commit for FY2026Q3, is lost on 2026-09-03, back in commit on 2026-09-15 and won \
        on 2026-09-28
        """
    ) { story in
        let lost = Latecomers.day(9, 3)
        let back = Latecomers.day(9, 15)
        story.edit(Latecomers.grenholm) { deal in
            deal.rewrite(
                from: lost, to: Latecomers.day(9, 27),
                with: DealChange.loss(on: lost, minute: 985, "Competitor") + [
                    DealChange(day: back, minute: 620, field: .stage(.negotiation)),
                    DealChange(day: back, minute: 620, field: .category(.commit)),
                    DealChange(day: back, minute: 620, field: .closeDate(Latecomers.day(9, 28))),
                    DealChange(day: back, minute: 620, field: .lossReason("")),
                ])
        }
    }

    /// One deal entered twice.
    static let mergedDuplicate = PlantedFact(
        "merged-duplicate",
        """
        Petrel Shipping Ltd, 0.11 in West's commit for FY2026Q3, is merged into Petrel Shipping on 2026-09-10: it leaves \
        the exports, and merged_record names both
        """
    ) { story in
        story.merges.append(
            DealMerge(
                gone: Latecomers.petrelAgain, survivor: Latecomers.petrel, day: Latecomers.day(9, 10)))
        story.edit(Latecomers.petrelAgain) { $0.removed = Latecomers.day(9, 10) }
    }

    /// A rate that is wrong for three nights.
    static let currencyShock = PlantedFact(
        "currency-shock",
        """
        In the nights of 2026-08-18 to 2026-08-20 the plan's rate of FY2026 is 1.04 dollars for a euro; before and after it \
        is 1.10
        """
    ) { story in
        story.rateShock = ExchangeRates.Shock(
            days: Latecomers.day(8, 18)...Latecomers.day(8, 20), rate: "1.04")
    }

    /// A restated quarter whose sum stands.
    static let lateBooking = PlantedFact(
        "late-booking",
        """
        FY2026Q3 is frozen on 2026-10-05; on 2026-10-09 Corbell Foundry 0.09 is won with the date of 2026-09-30, and on \
        2026-10-12 Dunmore Seeds 0.09, won on 2026-09-25, is lost after all: two restatements of West that come to nothing
        """
    ) { story in
        story.edit(Latecomers.corbell) { deal in
            deal.rewriteAll(
                after: Latecomers.day(9, 29),
                DealChange.win(
                    on: Latecomers.day(10, 9), minute: 552, dated: Latecomers.day(9, 30)))
        }
        story.edit(Latecomers.dunmore) { deal in
            deal.rewriteAll(
                after: Latecomers.day(10, 11),
                DealChange.loss(on: Latecomers.day(10, 12), minute: 880, "In-house solution"))
        }
    }
}

extension Latecomers {
    /// The deals that are pushed together.
    static let pushed = [tolvane, ashgrove, redmire, castell, wickham]
    /// Those of the territory that is handed over.
    static let lakes = [lakeland, lakeshore, lakeForest]
}

/// A deal that was entered twice.
struct DealMerge: Sendable {
    /// The number of the one that is no more.
    let gone: Int
    /// The number of the one into which it was merged.
    let survivor: Int
    let day: Day

    /// The record of merged_record.csv with its line feed.
    var record: [UInt8] {
        var text = CSVText()
        text.cell("M-\(numberedID("D", gone))")
        text.cell("opportunity")
        text.cell(numberedID("D", gone))
        text.cell(numberedID("D", survivor))
        text.cell(day)
        text.endLine()
        return text.bytes
    }
}

extension DealChange {
    /// All that is entered when a deal is lost.
    static func loss(on day: Day, minute: Int, _ reason: String) -> [DealChange] {
        [.stage(.lost), .category(.omitted), .closeDate(day), .lossReason(reason)].map { (field: Field) in
            DealChange(day: day, minute: minute, field: field)
        }
    }

    /// All that is entered when a deal is won, with a date of its own where it is not the day's.
    static func win(on day: Day, minute: Int, dated date: Day? = nil, amount: Int? = nil) -> [DealChange] {
        var fields: [Field] = [.stage(.won), .category(.closed), .closeDate(date ?? day)]
        if let amount { fields.append(.amount(amount)) }
        return fields.map { DealChange(day: day, minute: minute, field: $0) }
    }
}
