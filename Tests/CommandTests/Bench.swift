import Model
import Postgres
import PrivateServer
import TestSupport

/// A warehouse of a test's own and the command that talks to it.
struct Bench {
    /// The database as a URL.
    let url: String
    /// The database's name.
    let database: String
    /// The folder of the server's socket.
    let socketFolder: String
    /// Where the test writes its exports; the command runs here.
    let folder: TemporaryFolder

    /// A database of its own, migrated unless the test wants to do that itself.
    init(isMigrated: Bool = true) throws {
        let address = isMigrated ? try TestDatabase.migratedAddress() : try TestDatabase.emptyAddress()
        url = address.url
        database = address.database
        socketFolder = address.socketDirectory
        folder = try TemporaryFolder()
    }

    /// Runs the command.
    func run(_ arguments: String..., timeout: Int = 60) throws -> Command.Outcome {
        try run(arguments, timeout: timeout)
    }

    /// Runs the command.
    func run(_ arguments: [String], timeout: Int = 60) throws -> Command.Outcome {
        try Command(environment: ["BELLWETHER_DB": url], folder: folder.path).run(arguments, timeout: timeout)
    }

    /// Starts the command and lets it run.
    func start(_ arguments: String...) throws -> Child {
        try Command(environment: ["BELLWETHER_DB": url], folder: folder.path).start(arguments)
    }

    /// Runs a command that must answer, and reads its JSON.
    func answer(_ arguments: String...) throws -> PrintedAnswer {
        try answer(arguments)
    }

    /// Runs a command that must answer, and reads its JSON.
    func answer(_ arguments: [String]) throws -> PrintedAnswer {
        let outcome = try run(arguments + ["--format", "json"])
        guard outcome.status == 0 else {
            throw Command.Failure("\(arguments.joined(separator: " ")): \(outcome)")
        }
        return try PrintedAnswer(outcome.output)
    }

    /// Writes the exports of a day, named as the mapping `generic` wants them, and loads them.
    func load(_ day: String, _ exports: [String: String], _ options: String...) throws -> Command.Outcome {
        for (entity, text) in exports { try folder.write("\(day)/\(entity).csv", text) }
        return try run(["load", "generic", day] + options)
    }

    /// Loads exports that must be taken.
    func mustLoad(_ day: String, _ exports: [String: String]) throws {
        let outcome = try load(day, exports)
        guard outcome.status == 0 else { throw Command.Failure("load \(day): \(outcome)") }
    }

    /// A connection beside the command, as the server's superuser.
    func connection() throws -> Connection {
        try Connection(ConnectionParameters(url))
    }

    /// The column `value` of a query's rows, as text.
    func values(_ sql: String) throws -> [String?] {
        var values: [String?] = []
        for row in try connection().query(sql) { values.append(try row.decode("value", as: String?.self)) }
        return values
    }

    /// The column `value` of a query's first row, as text; nil for NULL and without a row.
    func value(_ sql: String) throws -> String? {
        try values(sql).first.flatMap { $0 }
    }

    /// What a person can see of the warehouse: the loads, and the forecast to the last count.
    func visibleState() throws -> String {
        try run("loads", "--format", "json").output
            + run("forecast", "--by", "person", "--format", "json").output
    }
}
