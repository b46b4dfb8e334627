import ArgumentParser

@main
struct Bellwether: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer what the commit and the upside are, for any team and any day.",
        version: "0.1.0",
        subcommands: [SampleCommand.self])
}
