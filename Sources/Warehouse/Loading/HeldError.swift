import Model

/// The error that tells of the guards that hold a load; nil when everything was accepted.
func heldError(_ trips: [GuardTrip], _ request: LoadRequest) -> BellwetherError? {
    let held = trips.filter { !$0.isAccepted }
    guard let first = held.first else { return nil }
    let names = held.reduce(into: [LoadGuard]()) { if !$0.contains($1.loadGuard) { $0.append($1.loadGuard) } }
    let command = acceptCommand(request.command, names.map(\.acceptOption))
    var error =
        held.count == 1
        ? BellwetherError(
            first.loadGuard.code,
            "the guard \(first.loadGuard.rawValue) holds \(first.entity): \(first.found)",
            hint: "\(advice(first.loadGuard)) If it is meant: \(command)",
            place: first.file.map { Place(file: $0) })
        : BellwetherError(
            names.count == 1 ? first.loadGuard.code : .guardsSeveral,
            "\(names.count == 1 ? "the guard \(first.loadGuard.rawValue) holds \(held.count) entities" : "\(names.count) guards hold the load") of \(request.day)",
            hint:
                "\(names.count == 1 ? advice(first.loadGuard) : "Look at each.") If all of it is meant: \(command)"
        )
    error.trips = held
    return error
}

/// The command line that an attempt ran, with what lets its guards pass.
public func acceptCommand(_ command: String, _ options: [String]) -> String {
    var words = command.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    // Whatever the program was called by, its folder is nobody's business.
    if let program = words.first { words[0] = program.split(separator: "/").last.map(String.init) ?? program }
    let command = words.filter { $0 != "--dry-run" }.joined(separator: " ")
    return ([command] + options.filter { !(command + " ").contains($0 + " ") }).joined(separator: " ")
}

private func advice(_ loadGuard: LoadGuard) -> String {
    switch loadGuard {
    case .rejects: "See the rows with `bellwether rejects`."
    case .empty: "An empty snapshot would close every record."
    case .gone: "Check whether the export broke off."
    case .rows: "Check whether the export broke off, or has everything twice."
    case .amount: "Check the format of numbers and the currency."
    case .newer: "Check the day: the folder's name, or --date."
    case .older: "Check the day: the folder's name, or --date."
    case .base: "Load that day first."
    case .drift: "Check what changed in the CRM, and name it in the mapping."
    case .sameDay: "To take this content for that day instead, replace it."
    }
}
