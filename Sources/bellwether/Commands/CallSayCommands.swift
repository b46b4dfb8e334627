import Answers
import ArgumentParser
import Foundation
import Model
import Warehouse

extension CallCategory: ExpressibleByArgument {}
extension CallBasis: ExpressibleByArgument {}

/// Of what a call speaks, who says it, and when: the same for all that is said.
struct SayingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Whose number: a team, a person, or company.", valueName: "name|company"))
    var node: String?
    @Option(name: .long, help: ArgumentHelp("One deal instead, by id or name.", valueName: "deal"))
    var deal: String?
    @Option(
        name: .long,
        help: ArgumentHelp("FY2026Q4, FY2026, FY2026M11, this, next or last.", valueName: "period"))
    var period: String = "this"
    @Option(
        name: .long,
        help:
            "closed, commit, most_likely, best_case or pipeline; of a deal commit, best_case, pipeline or omitted."
    )
    var category: String = "commit"
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A part of the business: new, expansion, renewal … Default: all of it.", valueName: "line"))
    var businessLine: String?
    @Option(name: .long, help: "What is forecast.")
    var measure: String = "bookings"
    @Option(name: .long, help: ArgumentHelp("Who says it, by name or id.", valueName: "person"))
    var by: String
    @Option(
        name: .long,
        help: ArgumentHelp(
            "When it was said, as 2026-12-07T09:30 in the company's time zone. Default: now.",
            valueName: "time"))
    var at: String?
    @Flag(name: .long, help: "Fail at once when a load is under way, instead of waiting.")
    var noWait = false

    func validate() throws {
        if (node == nil) == (deal == nil) {
            throw ValidationError("Give --node NAME, --node company, or --deal ID.")
        }
        if deal == nil, CallCategory(rawValue: category) == nil {
            throw ValidationError(
                "--category is one of \(CallCategory.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        if deal != nil, !Self.levels.map(\.rawValue).contains(category) {
            throw ValidationError(
                "--category of a deal is one of \(Self.levels.map(\.rawValue).joined(separator: ", ")).")
        }
        if deal != nil, businessLine != nil { throw ValidationError("--business-line goes with --node.") }
    }

    private static let levels: [ForecastCategory] = [.commit, .bestCase, .pipeline, .omitted]

    /// The time now, to the microsecond.
    private var now: String {
        let format = ISO8601DateFormatter()
        format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        return format.string(from: Date())
    }

    private var recorder: CallRecorder {
        CallRecorder(
            command: CommandRecord.text(CommandLine.arguments), loadedBy: NSUserName(),
            programVersion: programVersion, waits: !noWait)
    }

    /// Says a number of a node or a deal, or takes the last one back where there is none.
    func publish(
        _ kind: CallKind, amount: String?, basis: CallBasis = .cumulative, currency: String? = nil,
        closeDate: Day? = nil, note: String?, isReset: Bool, in warehouse: Warehouse
    ) throws(BellwetherError) -> Answer {
        if let deal {
            return try DealCallSubmission(
                deal: deal, kind: kind, level: isReset ? nil : ForecastCategory(rawValue: category),
                amount: amount, currency: currency, closeDate: closeDate, author: by, reason: note, at: at,
                now: now
            ).publish(in: warehouse, by: recorder, waiting: LoadCommand.tellWaiting)
        }
        return try CallSubmission(
            act: isReset ? .reset(kind) : .call(kind, amount: amount ?? ""), node: node ?? "", period: period,
            category: CallCategory(rawValue: category) ?? .commit, basis: basis, currency: currency,
            businessLine: businessLine, measure: measure, author: by, note: note, at: at, now: now
        ).publish(in: warehouse, by: recorder, waiting: LoadCommand.tellWaiting)
    }
}

/// The number that is said.
struct NumberOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The number: 2450000, 2450000.50 or 2.45M.", valueName: "amount"))
    var amount: String?
    @Option(
        name: .long,
        help: "cumulative: where the period lands, closed included; exclusive: that category alone.")
    var basis: CallBasis = .cumulative
    @Option(
        name: .long, help: ArgumentHelp("The amount's currency. Default: the company's.", valueName: "code"))
    var currency: String?
    @Option(name: .long, help: ArgumentHelp("With --deal: the day on which it closes.", valueName: "day"))
    var closeDate: Day?
    @Option(name: .long, help: "What there is to say about it; of an override the reason.")
    var note: String?
}

struct CallSubmitCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Say a node's own number for a period, or what one deal brings.",
        discussion: """
            Examples:

              bellwether call submit --node East --amount 2.55M --by 'Dana Ortiz'
              bellwether call submit --node company --period next --category best_case --amount 6.1M --by 'Dana Ortiz'
              bellwether call submit --node East --amount 0.9M --basis exclusive --by 'Dana Ortiz'
              bellwether call submit --deal D0000017 --amount 120k --close-date 2026-12-18 --by 'Luc Moreau'
            """.asHelp)

    @OptionGroup var saying: SayingOptions
    @OptionGroup var number: NumberOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if saying.deal == nil, number.amount == nil { throw ValidationError("Give --amount.") }
        if saying.deal == nil, number.closeDate != nil {
            throw ValidationError("--close-date goes with --deal.")
        }
    }

    func run() throws {
        let answer = try saying.publish(
            .own, amount: number.amount, basis: number.basis, currency: number.currency,
            closeDate: number.closeDate, note: number.note, isReset: false, in: Session(database).warehouse())
        try Output.print(answer, output)
    }
}

struct CallOverrideCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "override",
        abstract: "Set a number in the place of a node's own; it stands until it is reset or replaced.",
        discussion: """
            Examples:

              bellwether call override --node EMEA --amount 2.45M --by 'Jonas Keller' --note 'two deals will slip'
              bellwether call override --deal D0000017 --category best_case --by 'Jonas Keller' --note 'no budget yet'
            """.asHelp)

    @OptionGroup var saying: SayingOptions
    @OptionGroup var number: NumberOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if saying.deal == nil, number.amount == nil { throw ValidationError("Give --amount.") }
        if saying.deal == nil, number.closeDate != nil {
            throw ValidationError("--close-date goes with --deal.")
        }
    }

    func run() throws {
        let answer = try saying.publish(
            .override, amount: number.amount, basis: number.basis, currency: number.currency,
            closeDate: number.closeDate, note: number.note, isReset: false, in: Session(database).warehouse())
        try Output.print(answer, output)
    }
}

struct CallResetCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Take an override back, or with --own a node's own number; the reason is kept.",
        discussion: """
            Examples:

              bellwether call reset --node EMEA --by 'Jonas Keller' --note 'they slipped'
              bellwether call reset --node East --own --by 'Dana Ortiz' --note 'wrong quarter'
            """.asHelp)

    @OptionGroup var saying: SayingOptions
    @Flag(name: .long, help: "Take the node's own number back, instead of the override.")
    var own = false
    @Option(name: .long, help: "The reason.")
    var note: String
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let answer = try saying.publish(
            own ? .own : .override, amount: nil, note: note, isReset: true, in: Session(database).warehouse())
        try Output.print(answer, output)
    }
}
