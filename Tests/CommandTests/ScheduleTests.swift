import Foundation
import TestSupport
import Testing
import Yams

/// The files of etl/schedules: they parse, and the program takes every command line in them.
@Suite("Schedules")
struct ScheduleTests {
    private static var folder: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("etl/schedules").path
    }

    private static func text(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }

    /// Every command line that begins with `bellwether`.
    private static func commandLines() throws -> [String] {
        let cron = try text("bellwether.cron").split(separator: "\n").filter { $0.first?.isNumber == true }
            .map { $0.split(separator: " ", maxSplits: 5).last.map(String.init) ?? "" }
        let units = try text("systemd/bellwether-load.service").split(separator: "\n")
            .filter { $0.hasPrefix("ExecStart=") }.map { String($0.dropFirst("ExecStart=".count)) }
        let jobs = try jobs().flatMap { job in
            job.flatMap { $0["args"] as? [String] ?? [] }
        }
        return (cron + units + jobs).flatMap { line in
            line.replacing("||", with: "\n").replacing("&&", with: "\n").replacing(">", with: "\n")
                .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        }.filter { $0.hasPrefix("bellwether ") }
    }

    /// The containers of each CronJob.
    private static func jobs() throws -> [[[String: Any]]] {
        try Yams.load_all(yaml: text("kubernetes-cronjob.yaml")).map { document in
            let job = try #require(document as? [String: Any])
            #expect(job["kind"] as? String == "CronJob")
            let spec = try #require(job["spec"] as? [String: Any])
            #expect(spec["concurrencyPolicy"] as? String == "Forbid")
            let template = try #require(spec["jobTemplate"] as? [String: Any])
            let podTemplate = (template["spec"] as? [String: Any])?["template"] as? [String: Any]
            let pod = try #require(podTemplate?["spec"] as? [String: Any])
            return try #require(pod["containers"] as? [[String: Any]])
        }
    }

    @Test func `hold command lines that the program takes`() throws {
        let lines = try Self.commandLines()
        #expect(lines.count == 12, "\(lines)")
        let folder = try TemporaryFolder()
        for line in lines {
            // The shell splits as cron would; nothing is found to mail or post with.
            let split = try Child(
                "/bin/sh",
                [
                    "-c",
                    "set -- \(line.dropFirst("bellwether ".count)); for a; do printf '%s\\n' \"$a\"; done",
                ],
                environment: ["WEBHOOK": "https://localhost:1/"], folder: folder.path
            ).outcome()
            let command = Command(
                environment: ["BELLWETHER_DB": "host=/nonexistent", "PATH": folder.path], folder: folder.path)
            let outcome = try command.run(split.output.split(separator: "\n").map(String.init))
            // No such mapping, no such database; wrong usage would be 64.
            #expect([2, 69].contains(outcome.status), "\(line)\n\(outcome)")
        }
    }

    @Test func `each tell somebody when the load fails`() throws {
        let loads = try Self.commandLines().filter { $0.hasPrefix("bellwether load") }
        #expect(loads.count == 3)
        let unit = try Self.text("systemd/bellwether-load.service")
        #expect(unit.contains("OnFailure=bellwether-alert@"))
        #expect(loads.filter { $0.contains("--on-failure") || $0.contains("--webhook") }.count == 2)
    }

    @Test func `hold no password`() throws {
        let job = try Self.text("kubernetes-cronjob.yaml")
        for container in try Self.jobs().joined() {
            let variables = try #require(container["env"] as? [[String: Any]])
            let secret = variables.filter { ["PGPASSWORD", "WEBHOOK"].contains($0["name"] as? String) }
            #expect(secret.count == 2 && secret.allSatisfy { $0["valueFrom"] != nil && $0["value"] == nil })
        }
        #expect(!job.contains("postgresql://"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
    func `hold units that systemd takes`() throws {
        let folder = try TemporaryFolder()
        var units: [String] = []
        for name in ["bellwether-load.service", "bellwether-load.timer", "bellwether-alert@.service"] {
            // Whether the command is installed here is not asked.
            let text = try Self.text("systemd/" + name).replacing(
                "ExecStart=bellwether", with: "ExecStart=/bin/sh")
            units.append(try folder.write(name, text))
        }
        units[2] = units[2].replacing("@.", with: "@load.")
        let outcome = try Child(
            "/usr/bin/systemd-analyze", ["verify", "--man=no"] + units,
            environment: ProcessInfo.processInfo.environment, folder: folder.path
        ).outcome()
        let complaints = outcome.errors.split(separator: "\n").filter { $0.contains("bellwether") }
        #expect(complaints.isEmpty, "\(outcome)")
    }
}
