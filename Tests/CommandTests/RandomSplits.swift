import TestSupport

/// Splits of the deals of a random company, in which whatever can be odd is odd somewhere.
struct RandomSplits {
    private var random: SeededGenerator

    /// The splits of a seed.
    init(seed: UInt64) {
        random = SeededGenerator(seed: seed &* 7919)
    }

    /// A night's export: about a third of the deals that there may be are shared by up to four splits.
    mutating func export() -> String {
        var lines = ["id,opportunity_id,person_id,kind,percent,amount,currency"]
        for deal in (1...78).map({ "d\($0)" }) + [""] where draw(0...2) == 0 {
            for _ in 0...draw(0...3) {
                let isAmount = draw(0...4) == 0
                let percent =
                    isAmount ? "" : pick(["50", "33.333333", "60", "100", "0", "-10", "12.5", "25", "40"])
                let amount = isAmount ? pick(["1000", "250000.5", "0.01", "-5", ""]) : pick(["", "", "77"])
                lines.append(
                    [
                        "s\(lines.count)", deal, pick((1...6).map { "p\($0)" } + ["p98", ""]),
                        pick(["revenue", "revenue", "revenue", "overlay", "credit", ""]), percent, amount,
                        pick(["", "USD", "EUR", "GBP"]),
                    ].joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
}
