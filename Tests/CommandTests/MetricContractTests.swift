import Foundation
import TestSupport
import Testing

/// Every number that is printed has a contract: no passport names one that there is not, and no numeric column is
/// without one that claims it.
@Suite("Metric contracts")
struct MetricContractTests {
    /// The contracts as `bellwether metrics` has them: the columns that each claims, by `id/version`.
    private static let claims = Result { () throws -> [String: [String]] in
        let answer = try Command(environment: [:]).answer("metrics", "show", "--all")
        var claims: [String: [String]] = [:]
        for table in answer.tables {
            let columns = table.rows.first { $0.text("term") == "printed as" }?.text("words") ?? ""
            claims["\(table.name)/\(try version(of: table.name))"] = columns.split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
        return claims
    }

    private static let versions = Result { () throws -> [String: Int] in
        let rows = try Command(environment: [:]).answer("metrics").rows()
        return Dictionary(
            uniqueKeysWithValues: rows.map { ($0.text("id") ?? "", $0.integer("version") ?? 0) })
    }

    private static func version(of id: String) throws -> Int { try #require(try versions.get()[id]) }

    /// How each command that prints numbers of the business is asked, so that all of its tables show. Those of every
    /// verb: a new one is refused by `every command is asked or exempt` until it stands here.
    private static let asked: [String: [[String]]] = [
        "forecast": [["--by", "person"], ["--period", "FY2026Q3"]],
        "changes": [
            ["--by", "person"], ["--since", "2026-11-30", "--by", "currency"], ["--since", "2026-11-30"],
        ],
        "deals": [[], ["--category", "commit"]], "deal": [["Brightwater"]],
        "slips": [["--by", "person"], ["--week", "5"]], "missing": [[]],
        "call list": [["--by", "person"], ["--deals"]], "call history": [["--team", "EMEA"]],
        "plan": [["--by", "person"], ["--by", "line"]], "periods": [[]],
        "coverage": [["--by", "person"], ["--period", "next"]], "pacing": [["--by", "person"]],
        "attainment": [["--by", "person"]], "concentration": [[]], "linearity": [[]],
        "currency": [[], ["--since", "2026-11-30"]], "reconcile": [[]],
        "restatements": [["--period", "FY2026Q3"]],
        "weekly": [["--by", "person"]], "generation": [["--by", "person"]],
        "indicators": [["--by", "person"]],
        "conversion": [["--by", "person"], ["--by", "source"]], "velocity": [["--by", "person"]],
        "bottlenecks": [["--by", "team"]], "leads": [[], ["--by", "team"]],
        "milestones": [[]], "losses": [["--period", "FY2026", "--by", "person"]],
        "resources": [["--period", "FY2026"]], "peers": [[], ["--by", "team"]],
        "miss": [["--period", "FY2026Q3", "--week", "10", "--by", "person"]],
        "quality": [["--by", "person"], ["--defect", "past_due"]], "accuracy": [["--by", "person"]],
    ]

    /// Commands that say something, asked of a company of their own.
    private static let said = ["call submit", "call override", "call reset"]

    /// Commands without numbers of the business: what was loaded, how the program is, and what was said; and why.
    private static let exempt: [String: String] = [
        "load": "counts rows of files", "loads list": "counts rows of files",
        "loads show": "counts rows of files", "loads held": "numbers attempts", "loads gaps": "names days",
        "loads undo": "counts rows of files", "rejects": "numbers lines", "findings": "counts records",
        "status": "the age of loads", "verify": "counts what was proved", "prune": "counts versions",
        "history": "counts changes read", "history list": "counts changes read",
        "history differences": "names fields", "mapping check": "shows rows of a file",
        "mapping show": "prints a file", "mapping list": "prints names", "migrate": "changes the schema",
        "sample": "writes files", "summarise": "counts summaries",
        "metrics": "the contracts themselves", "metrics list": "the contracts themselves",
        "metrics show": "the contracts themselves", "db start": "the server", "db stop": "the server",
        "db status": "the server", "db url": "the server", "db psql": "the server",
        "call": "has verbs of its own", "loads": "has verbs of its own", "mapping": "has verbs of its own",
        "db": "has verbs of its own",
    ]

    @Test func `every command is asked or exempt`() {
        let commands = Set(HelpTests.commands.map { $0.joined(separator: " ") }.filter { !$0.isEmpty })
        let known = Set(Self.asked.keys).union(Self.said).union(Self.exempt.keys)
        #expect(commands.subtracting(known).isEmpty, "asked nowhere: \(commands.subtracting(known))")
        #expect(known.subtracting(commands).subtracting(["history list"]).isEmpty)
        #expect(Set(Self.asked.keys).isDisjoint(with: Self.exempt.keys))
    }

    @Test(arguments: asked.keys.sorted())
    func `claim every number of the sample company's answers`(command: String) throws {
        let bench = try SampleEnoughTests.bench.get()
        for arguments in try #require(Self.asked[command]) {
            let answer = try bench.answer(command.split(separator: " ").map(String.init) + arguments)
            #expect(answer.tables.contains { !$0.rows.isEmpty }, "\(command) \(arguments) shows nothing")
            try Self.expectContracts(of: answer)
        }
    }

    @Test func `claim every number of what is said`() throws {
        let bench = try Meridian.bench()
        for arguments in Meridian.calls { try Self.expectContracts(of: try bench.answer(arguments)) }
        try Self.expectContracts(
            of: bench.answer(
                "call", "submit", "--deal", "d6", "--amount", "900k", "--close-date", "2026-12-18", "--by",
                "Luc Moreau", "--at", "2026-12-07T09:00"))
    }

    /// Holds an answer against the contracts: to be called for whatever answer is at hand.
    static func expectContracts(of answer: PrintedAnswer, _ location: SourceLocation = #_sourceLocation)
        throws
    {
        let claims = try claims.get()
        let metrics = answer.metrics
        #expect(!metrics.isEmpty, "\(answer.question) names no metric", sourceLocation: location)
        let unknown = metrics.filter { claims[$0] == nil }
        #expect(
            unknown.isEmpty, "\(answer.question) names \(unknown), of which there is no contract",
            sourceLocation: location)
        #expect(Set(metrics).count == metrics.count, "\(metrics)", sourceLocation: location)
        let claimed = Set(metrics.flatMap { claims[$0] ?? [] })
        for table in answer.tables {
            // Where each row measures something else, it names its own metric, of which `n` tells.
            let isByRow = table.columns.contains { $0.kind == "measure" }
            if isByRow {
                let unnamed = table.rows.filter { !metrics.contains($0.text("metric") ?? "") }
                #expect(unnamed.isEmpty, "\(answer.question) \(table.name)", sourceLocation: location)
            }
            let bare = table.numericColumns.filter { column in
                !(isByRow && column == "n") && !claimed.contains(column)
                    && !claimed.contains("\(answer.question).\(table.name).\(column)")
            }
            #expect(
                bare.isEmpty, "no contract of \(answer.question) claims \(table.name): \(bare)",
                sourceLocation: location)
        }
    }

