import Model

/// The deals that have a name in the story. They exist in every company, also in the plain one,
/// where they are as quiet as any; facts change their lives.
enum Cast {
    static let brightwater = 1
    static let kestrel = 2
    static let orbis = 3
    static let fairholt = 4
    static let calder = 5
    static let sandrin = 6
    static let lowmere = 7
    static let ostrander = 8
    static let tarnbrook = 9
    static let pellicor = 10
    /// The first of Tom Iversen's three.
    static let marlowe = 11
    static let vantry = 14
    static let corrigan = 15

    static func deals(of organisation: Organisation) -> [ScriptedDeal] {
        func deal(
            _ number: Int, _ name: String, _ industry: String, _ team: SalesTeam, owner place: Int,
            _ cents: Int, _ category: DealCategory, closes: Day, created: Day, settled: Day,
            _ ending: SalesStage? = nil
        ) -> ScriptedDeal {
            ScriptedDeal(
                number: number, accountName: AccountNames.Name(full: name, industry: industry),
                team: team, owner: organisation.seller(place, of: team), amount: cents,
                category: category, closeDate: closes, created: created, settled: settled,
                ending: ending)
        }
        func day(_ month: Int, _ dayOfMonth: Int) -> Day { Frame.day(2026, month, dayOfMonth) }

        return [
            // 420,000.00 and 180,000.00 dollars at plan.
            deal(
                brightwater, "Brightwater", "Utilities", .emea, owner: 3, 38_181_818, .commit,
                closes: Frame.day(2027, 1, 22), created: day(5, 11), settled: day(11, 5)),
            deal(
                kestrel, "Kestrel", "Machinery", .emea, owner: 5, 16_363_636, .commit,
                closes: Frame.day(2027, 1, 15), created: day(7, 6), settled: day(11, 9)),
            deal(
                orbis, "Orbis", "Electronics", .west, owner: 4, 11_260_000, .commit,
                closes: day(12, 18), created: day(6, 23), settled: day(11, 10)),
            deal(
                fairholt, "Fairholt Paper", "Pulp and paper", .west, owner: 6, 15_000_000, .commit,
                closes: day(11, 24), created: day(6, 2), settled: day(11, 6), .lost),
            deal(
                calder, "Calder Mills", "Pulp and paper", .east, owner: 2, 25_850_000, .commit,
                closes: day(12, 3), created: day(4, 20), settled: day(11, 4), .won),
            deal(
                sandrin, "Sandrin Pharma", "Life sciences", .east, owner: 4, 15_130_000, .commit,
                closes: day(12, 22), created: day(7, 14), settled: day(11, 12)),
            deal(
                lowmere, "Lowmere Dairies", "Food and beverage", .east, owner: 7, 11_890_000, .commit,
                closes: day(12, 17), created: day(8, 4), settled: day(11, 13)),
            deal(
                ostrander, "Ostrander Laboratories", "Life sciences", .west, owner: 2, 13_980_000, .commit,
                closes: day(12, 21), created: day(6, 30), settled: day(11, 11)),
            deal(
                tarnbrook, "Tarnbrook Steel", "Metals and mining", .east, owner: 1, 22_170_000, .commit,
                closes: day(12, 16), created: day(5, 26), settled: day(10, 29)),
            deal(
                pellicor, "Pellicor Water", "Utilities", .west, owner: 0, 17_090_000, .commit,
                closes: day(12, 15), created: day(6, 15), settled: day(11, 3)),
            // Tom Iversen's: 350,000.00 together, and all that he has.
            deal(
                marlowe, "Marlowe Cement", "Building materials", .east, owner: 0, 8_840_000, .commit,
                closes: day(12, 14), created: day(3, 9), settled: day(10, 8)),
            deal(
                marlowe + 1, "Ingleby Foods", "Food and beverage", .east, owner: 0, 11_390_000, .bestCase,
                closes: day(12, 18), created: day(3, 23), settled: day(10, 1)),
            deal(
                marlowe + 2, "Quarrant Glass", "Building materials", .east, owner: 0, 14_770_000, .pipeline,
                closes: day(12, 29), created: day(3, 30), settled: day(9, 24)),
            // Two wins of whose orders finance has its own view.
            deal(
                vantry, "Vantry Logistics", "Logistics", .west, owner: 1, 8_000_000, .commit,
                closes: day(11, 20), created: day(6, 10), settled: day(10, 27), .won),
            deal(
                corrigan, "Corrigan Freight", "Logistics", .east, owner: 1, 6_420_000, .commit,
                closes: Frame.day(2025, 5, 14), created: Frame.day(2025, 1, 20),
                settled: Frame.day(2025, 4, 24), .won),
        ]
    }

    /// Beside his three deals Tom Iversen has nothing open in the quarter up to the present, and
    /// has closed nothing in it.
    static func leavesRoom(for tomIversen: Int, in quarter: Period) -> BackgroundDeals.Admission {
        { deal in
            deal.days(quarter.start...Frame.present) { state in
                guard state.owner == tomIversen else { return true }
                let isOld = state.closeDate.map { $0 < quarter.start } ?? false
                return !state.stage.isOpen && isOld
            }
        }
    }
}
