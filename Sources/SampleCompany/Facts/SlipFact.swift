import Model

extension PlantedFact {
    private static let reference = Frame.present - 7

    /// Facts 2 and 3 of the story: 6.72 becomes 6.40.
    static let slip = PlantedFact(
        "slip",
        """
        From 2026-11-30 to 2026-12-07 closed + commit of FY2026Q4 moves by -0.32: Brightwater 0.42 and \
        Kestrel 0.18 slip to January on Friday 2026-12-04 at 17:40, Fairholt Paper 0.15 is lost, Calder \
        Mills closes 0.08 below its amount, 0.41 enters commit, two amounts rise by 0.10
        """
    ) { story in
        slipToJanuary(&story)
        lose(&story)
        enterCommit(&story)
        changeAmounts(&story)
        // Nothing else may move in that week.
        let quarter = story.quarter
        story.admissions.append { deal in
            firm(deal, in: quarter, on: reference) == firm(deal, in: quarter, on: Frame.present)
        }
    }

    /// What a deal adds to a quarter's closed + commit, in cents of its currency.
    private static func firm(_ deal: DealLife, in quarter: Period, on day: Day) -> Int {
        guard let state = deal.state(on: day), let amount = state.amount,
            let column = state.column(in: quarter), column == .closed || column == .commit
        else { return 0 }
        return amount
    }

    private static func slipToJanuary(_ story: inout Story) {
        let dates: [(number: Int, before: Day, after: Day)] = [
            (Cast.brightwater, Frame.day(2026, 12, 18), Frame.day(2027, 1, 22)),
            (Cast.kestrel, Frame.day(2026, 12, 21), Frame.day(2027, 1, 15)),
        ]
        let friday = Frame.day(2026, 12, 4)
        for (number, before, after) in dates {
            story.edit(number) { deal in
                deal.rewrite(
                    from: deal.created, to: Frame.present,
                    with: [
                        DealChange(day: deal.created, minute: 600, field: .closeDate(before)),
                        DealChange(day: friday, minute: 17 * 60 + 40, field: .closeDate(after)),
                    ])
                // Without activity: the last next step is three weeks old.
                deal.silence(from: Frame.day(2026, 11, 14), to: Frame.present)
            }
        }
    }

    private static func lose(_ story: inout Story) {
        let quietEnd = Frame.day(2026, 11, 24)
        story.edit(Cast.fairholt) { deal in
            let expected = DealChange.Field.closeDate(Frame.day(2026, 12, 17))
            deal.rewrite(
                from: deal.created, to: quietEnd - 1,
                with: [DealChange(day: deal.created, minute: 600, field: expected)])
            deal.reschedule(from: quietEnd, to: Frame.day(2026, 12, 2))
        }
    }

    private static func enterCommit(_ story: inout Story) {
        let entries: [(number: Int, day: Day)] = [
            (Cast.sandrin, Frame.day(2026, 12, 1)),
            (Cast.ostrander, Frame.day(2026, 12, 2)),
            (Cast.lowmere, Frame.day(2026, 12, 4)),
        ]
        for (number, day) in entries {
            story.edit(number) { deal in
                deal.rewrite(
                    from: Frame.day(2026, 11, 9), to: Frame.present,
                    with: [
                        DealChange(day: Frame.day(2026, 11, 9), minute: 640, field: .category(.bestCase)),
                        DealChange(day: day, minute: 905, field: .category(.commit)),
                    ])
            }
        }
    }

    private static func changeAmounts(_ story: inout Story) {
        let changes: [(number: Int, before: Int, day: Day, after: Int)] = [
            (Cast.calder, 33_850_000, Frame.day(2026, 12, 3), 25_850_000),
            (Cast.tarnbrook, 16_420_000, Frame.day(2026, 12, 1), 22_170_000),
            (Cast.pellicor, 12_840_000, Frame.day(2026, 12, 3), 17_090_000),
        ]
        for (number, before, day, after) in changes {
            story.edit(number) { deal in
                deal.rewrite(
                    from: deal.created, to: Frame.present,
                    with: [
                        DealChange(day: deal.created, minute: 600, field: .amount(before)),
                        DealChange(day: day, minute: 930, field: .amount(after)),
                    ])
            }
        }
    }
}
