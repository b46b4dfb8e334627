/// How a calendar of weeks divides its years: whole weeks, 52 or 53 a year, so that every period ends on the same day of
/// the week.
public struct WeekCalendar: Sendable, Hashable {
    /// The weeks of the three months of a quarter.
    public enum Pattern: String, Sendable, Hashable, CaseIterable {
        case fourFourFive = "445"
        case fourFiveFour = "454"
        case fiveFourFour = "544"

        /// The weeks of each month of a quarter.
        public var weeks: [Int] {
            switch self {
            case .fourFourFive: [4, 4, 5]
            case .fourFiveFour: [4, 5, 4]
            case .fiveFourFour: [5, 4, 4]
            }
        }
    }

    /// The day on which a year ends.
    public struct Anchor: Sendable, Hashable {
        /// Which day of that name.
        public enum Choice: String, Sendable, Hashable, CaseIterable {
            /// The last one of the year's last month.
            case last
            /// The one nearest to the end of the year's last month, before or after it.
            case nearest
        }

        /// The day of the week: 1 is Monday, 7 is Sunday.
        public let weekday: Int
        /// Which one.
        public let choice: Choice

        /// The last or nearest day of that weekday, 1…7.
        public init(weekday: Int, _ choice: Choice) {
            self.weekday = weekday
            self.choice = choice
        }

        /// The day on which a year ends whose last month ends on `monthEnd`.
        func day(near monthEnd: Day) -> Day {
            let latest =
                switch choice {
                case .last: monthEnd
                case .nearest: monthEnd + 3
                }
            return latest - (latest.weekday - weekday + 7) % 7
        }
    }

    /// Which month takes the 53rd week of a long year.
    public enum ExtraWeek: String, Sendable, Hashable, CaseIterable {
        case first, last
    }

    /// The weeks of the months.
    public let pattern: Pattern
    /// The day on which a year ends.
    public let anchor: Anchor
    /// Which month takes week 53.
    public let extraWeek: ExtraWeek

    /// A calendar of that pattern whose years end on the anchor.
    public init(_ pattern: Pattern, anchor: Anchor, extraWeek: ExtraWeek = .last) {
        self.pattern = pattern
        self.anchor = anchor
        self.extraWeek = extraWeek
    }

    /// The weeks of the twelve months of a year of so many weeks.
    func monthLengths(weeks: Int) -> [Int] {
        var lengths = (0..<4).flatMap { _ in pattern.weeks }
        lengths[extraWeek == .first ? 0 : 11] += weeks - 52
        return lengths
    }
}
