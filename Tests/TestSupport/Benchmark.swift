import Foundation

/// A script of Benchmarks/, run small and with the command that the tests built.
public enum Benchmark {
    /// Runs a script; `variables` are its sizes.
    ///
    /// - Throws: `Command.Failure` when it has not ended after `timeout` seconds, or there is no binary.
    public static func run(
        _ script: String, _ variables: [String: String], timeout: Int = 300
    ) throws -> Command.Outcome {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Benchmarks/\(script)").path
        // The server may run as another user, which cannot enter root's folders.
        var environment = [
            "BELLWETHER": try Command.binary(), "WORK": "/tmp", "PYTHONDONTWRITEBYTECODE": "1",
        ]
        environment.merge(variables) { $1 }
        environment.merge(ProcessInfo.processInfo.environment) { ours, _ in ours }
        return try Child(
            "/usr/bin/env", ["python3", path], environment: environment, folder: nil
        ).outcome(timeout: timeout)
    }
}
