import Answers
import ArgumentParser
import Model
import Render

/// Where the warehouse is: the same for every verb.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The server: a URL or keywords as libpq takes them. Default: BELLWETHER_DB, then libpq's own PG* variables, else a private server.",
            valueName: "url"))
    var db: String?
}

/// Which day and which knowledge: the same for every question.
struct ClockOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The day to answer for, as 2026-11-30. Default: the newest snapshot.", valueName: "day"))
    var asOf: Day?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What the warehouse knew then: a load's number, a day or a time. Default: now.",
            valueName: "load|time"))
    var asKnown: String?
}

/// What counts of a quota before its person is ramped: the same for every question about quotas.
struct RampOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The share of a quota that counts on a day before the person is ramped, such as 0.5. Default: all of it.",
            valueName: "share"))
    var ramp: Amount = Amount(1)

    func validate() throws {
        guard ramp >= .zero, ramp <= Amount(1) else {
            throw ValidationError("--ramp is a share from 0 to 1, such as 0.5.")
        }
    }
}

/// Which day, which knowledge, which period, which part of the organisation: the same for every question.
struct ScopeOptions: ParsableArguments {
    @OptionGroup var clocks: ClockOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "FY2026Q4, FY2026, FY2026M11, this, next, following, last or all.", valueName: "period"))
    var period: String = "this"

    @Option(name: .long, help: ArgumentHelp("Only this team and those below it.", valueName: "name"))
    var team: String?

    @Option(name: .long, help: ArgumentHelp("Only this person.", valueName: "name"))
    var person: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "By which organisation deals count: as-was (open ones by that of the day asked for, closed ones by that of the day they closed), as-is (today's) or that of a day. Default: as-was.",
            valueName: "as-was|as-is|day"))
    var org: String?

    func validate() throws {
        if team != nil, person != nil { throw ValidationError("Give --team or --person, not both.") }
    }

    var scope: QuestionScope {
        QuestionScope(
            asOf: clocks.asOf, asKnown: clocks.asKnown, period: period, team: team, person: person,
            organisation: org)
    }
}

/// How an answer is drawn: the same for every verb that answers.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .long,
        help:
            "How to print the answer: terminal, csv, json, md or html. Default: BELLWETHER_FORMAT, else terminal."
    )
    var format: Format?

    @Flag(name: .long, help: "Print amounts to the cent on the terminal too.")
    var exact = false
}

/// A command that prints an answer. Its format is settled before the work, so that no load is published whose
/// report cannot be printed.
protocol AnsweringCommand: ParsableCommand {
    var output: OutputOptions { get }
}

extension Day: ExpressibleByArgument {
    /// Reads `YYYY-MM-DD`.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension Amount: ExpressibleByArgument {
    /// Reads a plain decimal.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension Format: ExpressibleByArgument {
    /// Reads a format's name.
    public init?(argument: String) {
        self.init(named: argument)
    }
}
