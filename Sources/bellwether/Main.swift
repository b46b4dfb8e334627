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
            Output.printError(error)
            if !error.trips.isEmpty { Output.printTrips(error, output) }
            exit(ExitStatus.of(error.code).rawValue)
        } catch {
            Bellwether.exit(withError: error)
        }
    }
}
