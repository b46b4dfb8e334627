import CSpawn
import Foundation
import Model

/// Runs the machine's commands, each in `/`, with a clean environment, without our descriptors.
///
/// Not Foundation's `Process`, which can neither become another user nor leave our session.
enum Subprocess {
    /// What a command that has ended left behind.
    struct Outcome: Sendable {
        /// The exit status, 128 + signal for a killed command; nil where somebody else reaped it.
        let status: Int32?
        /// The end of what it wrote to standard output and standard error.
        let output: String

        /// Whether nothing speaks against success.
        var isSuccess: Bool { status == nil || status == 0 }
    }

    /// Why a command could not be run at all.
    struct Failure: Error {
        let executable: String
        let number: Int32
        var text: String { "\(executable) cannot be run: \(systemText(number))" }
    }

    /// What the commands see: no `PG*` variable, no language of the person's.
    static let environment = ["LC_ALL=C", "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]

    private static let outputLimit = 16 * 1024

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - command: the executable's full path and its arguments.
    ///   - account: who runs it; nil for ourselves.
    ///   - input: the command's standard input, at most 4 KiB, so that it fits a pipe unread.
    ///   - lock: a descriptor that the command holds open while it lives.
    static func run(
        _ command: [String], as account: ServerAccount? = nil, input: String = "", holding lock: Int32? = nil
    ) throws(Failure) -> Outcome {
        let inputPipe = try ClosingPipe(for: command)
        let outputPipe = try ClosingPipe(for: command)
        _ = Array(input.utf8.prefix(4096)).withUnsafeBytes {
            write(inputPipe.writeEnd, $0.baseAddress, $0.count)
        }
        inputPipe.closeWriteEnd()
        let child = try spawn(
            command, as: account, input: inputPipe.readEnd, output: outputPipe.writeEnd, lock: lock,
            inOwnSession: false)
        outputPipe.closeWriteEnd()
        let output = readAll(outputPipe.readEnd, keepingLast: outputLimit)
        return Outcome(status: status(of: child), output: output)
    }

    /// Starts a command that outlives us: own session, nothing of ours open but log and lock.
    static func launch(
        _ command: [String], as account: ServerAccount, log: Int32, holding lock: Int32
    ) throws(Failure) -> pid_t {
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard nothing >= 0 else { throw Failure(executable: "/dev/null", number: errno) }
        let input = raised(nothing)
        defer { close(input) }
        return try spawn(
            command, as: account, input: input, output: log, lock: lock, inOwnSession: true)
    }

    /// Whether a launched command has ended.
    static func hasEnded(_ child: pid_t) -> Bool {
        var raw: Int32 = 0
        return waitpid(child, &raw, WNOHANG) != 0
    }

    private static func status(of child: pid_t) -> Int32? {
        var raw: Int32 = 0
        while waitpid(child, &raw, 0) != child {
            guard errno == EINTR else { return nil }
        }
        let signal = raw & 0x7f
        return signal == 0 ? (raw >> 8) & 0xff : 128 + signal
    }

    private static func spawn(
        _ command: [String], as account: ServerAccount?, input: Int32, output: Int32, lock: Int32?,
        inOwnSession: Bool
    ) throws(Failure) -> pid_t {
        let arguments = command.map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        let other = account.flatMap { $0.isSelf ? nil : $0 }
        let user = other.map { strdup($0.name) }
        defer { (arguments + variables + [user ?? nil]).forEach { free($0) } }
        var reason: Int32 = 0
        let child = arguments.withUnsafeBufferPointer { arguments in
            variables.withUnsafeBufferPointer { variables in
                var request = bellwether_command(
                    arguments: arguments.baseAddress, environment: variables.baseAddress,
                    input: input, output: output, held: lock ?? -1, own_session: inOwnSession ? 1 : 0,
                    user: user ?? nil, user_id: other?.userID ?? 0, group_id: other?.groupID ?? 0)
                return bellwether_spawn(&request, &reason)
            }
        }
        guard child > 0 else { throw Failure(executable: command[0], number: reason) }
        return child
    }
}

/// A pipe whose ends no other command inherits, and which closes itself.
private final class ClosingPipe {
    let readEnd: Int32
    private(set) var writeEnd: Int32

    init(for command: [String]) throws(Subprocess.Failure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Subprocess.Failure(executable: command[0], number: errno) }
        readEnd = raised(ends[0])
        writeEnd = raised(ends[1])
    }

    func closeWriteEnd() {
        if writeEnd >= 0 { close(writeEnd) }
        writeEnd = -1
    }

    deinit {
        closeWriteEnd()
        close(readEnd)
    }
}

/// The same open file under a number of 10 or more: clear of the numbers that a spawned command
/// is given, also when our caller has closed standard input or output. Closed in commands.
func raised(_ descriptor: Int32) -> Int32 {
    let higher = fcntl(descriptor, F_DUPFD_CLOEXEC, 10)
    guard higher >= 0 else { return descriptor }
    close(descriptor)
    return higher
}
