import Foundation
import Model
import Testing

@testable import PrivateServer

/// `bellwether db` as a person types it.
@Suite struct CommandTests {
    @Test func `status ends with 1 while stopped and with 0 while running`() throws {
        try Scratch.with { scratch in
            let home = scratch.folder + "/home"
            let before = try Tool.shell("$bellwether db status", home: home)
            #expect(before.status == 1)
            #expect(before.output == "The private PostgreSQL in \(home) is stopped.\n")
            #expect(!FileManager.default.fileExists(atPath: home), "it starts nothing")

            let started = try Tool.shell("$bellwether db start 2>/dev/null", home: home)
            let after = try Tool.shell("$bellwether db status", home: home)
            #expect(started.status == 0)
            #expect(after.status == 0)
            #expect(after.output == started.output)
            let process = try processID(try scratch.server())
            #expect(after.output.contains("\n  process  \(process), since 20"))
            #expect(after.output.contains("\n  home     \(home)\n"))

            let stopped = try Tool.shell("$bellwether db stop; $bellwether db status", home: home)
            #expect(stopped.status == 1)
            #expect(stopped.output == String(repeating: before.output, count: 2))
        }
    }

    @Test func `url prints the URL alone, and psql passes on what it is given`() throws {
        try Scratch.with { scratch in
            let home = scratch.folder + "/home"
            let url = try Tool.shell("$bellwether db url 2>/dev/null", home: home)
            #expect(url.output == (try scratch.server().start().url) + "\n")

            func psql(_ line: String) throws -> String { try Tool.shell(line, home: home).output }
            #expect(try psql("$bellwether db psql -XAt -c 'select 6*7' -c \"select 'a b'\"") == "42\na b\n")
            #expect(try psql("echo 'select :number' | $bellwether db psql -XAt -v number=5") == "5\n")
            #expect(
                try psql("$bellwether db psql -XAt -d postgres -c 'select current_database()'")
                    == "postgres\n")
            // A server that the environment names is another one.
            let elsewhere = "PGHOST=/nowhere PGPORT=1 PGSERVICE=x PGUSER=eva PGDATABASE=y PGHOSTADDR=::1"
            #expect(try psql("\(elsewhere) $bellwether db psql -XAtc 'select 1'") == "1\n")
            let asOf =
                "PGOPTIONS='-c bellwether.as_of=2026-03-03' $bellwether db psql -XAtc 'show bellwether.as_of'"
            #expect(try psql(asOf) == "2026-03-03\n")
            #expect(try Tool.shell("$bellwether db psql -XAtc 'select 1/0'", home: home).status == 1)
        }
    }

    @Test(arguments: ["", "start", "stop", "status", "url", "psql"])
    func `help has examples`(verb: String) throws {
        let outcome = try Tool.shell("$bellwether db \(verb) --help", home: "/nowhere")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("EXAMPLES"))
        #expect(outcome.output.contains("  bellwether db \(verb)"))
    }
}
