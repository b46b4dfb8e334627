import Dispatch
import Foundation

/// A child process that writes into files: a full pipe would block it, and a pipe's end may leak into a sibling.
public struct Child {
    private let process: Process
    private let ended: DispatchSemaphore
    private let streams: TemporaryFolder
    private let name: String

    /// Starts a program by its full path.
    public init(_ executable: String, _ arguments: [String], environment: [String: String], folder: String?)
        throws
    {
        streams = try TemporaryFolder()
        name = ([executable] + arguments).joined(separator: " ")
        process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = environment
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        process.standardInput = FileHandle.nullDevice
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: try streams.write("output", "")))
        let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: try streams.write("errors", "")))
        // The child has its own by then; those of a thousand children would be inherited by every later one.
        defer {
            try? output.close()
            try? errors.close()
        }
        process.standardOutput = output
        process.standardError = errors
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        self.ended = ended
        try process.run()
    }

    /// Sends it a signal.
    public func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Waits for its end.
    ///
    /// - Throws: `Command.Failure` when it has not ended after `timeout` seconds; it is killed then.
    public func outcome(timeout: Int = 60) throws -> Command.Outcome {
        if ended.wait(timeout: .now() + .seconds(timeout)) == .timedOut {
            signal(SIGKILL)
            _ = ended.wait(timeout: .now() + .seconds(10))
            throw Command.Failure("not done after \(timeout) s: \(name)\n\(text("errors"))")
        }
        let status = process.terminationStatus
        return Command.Outcome(
            status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
            output: text("output"), errors: text("errors"))
    }

    private func text(_ stream: String) -> String {
        let data = FileManager.default.contents(atPath: streams.path + "/" + stream) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }
}
