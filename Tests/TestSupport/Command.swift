import Dispatch
import Foundation

/// The built command `bellwether`, run as a person's shell would run it: arguments in, streams and status out.
public struct Command: Sendable {
    /// What a run left behind.
    public struct Outcome: Sendable, CustomStringConvertible {
        /// The exit status; 128 + signal for a killed command.
        public let status: Int32
        /// Standard output.
        public let output: String
        /// Standard error.
        public let errors: String

        /// Standard output with every run of blanks and line ends as one blank: what it says, however wide.
        public var text: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

        /// All of it, for the message of a test that fails.
        public var description: String { "status \(status)\n--- output\n\(output)\n--- errors\n\(errors)" }
    }

    /// Why there is no outcome.
    public struct Failure: Error, CustomStringConvertible {
        /// What went wrong.
        public let description: String

        /// A failure in those words.
        public init(_ description: String) {
            self.description = description
        }
    }

    /// The folder in which it runs; relative paths among the arguments start there.
    public var folder: String?
    /// Variables beside the fixed ones: `PATH`, `HOME`, `TMPDIR`, `COLUMNS=100`, `TZ=UTC`, `LC_ALL=C.UTF-8`, `NO_COLOR=1`.
    public var environment: [String: String]

    /// The command with those variables, such as `BELLWETHER_DB`.
    public init(environment: [String: String], folder: String? = nil) {
        self.environment = environment
        self.folder = folder
    }

    /// Runs it to its end.
    ///
    /// - Throws: `Failure` when there is no binary, or when it has not ended after `timeout` seconds.
    public func run(_ arguments: [String], timeout: Int = 60) throws -> Outcome {
        try start(arguments).outcome(timeout: timeout)
    }

    /// Starts it and lets it run.
    ///
    /// - Throws: `Failure` when there is no binary.
    public func start(_ arguments: [String]) throws -> Child {
        try Child(
            try Self.binary(), arguments, environment: Self.clean.merging(environment) { $1 }, folder: folder)
    }

    /// What every run sees, whatever the machine's own settings are.
    private static var clean: [String: String] {
        let machine = ProcessInfo.processInfo.environment
        var kept = machine.filter {
            ["PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"].contains($0.key)
        }
        // No server's or service file's settings are found in a home that is not there.
        kept["HOME"] = "/nonexistent"
        kept["COLUMNS"] = "100"
        kept["TZ"] = "UTC"
        kept["LC_ALL"] = "C.UTF-8"
        kept["NO_COLOR"] = "1"
        return kept
    }

    /// The binary, which the build puts beside the tests' bundle.
    static func binary() throws(Failure) -> String {
        let starts = CommandLine.arguments + Bundle.allBundles.map(\.bundlePath) + [Bundle.main.bundlePath]
        for start in starts where start.hasPrefix("/") {
            var folder = URL(fileURLWithPath: start)
            for _ in 0..<5 {
                folder.deleteLastPathComponent()
                let candidate = folder.appendingPathComponent("bellwether").path
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder),
                    !isFolder.boolValue,
                    FileManager.default.isExecutableFile(atPath: candidate)
                {
                    return candidate
                }
            }
        }
        throw Failure("no built bellwether beside \(starts.joined(separator: ", "))")
    }
}
