import Model

/// Deals with a part in what is told of movements: all of them over before the quarter of the present is told of, so that
/// no figure of it knows them. Like the rest of the cast they are in every company, and quiet where no fact touches them.
enum Latecomers {
    static let tolvane = 16
    static let ashgrove = 17
    static let redmire = 18
    static let castell = 19
    static let wickham = 20
    static let lakeland = 21
    static let lakeshore = 22
    static let lakeForest = 23
    static let grenholm = 24
    static let petrel = 25
    static let petrelAgain = 26
    static let corbell = 27
    static let dunmore = 28

    static let numbers = tolvane...dunmore
    /// How many deals there are more for them: one that was entered twice is none.
    static let count = numbers.count - 1

    static func deals(of organisation: Organisation) -> [ScriptedDeal] {
        func deal(
            _ number: Int, _ name: String, _ industry: String, _ team: SalesTeam, owner place: Int,
            _ cents: Int, _ category: DealCategory, _ ending: SalesStage, on closes: Day, created: Day
        ) -> ScriptedDeal {
            ScriptedDeal(
                number: number, accountName: AccountNames.Name(full: name, industry: industry),
                team: team, owner: organisation.seller(place, of: team), amount: cents,
                category: category, closeDate: closes, created: created, settled: day(8, 3 + number % 5),
                ending: ending)
        }
        return [
            deal(
                tolvane, "Tolvane Marine", "Machinery", .west, owner: 3, 9_000_000, .commit, .lost,
                on: day(9, 30), created: day(3, 11)),
            deal(
                ashgrove, "Ashgrove Plastics", "Chemicals", .west, owner: 3, 11_000_000, .commit, .lost,
                on: day(9, 30), created: day(3, 26)),
            deal(
                redmire, "Redmire Pumps", "Machinery", .west, owner: 3, 8_000_000, .bestCase, .lost,
                on: day(9, 30), created: day(4, 15)),
            deal(
                castell, "Castell Printing", "Pulp and paper", .west, owner: 3, 7_000_000, .bestCase, .lost,
                on: day(9, 30), created: day(4, 29)),
            deal(
                wickham, "Wickham Tools", "Machinery", .west, owner: 3, 5_000_000, .bestCase, .lost,
                on: day(9, 30), created: day(5, 13)),
            deal(
                lakeland, "Lakeland Timber", "Building materials", .west, owner: 6, 12_000_000, .commit, .won,
                on: day(9, 24), created: day(2, 18)),
            deal(
                lakeshore, "Lakeshore Foods", "Food and beverage", .west, owner: 6, 8_000_000, .bestCase,
                .lost, on: day(9, 28), created: day(4, 8)),
            deal(
                lakeForest, "Lake Forest Clinics", "Life sciences", .west, owner: 6, 10_000_000, .commit,
                .won,
                on: day(9, 25), created: day(3, 4)),
            deal(
                grenholm, "Grenholm Optics", "Electronics", .east, owner: 6, 14_000_000, .commit, .won,
                on: day(9, 28), created: day(2, 25)),
            deal(
                petrel, "Petrel Shipping", "Logistics", .west, owner: 7, 11_000_000, .commit, .won,
                on: day(9, 22), created: day(3, 18)),
            deal(
                petrelAgain, "Petrel Shipping Ltd", "Logistics", .west, owner: 7, 11_000_000, .commit, .lost,
                on: day(9, 10), created: day(5, 6)),
            deal(
                corbell, "Corbell Foundry", "Metals and mining", .west, owner: 2, 9_000_000, .commit, .won,
                on: day(9, 30), created: day(4, 1)),
            deal(
                dunmore, "Dunmore Seeds", "Food and beverage", .west, owner: 2, 9_000_000, .commit, .won,
                on: day(9, 25), created: day(4, 22)),
        ]
    }

    /// Nothing of them is ever expected outside of their own quarter.
    static func quieten(_ deal: inout DealLife, closing day: Day) {
        deal.rewrite(
            from: deal.created, to: day - 1,
            with: [DealChange(day: deal.created, minute: 600, field: .closeDate(day))])
    }

    static func day(_ month: Int, _ dayOfMonth: Int) -> Day { Frame.day(2026, month, dayOfMonth) }
}
