import Dispatch
import Foundation
import Model

/// Somebody to tell of the end of a run: a command of the operator's, or an address to post to.
///
/// The summary goes in by standard input and variables alone: no text of ours ever becomes part of a command line.
enum Hook {
    case command(String)
    case webhook(String)

    /// So long may a hook take, in seconds.
    private static let timeout = 60

    /// Checks an address before anything is done.
    ///
    /// - Throws: `BW506` for one that is neither https nor of this machine.
    static func webhook(checking url: String) throws(BellwetherError) -> Hook {
        let parts = URLComponents(string: url)
        let host = parts?.host?.lowercased() ?? ""
        let isHere = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
        guard !host.isEmpty, parts?.scheme == "https" || (parts?.scheme == "http" && isHere) else {
            throw BellwetherError(
                .badOption, "a webhook is an address that begins with https://",
                hint:
                    "http:// is taken for localhost only; the address itself is not shown, as it may hold a key."
            )
        }
        return .webhook(url)
    }

    /// Tells, and waits for the end of it.
    ///
    /// - Returns: Why it failed, in a sentence; nil when it did not.
    func tell(_ summary: String, variables: [String: String]) -> String? {
        switch self {
        case .command(let command):
            return run(["/bin/sh", "-c", command], input: summary, variables, name: "the command")
        case .webhook(let url):
            // The address may hold a key, and arguments are seen by every user of the machine.
            let settings =
                [
                    ("url", url), ("data-binary", summary), ("header", "Content-Type: application/json"),
                    ("max-time", "20"), ("proto", "=http,https"), ("output", "/dev/null"),
                ].map { "\($0.0) = \(Self.quoted($0.1))" } + ["silent", "show-error", "fail"]
            return run(
                ["/usr/bin/env", "curl", "--disable", "--config", "-"],
                input: settings.joined(separator: "\n") + "\n", [:], name: "curl")
        }
    }

    /// As curl's settings are quoted.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private func run(
        _ arguments: [String], input: String, _ variables: [String: String], name: String
    ) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        // Standard output carries the answer and nothing else.
        process.standardOutput = FileHandle.standardError
        process.standardError = FileHandle.standardError
        let pipe = Pipe()
        process.standardInput = pipe
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            return "\(name) cannot be run: \(error.localizedDescription)"
        }
        // A hook that reads nothing closes its end, which is no error of the load.
        try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try? pipe.fileHandleForWriting.close()
        if ended.wait(timeout: .now() + .seconds(Self.timeout)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            return "\(name) had not ended after \(Self.timeout) seconds"
        }
        let status = process.terminationStatus
        if process.terminationReason == .uncaughtSignal { return "\(name) was ended by signal \(status)" }
        if status == 127, case .webhook = self { return "curl is not installed" }
        return status == 0 ? nil : "\(name) ended with \(status)"
    }
}
