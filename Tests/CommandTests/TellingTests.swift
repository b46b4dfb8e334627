import Foundation
import TestSupport
import Testing

/// The log in JSON lines, and whom a run tells of its end.
@Suite("Telling")
struct TellingTests {
    private func lines(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    private func text(_ bench: Bench, _ name: String) throws -> String {
        try String(contentsOfFile: bench.folder.path + "/" + name, encoding: .utf8)
    }

    private var bad: [String: String] { ["opportunity": Acme.dealHeader + "\n"] }

    // MARK: - The log

    @Test func `each line of the log is an object, and holds no cell and no password`() throws {
        let bench = try Bench()
        var exports = Acme.exports
        exports["account"] = "id,name\na1,Secret name\n"
        let outcome = try bench.load("2026-05-04", exports, "--log", "log.jsonl")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        let held = try bench.load("2026-05-05", bad, "--log", "log.jsonl")
        #expect(held.status == 3)
        let log = try text(bench, "log.jsonl")
        let lines = try lines(log)
        let events = lines.compactMap { $0["event"] as? String }
        #expect(events.first == "load.started")
        // Six entities of the first load, one of the held.
        #expect(events.filter { $0 == "load.compared" }.count == 7)
        #expect(Array(events.suffix(4)) == ["load.reading", "load.entity", "load.compared", "load.held"])
        let published = try #require(lines.first { $0["event"] as? String == "load.published" })
        #expect(published["load"] as? Int == 1 && published["day"] as? String == "2026-05-04")
        let last = try #require(lines.last)
        #expect(last["code"] as? String == "BW302" && last["exit"] as? Int == 3)
        #expect(last["level"] as? String == "error")
        #expect((last["time"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/) != nil)
        #expect(!log.contains("Secret name") && !log.contains("First"))
    }

    @Test func `the log may be standard error, a variable or a line of bellwether.yml`() throws {
        let bench = try Bench()
        let errors = try bench.load("2026-05-04", Acme.exports, "--log", "-").errors
        #expect(try lines(errors).last?["event"] as? String == "load.done")
        let command = Command(
            environment: ["BELLWETHER_DB": bench.url, "BELLWETHER_LOG": "variable.jsonl"],
            folder: bench.folder.path)
        #expect(try command.run(["load", "generic", "2026-05-04"]).status == 0)
        #expect(try lines(text(bench, "variable.jsonl")).contains { $0["event"] as? String == "load.known" })
        try bench.folder.write("bellwether.yml", "log: file.jsonl\n")
        #expect(try bench.run("load", "generic", "2026-05-04").status == 0)
        #expect(try !lines(text(bench, "file.jsonl")).isEmpty)
    }

    @Test func `a log that cannot be written is an error before anything is done`() throws {
        let bench = try Bench()
        let outcome = try bench.load("2026-05-04", Acme.exports, "--log", "nowhere/log.jsonl")
        #expect(outcome.status == 2 && outcome.errors.contains("BW110"), "\(outcome)")
        #expect(try bench.value("select count(*) as value from bellwether_store.load") == "0")
    }

    @Test func `several processes append whole lines to one log`() throws {
        let bench = try Bench()
        for day in 1...4 {
            for (entity, text) in Acme.exports {
                try bench.folder.write("2026-05-0\(day)/\(entity).csv", text)
            }
        }
        let running = try (1...4).map {
            try bench.start("load", "generic", "2026-05-0\($0)", "--log", "log.jsonl")
        }
        for child in running { #expect(try child.outcome().status == 0) }
        let lines = try lines(text(bench, "log.jsonl"))
        #expect(lines.filter { $0["event"] as? String == "load.published" }.count == 4)
    }

    // MARK: - Commands

    @Test func `a command is told of a held load by its standard input, and hides no exit code`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let held = try bench.load(
            "2026-05-05", bad, "--on-failure",
            "cat >told.json; printf '%s' \"$BELLWETHER_CODE $BELLWETHER_EXIT\" >told.txt; echo loud; exit 9")
        #expect(held.status == 3 && held.output.isEmpty, "\(held)")
        #expect(held.errors.contains("nobody was told of this: the command ended with 9"))
        let told = try #require(try lines(text(bench, "told.json")).first)
        #expect(told["event"] as? String == "load.held" && told["code"] as? String == "BW302")
        #expect(told["day"] as? String == "2026-05-05" && told["exit"] as? Int == 3)
        #expect(try text(bench, "told.txt") == "BW302 3")
    }

    @Test func `what a folder or file is called runs nothing`() throws {
        let bench = try Bench()
        let name = "2026-05-05; touch pwned; $(touch pwned) `touch pwned` \"' 2026-05-05"
        try bench.folder.write("\(name)/opportunity.csv", Acme.dealHeader + "\n")
        let outcome = try bench.run(
            "load", "generic", name, "--date", "2026-05-05", "--on-failure", "cat >told.json")
        #expect(outcome.status == 3, "\(outcome)")
        #expect(try lines(text(bench, "told.json")).count == 1)
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path + "/pwned"))
    }

    @Test func `a command is told of success when asked to, and of what was published`() throws {
        let bench = try Bench()
        let outcome = try bench.load(
            "2026-05-04", Acme.exports, "--on-success", "cat >told.json", "--on-failure", "touch failed")
        #expect(outcome.status == 0)
        let told = try #require(try lines(text(bench, "told.json")).first)
        let published = told["published"] as? [[String: Any]]
        #expect(published?.first?["load"] as? Int == 1 && published?.count == 1)
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path + "/failed"))
        // Of the record of loads, which readers see, it is no part: it may hold keys.
        let command = try bench.value("select command as value from bellwether_store.load")
        #expect(command?.contains("--on-success … --on-failure …") == true, "\(command ?? "")")
    }

    @Test func `a mapping or database that is not there is told too`() throws {
        let bench = try Bench()
        #expect(try bench.run("load", "nothing", "x", "--on-failure", "cat >a.json").status == 2)
        #expect(try lines(text(bench, "a.json")).first?["code"] as? String == "BW120")
        let command = Command(environment: ["BELLWETHER_DB": "host=/nonexistent"], folder: bench.folder.path)
        try bench.folder.write("2026-05-04/account.csv", "id,name\n")
        #expect(
            try command.run(["load", "generic", "2026-05-04", "--on-failure", "cat >b.json"]).status == 69)
        #expect(try lines(text(bench, "b.json")).first?["exit"] as? Int == 69)
    }

    // MARK: - Webhooks

    @Test func `a webhook is posted the summary`() throws {
        let bench = try Bench()
        let listener = try Listener(bench.folder, status: 200)
        try bench.folder.write(
            "bellwether.yml", "on_failure: {webhook: \"http://localhost:\(listener.port)/key\"}\n")
        let outcome = try bench.load("2026-05-05", bad)
        #expect(outcome.status == 3 && !outcome.errors.contains("nobody was told"), "\(outcome)")
        let told = try #require(try lines(text(bench, "posted.json")).first)
        #expect(told["code"] as? String == "BW302")
        _ = try listener.child.outcome()
    }

    @Test func `a webhook that fails is told and hides nothing`() throws {
        let bench = try Bench()
        let listener = try Listener(bench.folder, status: 500)
        let refused = try bench.load(
            "2026-05-05", bad, "--webhook", "http://127.0.0.1:\(listener.port)/secret-key")
        #expect(refused.status == 3, "\(refused)")
        #expect(refused.errors.contains("nobody was told of this: curl ended with 22"), "\(refused)")
        _ = try listener.child.outcome()
        let absent = try bench.load("2026-05-05", bad, "--webhook", "http://localhost:\(listener.port)/")
        #expect(absent.status == 3 && absent.errors.contains("nobody was told"), "\(absent)")
    }

    @Test(arguments: [
        "http://example.com/secret-key", "ftp://localhost/secret-key", "secret-key", "https://",
    ])
    func `an address that is not safe is refused and not repeated`(url: String) throws {
        let bench = try Bench()
        let outcome = try bench.load("2026-05-04", Acme.exports, "--webhook", url)
        #expect(outcome.status == 64 && outcome.errors.contains("BW506"), "\(outcome)")
        #expect(!outcome.errors.contains("secret-key"))
    }

    @Test func `a misspelt key of a hook is refused`() throws {
        let bench = try Bench()
        try bench.folder.write("bellwether.yml", "on_failure: {comand: x}\n")
        let outcome = try bench.run("loads")
        #expect(outcome.status == 64 && outcome.errors.contains("command"), "\(outcome)")
    }
}

/// Takes one request on a port of its own, keeps its body as `posted.json`, and answers with a status.
private struct Listener {
    let child: Child
    let port: Int

    init(_ folder: TemporaryFolder, status: Int) throws {
        let script = try folder.write(
            "listen.py",
            """
            import http.server, os, sys
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                    open("posted.json", "wb").write(body)
                    self.send_response(int(sys.argv[1]))
                    self.end_headers()
                def log_message(self, *args):
                    pass
            server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
            open("port.new", "w").write(str(server.server_port))
            os.rename("port.new", "port")
            server.timeout = 60
            server.handle_request()
            """)
        child = try Child(
            "/usr/bin/env", ["python3", script, String(status)],
            environment: ProcessInfo.processInfo.environment, folder: folder.path)
        for _ in 0..<400 {
            if let text = try? String(contentsOfFile: folder.path + "/port", encoding: .utf8),
                let port = Int(text)
            {
                self.port = port
                return
            }
            usleep(50_000)
        }
        throw Command.Failure("the listener did not start")
    }
}
