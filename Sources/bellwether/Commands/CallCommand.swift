import ArgumentParser

struct CallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Submit forecast numbers, override them, take them back, and look at them.",
        discussion: """
            Examples:

              bellwether call submit --node East --amount 2.55M --by 'Dana Ortiz'
              bellwether call override --node EMEA --amount 2.45M --by 'Jonas Keller' --note 'two deals will slip'
              bellwether call reset --node EMEA --by 'Jonas Keller' --note 'they slipped'
              bellwether call list --period FY2026Q4
              bellwether call history --team EMEA

            A call is a number that somebody stands for: where the period lands, closed included. Each is published as
            a load of its own, and taken back by another; nothing that was said is lost. Calls that a CRM exports are
            loaded with its other files and count in the same way.
            """.asHelp,
        subcommands: [
            CallSubmitCommand.self, CallOverrideCommand.self, CallResetCommand.self, CallListCommand.self,
            CallHistoryCommand.self,
        ])
}
