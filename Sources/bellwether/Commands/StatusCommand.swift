import Answers
import ArgumentParser
import Foundation

struct StatusCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say whether last night is in and all is well.",
        discussion: """
            Examples:

              bellwether status
              bellwether status --max-age 30h --due 07:30
              bellwether status --tables --format json

            Ends with 0 when all is well and with 4 when a person is needed: nothing is loaded, a day that is due is
            missing, the newest load is older than --max-age, or the last run published nothing. 69: no database.
            A day is due from --due on, in the company's time zone, on the day after it; which days are expected is
            said by `expected` in the mapping.
            """.asHelp)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "So old may the newest load be: 90m, 30h or 3d. Default: any age.", valueName: "span"))
    var maxAge: TimeSpan?
    @Option(
        name: .long,
        help: ArgumentHelp("By then the exports of the day before are to be in.", valueName: "hh:mm"))
    var due = TimeOfDay(minutes: 6 * 60)
    @Flag(name: .long, help: "Count the versions of each entity too, which reads every table once.")
    var tables = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let now = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
        let question = StatusQuestion(
            now: now, dueMinutes: due.minutes, maxAge: maxAge?.seconds,
            countsVersions: tables)
        let answer = try question.answer(from: session.warehouse())
        try Output.print(answer, output)
        if let failure = StatusQuestion.failure(answer) { throw failure }
    }
}

/// A span such as 90m, 30h or 3d.
struct TimeSpan: ExpressibleByArgument, Equatable {
    let seconds: Int

    init?(argument: String) {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }), let count = Int(argument.dropLast()),
            (1...100_000).contains(count)
        else { return nil }
        seconds = count * unit
    }
}

/// A time of the day, in minutes after midnight.
struct TimeOfDay: ExpressibleByArgument, CustomStringConvertible, Equatable {
    let minutes: Int

    init(minutes: Int) {
        self.minutes = minutes
    }

    init?(argument: String) {
        guard let match = argument.wholeMatch(of: /([01]?[0-9]|2[0-3]):([0-5][0-9])/),
            let hours = Int(match.1), let minutes = Int(match.2)
        else { return nil }
        self.minutes = hours * 60 + minutes
    }

    var description: String {
        let (hours, minutes) = (minutes / 60, minutes % 60)
        return (hours < 10 ? "0" : "") + "\(hours):" + (minutes < 10 ? "0" : "") + "\(minutes)"
    }
}
