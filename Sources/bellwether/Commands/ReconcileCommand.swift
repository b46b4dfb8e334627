import Answers
import ArgumentParser

struct ReconcileCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Tie the CRM's won deals to finance's orders, and name every difference.",
        discussion: """
            Examples:

              bellwether reconcile --period FY2026Q4
              bellwether reconcile --period last --team EMEA
              bellwether reconcile --as-of 2026-12-07 --format json

            A bridge leads from what the CRM says closed to what the orders say: won without an order, orders without a
            won deal, other amounts, other periods, credit notes, orders booked twice. Both sides convert at the plan
            rate of the deal's close date. The bridge adds up to the cent; where it does not, what is left is printed
            and the command ends with 4.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let reconciled = try ReconcileQuestion(scope: scope.scope).reconcile(session.warehouse())
        try Output.print(reconciled.answer, output)
        if let failure = reconciled.failure { throw failure }
    }
}
