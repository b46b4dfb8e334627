import Intake
import Model

/// How the warehouse is: what came in last, what is due, what went wrong since.
public struct OperatingStatus: Sendable {
    /// The newest published load.
    public struct LastLoad: Sendable {
        /// Its number.
        public let number: Int
        /// Its day.
        public let day: Day
        /// Whether it took another load back.
        public let isUndo: Bool
        /// When it was published, in UTC to the minute.
        public let publishedAt: String
        /// The seconds from then to the time of the question.
        public let age: Double
        /// How long it took, in seconds.
        public let seconds: Double
        /// Rows read, over all entities.
        public let read: Int
        /// Rows set aside.
        public let rejected: Int
        /// Who ran it.
        public let loadedBy: String
    }

    /// One source: what is there of it, and what is due.
    public struct Source: Sendable {
        /// The source.
        public let name: String
        /// The newest day of which a snapshot counts.
        public let newestDay: Day
        /// The newest load that brought a snapshot of it.
        public let load: Int
        /// The seconds from its publishing to the time of the question.
        public let age: Double
        /// The days on which a snapshot is expected; nil when its mapping cannot be read any more.
        public let expected: Mapping.ExpectedDays?
    }

    /// A run that published nothing, after the newest load.
    public struct FailedAttempt: Sendable {
        /// Its number.
        public let number: Int
        /// The day it was to load.
        public let day: Day?
        /// The stable code of what ended it.
        public let code: String
        /// What ended it, in a sentence.
        public let message: String
        /// When it ended, in UTC to the minute.
        public let endedAt: String
    }

    /// A load, undo, prune or upgrade that runs now.
    public struct Running: Sendable {
        /// The server's process.
        public let process: Int
        /// The database user.
        public let user: String
        /// Since when, in UTC to the minute; nil where the user may not see it.
        public let since: String?
    }

    /// One entity's history.
    public struct History: Sendable {
        /// The entity.
        public let entity: String
        /// How many versions there are.
        public let versions: Int
        /// Of these: those that hold now.
        public let current: Int
        /// Of these: those that the warehouse knows better than.
        public let superseded: Int
        /// Bytes of the table with its indexes.
        public let bytes: Int
    }

    /// The newest published load; nil before the first.
    public internal(set) var lastLoad: LastLoad?
    /// The newest load that is no undo, and the seconds since it was published; nil before the first.
    public internal(set) var newestSnapshot: (load: Int, age: Double)?
    /// How many days were due and are missing, the newest of all left aside.
    public internal(set) var gaps = 0
    /// The sources, by name.
    public internal(set) var sources: [Source] = []
    /// The newest run after the newest load that published nothing; nil when there is none. To take a load back
    /// brings nothing in, and mends no run.
    public internal(set) var failed: FailedAttempt?
    /// Whether the user may not see the runs that published nothing.
    public internal(set) var attemptsAreHidden = false
    /// What runs now; nil when nothing does.
    public internal(set) var running: Running?
    /// Bytes of the whole database.
    public internal(set) var databaseBytes = 0
    /// Bytes of all versions with their indexes.
    public internal(set) var historyBytes = 0
    /// The entities' histories, when asked for.
    public internal(set) var histories: [History] = []
    /// The date and the minutes since midnight in the company's time zone, at the time of the question.
    public internal(set) var today = Day(number: 0)
    /// The minutes since midnight there.
    public internal(set) var minutes = 0
}

extension OperatingStatus.Source {
    /// The word for the expected days, as the mapping has it; nil when that cannot be read any more.
    public var expectedName: String? { expected?.rawValue }

    /// The first day after the newest one that is expected, when its exports are due: the day has ended, and what
    /// is loaded overnight has had its time. Nil while nothing is due.
    ///
    /// - Parameter lastDue: The newest day whose exports would be due now.
    public func missingDay(lastDue: Day) -> Day? {
        guard let next = expected?.day(after: newestDay), next <= lastDue else { return nil }
        return next
    }
}
