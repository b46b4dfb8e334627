import ArgumentParser
import Foundation
import Model
import Render

/// Runs the command and turns whatever it throws into words and an exit status.
@main
enum Main {
    static func main() {
        // A reader that closes the pipe, such as `head`, ends the command without an error.
        signal(SIGPIPE, SIG_IGN)
        Output.openStandardStreams()
        var output: OutputOptions?
        do {
            var command = try Bellwether.parseAsRoot()
            if let command = command as? any AnsweringCommand {
                try Output.format(command.output)
                output = command.output
            }
            try command.run()
        } catch let error as BellwetherError {
            Interruption.shared.awaitEnd()
            Output.printError(error)
            if !error.trips.isEmpty { Output.printTrips(error, output) }
            exit(ExitStatus.of(error.code).rawValue)
        } catch {
            if let verb = mistypedVerb() {
                Output.printError(verb)
                exit(ExitStatus.of(verb.code).rawValue)
            }
            Bellwether.exit(withError: error)
        }
    }

    /// What to say of a first word that is nearly one of the verbs; nil for anything else, which the parser explains.
    private static func mistypedVerb() -> BellwetherError? {
        guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") else { return nil }
        let verbs =
            Bellwether.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
        guard !verbs.contains(word) else { return nil }
        let near = nearestNames(to: word, among: verbs)
        guard !near.isEmpty else { return nil }
        return BellwetherError(
            .badOption, "there is no command “\(word)”",
            hint: "Did you mean: \(near.joined(separator: ", "))")
    }
}
