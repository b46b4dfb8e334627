import ArgumentParser
import Model
import Warehouse

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create the warehouse, or upgrade it to this program.",
        discussion: """
            Examples:

              bellwether migrate
              bellwether migrate --db postgresql://dba@warehouse/sales --reader-role analysts
              bellwether migrate --no-roles

            One transaction: new table files run in order, views and functions are made anew, and views of other
            schemas that read them are put back. Group roles (owner, loader, reader) are made where they are missing.
            """.asHelp)

    @Option(name: .long, help: "The group role that owns everything.")
    var ownerRole = "bellwether_owner"
    @Option(name: .long, help: "The group role that loads.")
    var loaderRole = "bellwether_loader"
    @Option(name: .long, help: "The group role that asks.")
    var readerRole = "bellwether_reader"
    @Flag(name: .long, help: "Leave roles and grants alone.")
    var noRoles = false
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let roles = noRoles ? nil : RoleNames(owner: ownerRole, loader: loaderRole, reader: readerRole)
        let report = try session.warehouse().migrate(roles: roles) {
            Output.note("bellwether: a load or another upgrade is under way; waiting for it")
        }
        Output.write(text(report))
        for trouble in report.viewTroubles {
            Output.note("bellwether: the view \(trouble.view) was put back in part: \(trouble.reason)")
        }
        for trouble in report.brokenViews {
            Output.note(
                "bellwether: the view \(trouble.view) cannot be made again: \(trouble.reason);"
                    + " its text is in bellwether_store.broken_view"
            )
        }
        if let problem = report.rolesProblem {
            Output.note("bellwether: roles and grants were left alone: \(problem)")
        }
    }

    private func text(_ report: MigrationReport) -> String {
        if report.wasCurrent { return "The warehouse is current.\n" }
        var parts: [String] = []
        if !report.appliedFiles.isEmpty { parts.append("\(report.appliedFiles.count) table files") }
        if report.viewFiles > 0 { parts.append("\(report.viewFiles) views and functions") }
        if !report.restoredViews.isEmpty {
            let count = report.restoredViews.count
            parts.append("\(count) \(count == 1 ? "view" : "views") of your own put back")
        }
        return "The warehouse is ready: \(parts.joined(separator: ", ")).\n"
    }
}
