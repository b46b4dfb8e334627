import ArgumentParser

/// What is told to whom of a run that nobody watches: the same for every verb that changes the warehouse.
struct OperationOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Append what happens as JSON lines to this file; - is standard error. Default: BELLWETHER_LOG.",
            valueName: "file"))
    var log: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Run this by /bin/sh when it fails or is held; a JSON summary is on its standard input.",
            valueName: "command"))
    var onFailure: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The same when it is done.", valueName: "command"))
    var onSuccess: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Post that summary here when it fails or is held (curl).", valueName: "url"))
    var webhook: String?
}
