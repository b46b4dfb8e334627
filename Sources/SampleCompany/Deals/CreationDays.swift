import Model

/// On which day each deal of the background is created: a rising function of its index, so that
/// deals can be drawn one by one and those of a night are the first so many.
struct CreationDays: Sendable {
    /// How many are created up to the present.
    let countToPresent: Int
    /// How many are created up to the end of the story.
    let count: Int

    /// Thousandths of deals created up to and including each day from `Frame.firstCreation`.
    private let cumulative: [Int]
    private let toPresent: Int

    /// Days for `total` deals up to the present, of which those created on `taken` exist already.
    init(total: Int, taken: [Day]) {
        let days = Frame.end - Frame.firstCreation
        let shares = (0..<days).map { CreationDays.share(of: Frame.firstCreation + $0) }
        let presentIndex = Frame.present - Frame.firstCreation
        let sum = max(1, shares[0...presentIndex].reduce(0, +))
        var thousandths = shares.map { $0 * total * 1000 / sum }
        let natural = thousandths
        for day in taken {
            // Make room around the day, but never empty it: a fifth of the natural number stays.
            for index in (day - Frame.firstCreation - 10)...(day - Frame.firstCreation + 10)
            where thousandths.indices.contains(index) {
                thousandths[index] = max(natural[index] / 10, thousandths[index] - 1600 / 15)
            }
        }
        var running = 0
        cumulative = thousandths.map { share in
            running += share
            return running
        }
        countToPresent = max(0, total - taken.filter { $0 <= Frame.present }.count)
        toPresent = max(1, cumulative[presentIndex])
        count = countToPresent * running / toPresent
    }

    /// The day of the deal of that index.
    func day(of index: Int) -> Day {
        let position = (2 * index + 1) * toPresent / (2 * max(1, countToPresent))
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > position { high = middle } else { low = middle + 1 }
        }
        return Frame.firstCreation + low
    }

    /// How many deals a day brings beside others: the company grows, nobody works on holidays, and
    /// summer's deals make the fourth quarter the largest.
    private static func share(of day: Day) -> Int {
        guard WorkDays.contains(day) else { return 0 }
        let age = day - Frame.firstCreation
        let growth = 1000 + age * 400 / 1260
        // Most deals of the half year before the exports closed before they begin.
        let survival = min(1000, 150 + age * 850 / 184)
        return growth * seasons[day.civil.month - 1] * survival / 1000
    }

    /// January to December.
    private static let seasons = [100, 100, 105, 108, 114, 126, 122, 112, 112, 94, 90, 72]
}