    @Test func `refuse an answer with a number that nothing claims`() throws {
        let bare = try PrintedAnswer(
            """
            {"schema": "bellwether.answer/1", "question": "forecast", "headline": "",
             "tables": [{"name": "forecast", "columns": [{"name": "closed", "type": "amount"},
             {"name": "guessed", "type": "amount"}], "rows": []}],
             "passport": {"metrics": ["closed/1", "guess/1"]}}
            """)
        try withKnownIssue {
            try Self.expectContracts(of: bare)
        } matching: { issue in
            issue.description.contains("guess/1") || issue.description.contains("guessed")
        }
    }

    @Test func `name a view or an aggregator that is there`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        func names(below folder: String, of ending: String) -> Set<String> {
            let paths = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.allObjects ?? []
            return Set(
                paths.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }
                    .compactMap { $0.split(separator: "/").last?.dropLast(ending.count) }.map(String.init))
        }
        let views = Set(
            names(below: "sql/views", of: ".sql").map { name in
                String(name.drop { $0.isNumber || $0 == "_" })
            })
        let aggregators = names(below: "Sources/Analytics", of: ".swift")
        for table in try Command(environment: [:]).answer("metrics", "show", "--all").tables {
            let homes = table.rows.first { $0.text("term") == "computed by" }?.text("words") ?? ""
            for home in homes.split(separator: ", ") {
                let name = String(home.split(separator: ".")[1])
                let isThere =
                    home.hasPrefix("bellwether.") ? views.contains(name) : aggregators.contains(name)
                #expect(isThere, "\(table.name) is computed by \(home), which is not there")
            }
        }
    }

    @Test func `are shown by id, by version, and with the nearest name`() throws {
        let command = Command(environment: [:])
        let shown = try command.run(["metrics", "show", "commit/1"])
        #expect(shown.status == 0 && shown.output.contains("closed + commit"), "\(shown)")
        #expect(try command.answer("metrics", "show", "commit").rows().count >= 11)
        let near = try command.run(["metrics", "show", "comit"])
        #expect(near.status == 64 && near.errors.contains("BW524"), "\(near)")
        #expect(near.errors.contains("Did you mean: commit"), "\(near)")
        let old = try command.run(["metrics", "show", "commit/7"])
        #expect(old.status == 64 && old.errors.contains("commit/1"), "\(old)")
        let family = try command.answer("metrics", "--family", "movement").rows()
        #expect(!family.isEmpty && family.allSatisfy { $0.text("family") == "movement" })
    }

    /// `scripts/metrics` writes it.
    @Test func `are as the reference page has them`() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/metrics.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let printed = try Command(environment: [:]).run(["metrics", "show", "--all", "--format", "md"]).output
        let parts = text.components(separatedBy: "<!-- metrics: written by scripts/metrics -->\n")
        #expect(parts.count == 2 && parts[1] == printed, "docs/metrics.md is stale; run: scripts/metrics")
    }
}
