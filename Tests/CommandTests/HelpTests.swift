import Foundation
import TestSupport
import Testing

/// The help screens: every command has one, with an example that a person can type.
@Suite("Help")
struct HelpTests {
    static let commands = [
        [], ["forecast"], ["deals"], ["deal"], ["slips"], ["missing"], ["call"], ["call", "submit"],
        ["call", "override"],
        ["call", "reset"], ["call", "list"], ["call", "history"], ["plan"], ["periods"], ["coverage"],
        ["conversion"], ["velocity"], ["bottlenecks"], ["leads"],
        ["changes"], ["pacing"], ["attainment"], ["concentration"], ["linearity"], ["summarise"], ["load"],
        ["loads"],
        ["loads", "list"], ["loads", "show"], ["loads", "held"], ["loads", "gaps"], ["loads", "undo"],
        ["metrics"], ["metrics", "list"], ["metrics", "show"], ["weekly"], ["generation"],
        ["indicators"], ["currency"], ["reconcile"], ["restatements"], ["miss"], ["milestones"],
        ["losses"], ["resources"], ["peers"], ["quality"], ["accuracy"],
        ["rejects"], ["findings"], ["status"], ["verify"], ["prune"],
        ["history"], ["history", "differences"], ["mapping"],
        ["mapping", "check"],
        ["mapping", "show"], ["mapping", "list"], ["migrate"], ["sample"], ["db"], ["db", "start"],
        ["db", "stop"],
        ["db", "status"], ["db", "url"], ["db", "psql"],
    ]

    @Test(arguments: commands)
    func `of each command runs and has an example`(command: [String]) throws {
        let outcome = try Command(environment: [:]).run(command + ["--help"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        let example = "\n  bellwether " + command.joined(separator: " ")
        #expect(outcome.output.contains(example), "no example of \(command)\n\(outcome.output)")
        let lines = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("USAGE") }
        #expect(lines.allSatisfy { $0.count <= 120 })
    }

    @Test(arguments: commands)
    func `of each command fills its lines`(command: [String]) throws {
        let screen = try Command(environment: [:]).run(command + ["--help"]).output
        let lines = screen.prefix(upTo: screen.range(of: "\nUSAGE")?.lowerBound ?? screen.endIndex)
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (line, next) in zip(lines, lines.dropFirst()) {
            guard let first = line.first, first != " ", let word = next.split(separator: " ").first,
                next.first != " "
            else { continue }
            #expect(line.count + 1 + word.count > 80, "broken too early: \(line)")
        }
    }

    @Test func `an example in two lines can be copied`() throws {
        let screen = try Command(environment: [:]).run(["load", "--help"]).output
        #expect(screen.contains(" \\\n    --on-failure "), "\(screen)")
    }

    @Test func `a verb that is nearly one names it, and any other word shows the usage`() throws {
        let near = try Command(environment: [:]).run(["foreacst", "--by", "team"])
        #expect(near.status == 64 && near.output.isEmpty)
        #expect(near.errors.contains("there is no command “foreacst”"), "\(near)")
        #expect(near.errors.contains("Did you mean: forecast"), "\(near)")
        let far = try Command(environment: [:]).run(["xyzzy"])
        #expect(far.status == 64 && far.errors.contains("Unexpected argument 'xyzzy'"), "\(far)")
    }

    /// The lists above and those of the program are the same, so that a new command cannot be forgotten here.
    @Test func `lists the commands that are tested here`() throws {
        for parent in [[], ["call"], ["mapping"], ["loads"], ["db"], ["metrics"]] {
            let screen = try Command(environment: [:]).run(parent + ["--help"]).output
            let listed = subcommands(of: screen)
            let tested = Self.commands.filter {
                $0.count == parent.count + 1 && Array($0.dropLast()) == parent
            }
            #expect(Set(listed) == Set(tested.compactMap(\.last)), "\(parent)")
        }
    }

    @Test func `mappings that ship can be listed, shown and checked`() throws {
        let command = Command(environment: [:])
        let names = try command.run(["mapping", "list"]).output.split(separator: "\n").map(String.init)
        #expect(
            Set(names).isSuperset(of: ["generic", "hubspot", "maven-crm", "salesforce", "salesforce-dtc"]))
        for name in names {
            let shown = try command.run(["mapping", "show", name])
            #expect(shown.status == 0 && shown.output.contains("mapping: \(name)"), "\(name)")
            let checked = try command.run(["mapping", "check", name, "--format", "json"])
            #expect(checked.status == 0, "\(checked)")
        }
        #expect(try command.run(["--version"]).output.contains("."))
    }

    /// Whatever its name ends with.
    @Test func `a sample that is a file is read as one`() throws {
        let folder = try TemporaryFolder()
        for name in ["OPPORTUNITY.CSV", "export of may"] {
            try folder.write(
                "some.yml",
                """
                mapping: some
                source: crm
                entities:
                  opportunity:
                    file: "\(name)"
                    columns: {id: id, name: name, amount: amount}

                """)
            try folder.write(name, "id,name,amount\nd1,First,100\n")
            let outcome = try Command(environment: [:], folder: folder.path).run(
                ["mapping", "check", "some.yml", "--sample", name])
            #expect(outcome.status == 0 && outcome.output.contains("First"), "\(outcome)")
        }
    }

    /// The words that begin the lines of the section SUBCOMMANDS.
    private func subcommands(of screen: String) -> [String] {
        let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("SUBCOMMANDS") }) else { return [] }
        return lines[(start + 1)...].prefix { !$0.isEmpty }
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
    }
}
