import Answers
import ArgumentParser
import Model

struct MetricsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Say what the numbers mean: the contract of each metric.",
        discussion: """
            Examples:

              bellwether metrics
              bellwether metrics --family forecast
              bellwether metrics show coverage_to_go
              bellwether metrics show commit/1

            Every answer names the metrics that it prints, with their version, in its last line. Needs no
            database.
            """.asHelp,
        subcommands: [MetricsListCommand.self, MetricsShowCommand.self],
        defaultSubcommand: MetricsListCommand.self)
}

struct MetricsListCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the metrics.",
        discussion: """
            Examples:

              bellwether metrics list
              bellwether metrics list --family volume --format csv
            """.asHelp)

    @Option(
        name: .long,
        help:
            "One family: velocity, volume, quality, predictability, forecast, movement, leads or evidence.")
    var family: MetricContract.Family?
    @OptionGroup var output: OutputOptions

    func run() throws {
        let question = MetricsQuestion(contracts: try MetricCatalog.contracts())
        try Output.print(question.list(family: family), output)
    }
}

struct MetricsShowCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the contract of a metric, or of all.",
        discussion: """
            Examples:

              bellwether metrics show coverage_to_go
              bellwether metrics show commit/1 --format json
              bellwether metrics show --all --format md
            """.asHelp)

    @Argument(help: "A metric's id, alone or with its version: commit, commit/1.")
    var metric: String?
    @Flag(name: .long, help: "Every metric.")
    var all = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if (metric == nil) != all { throw ValidationError("Give a metric's id, or --all.") }
    }

    func run() throws {
        let question = MetricsQuestion(contracts: try MetricCatalog.contracts())
        try Output.print(try metric.map(question.show) ?? question.all(), output)
    }
}

extension MetricContract.Family: ExpressibleByArgument {}
