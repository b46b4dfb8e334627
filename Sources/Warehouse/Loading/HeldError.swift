import Model

/// The error that tells of the guards that hold a load; nil when everything was accepted.
func heldError(_ trips: [GuardTrip], _ request: LoadRequest) -> BellwetherError? {
    let held = trips.filter { !$0.isAccepted }
    guard let first = held.first else { return nil }
    let names = held.reduce(into: [LoadGuard]()) { if !$0.contains($1.loadGuard) { $0.append($1.loadGuard) } }
    let name = first.loadGuard
    let isOne = names.count == 1
    let message =
        switch (isOne, held.count) {
        case (true, 1): sentence(first, request.day)
        case (true, let count): "the guard \(name.rawValue) holds \(count) entities of \(request.day)"
        case (false, _): "\(names.count) guards hold the load of \(request.day)"
        }
    let command = acceptCommand(request.command, names.map(\.acceptOption))
    var error = BellwetherError(
        isOne ? name.code : .guardsSeveral, message,
        hint: "\(isOne ? advice(name) : "Look at each.") If it is meant: \(command)",
        place: held.count == 1 ? first.file.map { Place(file: $0) } : nil)
    error.trips = held
    return error
}

private func sentence(_ trip: GuardTrip, _ day: Day) -> String {
    trip.loadGuard == .sameDay
        ? "\(trip.entity) of \(day) is loaded already, with other content"
        : "the guard \(trip.loadGuard.rawValue) holds \(trip.entity): \(trip.found)"
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
    case .newer, .older: "Check the day: the folder's name, or --date."
    case .base: "Load that day first."
    case .drift: "Check what changed in the CRM, and name it in the mapping."
    case .sameDay: "To take this content for that day instead, replace it."
    }
}
