import Answers
import Foundation
import Model
import Render

/// The command's two streams: standard output carries the answer and nothing else.
enum Output {
    /// Prints an answer in the format asked for: by option, by `BELLWETHER_FORMAT`, by `bellwether.yml`.
    ///
    /// - Throws: `BW506` for a format that there is not.
    static func print(_ answer: Answer, _ options: OutputOptions) throws(BellwetherError) {
        let format = try format(options)
        write(render(answer, as: format, terminal: traits(of: STDOUT_FILENO), exact: options.exact))
    }

    /// The format asked for.
    ///
    /// - Throws: `BW506` for a format that there is not.
    @discardableResult
    static func format(_ options: OutputOptions) throws(BellwetherError) -> Format {
        if let format = options.format { return format }
        let configured = try Configuration.load(environment: environment).format
        guard let name = environment["BELLWETHER_FORMAT"] ?? configured, !name.isEmpty else {
            return .terminal
        }
        guard let format = Format(named: name) else {
            throw BellwetherError(
                .badOption, "BELLWETHER_FORMAT says “\(name)”, which is not a format",
                hint: "Write one of: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return format
    }

    /// Puts nothing in the place of a standard stream that was closed, else the next file or socket to be opened
    /// would take its number, and an answer or a warning would be written into it.
    static func openStandardStreams() {
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDWR)
        }
    }

    /// Writes text to standard output; a closed pipe ends the process quietly.
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EPIPE { exit(0) }
                note("bellwether: the answer cannot be written: \(String(cString: strerror(errno)))")
                exit(1)
            }
            written += count
        }
    }

    /// Writes a line to standard error.
    static func note(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    /// Prints an error to standard error.
    static func printError(_ error: BellwetherError) {
        FileHandle.standardError.write(Data(errorText(error, color: traits(of: STDERR_FILENO).color).utf8))
    }

    /// Prints what the guards found that hold a load: below the error for people, and as an answer on standard
    /// output for programs, unless a rehearsal's answer has it already.
    static func printTrips(_ error: BellwetherError, _ options: OutputOptions?) {
        let format = options.flatMap { try? Self.format($0) } ?? .terminal
        if format == .terminal {
            let text = render(guardTable(error.trips), terminal: traits(of: STDERR_FILENO))
            FileHandle.standardError.write(Data(("\n" + text).utf8))
        } else {
            write(render(heldAnswer(error), as: format))
        }
    }

    /// Whether standard error is a terminal, so that progress may be drawn.
    static var canDrawProgress: Bool {
        isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    }

    /// What a stream can show: its width, colour, Unicode.
    static func traits(of descriptor: Int32) -> TerminalTraits {
        let isTerminal = isatty(descriptor) == 1
        let mayColor =
            isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        return TerminalTraits(width: width(descriptor), color: mayColor, unicode: true)
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// COLUMNS, else the terminal's own width, else 100 for a pipe.
    private static func width(_ descriptor: Int32) -> Int {
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 20 { return columns }
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 { return Int(size.ws_col) }
        return 100
    }
}
