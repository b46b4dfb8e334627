import ArgumentParser
import Model
import SampleCompany

/// `bellwether sample`: writes nightly exports of an invented company.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write nightly exports of an invented company, Halden Instruments.",
        discussion: """
            One folder a night with one CSV file an entity, as a CRM would export them. The same \
            options give the same bytes. The company has planted facts, known truths that an answer \
            must find; each can be left out, or all of them.

            Examples:
              bellwether sample halden
              bellwether sample halden --force --seed 7
              bellwether sample halden-trends --history
              bellwether sample halden-weeks --calendar 445
              bellwether sample halden-plain --plain
              bellwether sample halden-quiet --without slip --without orbis
              bellwether sample halden-large --plain --deals 1000000 --nights 2
              bellwether sample --list-facts
            """.asHelp)

    @Argument(help: "The folder to write into; created when absent.")
    var out: String?

    @Option(help: "Whatever is drawn depends on this number alone.")
    var seed: UInt64 = SampleOptions().seed

    @Option(help: "How many people have a quota.")
    var people = SampleOptions().people

    @Option(help: "How many deals exist at the story's present, 2026-12-07.")
    var deals = SampleOptions().deals

    @Option(help: "How many calendar days are exported.")
    var nights = SampleOptions().nights

    @Option(
        help: ArgumentHelp("The last night (default: 2026-12-07).", valueName: "day"),
        transform: day)
    var until: Day?

    @Flag(help: "Write the CRM's field history of the time before the first night into that night.")
    var history = false

    @Option(
        help: ArgumentHelp(
            "How fiscal years are divided: months, or 445 for weeks, with 53 of them in FY2026.",
            valueName: "calendar"),
        transform: calendar)
    var calendar = SampleOptions().calendar

    @Flag(help: "Plant no fact: a twin in which nothing is to be found.")
    var plain = false

    @Option(
        name: .customLong("without"),
        help: ArgumentHelp("Leave out a planted fact; may be repeated.", valueName: "fact"))
    var without: [String] = []

    @Flag(help: "List the planted facts and write nothing.")
    var listFacts = false

    @Flag(help: "Replace the nights that the folder holds; other files in it stay.")
    var force = false

    func validate() throws {
        if out == nil, !listFacts {
            throw ValidationError("Name the folder to write into, such as: bellwether sample halden")
        }
    }

    func run() throws {
        if listFacts {
            for fact in PlantedFact.all { print("\(fact.name)\n    \(fact.sentence).") }
            return
        }
        guard let out else { return }
        var options = SampleOptions()
        options.seed = seed
        options.people = people
        options.deals = deals
        options.nights = nights
        options.until = until ?? options.until
        options.calendar = calendar
        options.hasHistory = history
        options.isPlain = plain
        options.without = without
        let summary = try NightlyExport(Company(options), into: out).write(replacing: force)
        for line in Self.lines(for: summary) { print(line) }
    }

    private static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else { throw ValidationError("A day is written as 2026-12-07.") }
        return day
    }

    private static func calendar(_ text: String) throws -> SampleCalendar {
        guard let calendar = SampleCalendar(rawValue: text) else {
            throw ValidationError("A calendar is months or 445.")
        }
        return calendar
    }

    private static func lines(for summary: SampleSummary) -> [String] {
        guard let first = summary.nights.first, let last = summary.nights.last else {
            return ["No night was asked for that has an export."]
        }
        let missing = summary.missingNights.map(\.description).joined(separator: ", ")
        let nights =
            summary.nights.count == 1
            ? "1 night, \(last)" : "\(summary.nights.count) nights, \(first) to \(last)"
        let size =
            summary.bytes < 1_000_000 ? "\(summary.bytes / 1000) kB" : "\(summary.bytes / 1_000_000) MB"
        return [
            "\(Frame.companyName): \(nights)" + (missing.isEmpty ? "" : "; no export of \(missing)"),
            "\(summary.rows) rows, \(size) in \(summary.folder)",
            "Next: bellwether load generic --from-dir \(summary.folder) --all-missing",
        ]
    }
}
