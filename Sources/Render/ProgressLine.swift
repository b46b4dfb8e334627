/// How far a long piece of work has come, in one line that can be drawn over the one before:
/// `opportunity  ███████░░░  63 %  1.2 M rows  84 MB/s  0:03 left`.
public struct ProgressLine: Sendable, Hashable {
    /// What is being done.
    public var label: String
    /// Rows so far.
    public var rows: Int
    /// Bytes so far.
    public var bytes: Int
    /// Bytes in all; nil when nobody knows.
    public var totalBytes: Int?
    /// Time since the start.
    public var elapsed: Duration

    /// The state of a piece of work.
    public init(label: String, rows: Int, bytes: Int, totalBytes: Int?, elapsed: Duration) {
        self.label = label
        self.rows = rows
        self.bytes = bytes
        self.totalBytes = totalBytes
        self.elapsed = elapsed
    }

    /// The line within the terminal's width; what matters least is left out first, from the right.
    public func text(_ terminal: TerminalTraits) -> String {
        let symbols = terminal.symbols
        var pieces = [label.harmless(symbols)]
        if let fraction {
            pieces.append(bar(fraction, symbols))
            // Not rounded: 100 % means that nothing is left.
            pieces.append("\(Int(fraction * 100)) %")
        }
        pieces.append("\(short(rows)) rows")
        if let speed { pieces.append(speedText(speed)) }
        if let secondsLeft { pieces.append(clock(secondsLeft) + " left") }
        while pieces.count > 1, pieces.joined(separator: "  ").displayWidth > terminal.usableWidth {
            pieces.removeLast()
        }
        return pieces.joined(separator: "  ")
            .truncated(to: terminal.usableWidth, ellipsis: symbols.ellipsis)
    }

    private var fraction: Double? {
        guard let totalBytes, totalBytes > 0 else { return nil }
        return min(max(Double(bytes) / Double(totalBytes), 0), 1)
    }

    private var seconds: Double {
        let (seconds, attoseconds) = elapsed.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    /// Bytes a second; nil before there is anything to measure.
    private var speed: Double? {
        bytes > 0 && seconds > 0 ? Double(bytes) / seconds : nil
    }

    private var secondsLeft: Int? {
        guard let totalBytes, let speed else { return nil }
        let left = (Double(max(0, totalBytes - bytes)) / speed).rounded(.up)
        // A hundred days and more is no estimate.
        return left < 8_640_000 ? Int(left) : nil
    }

    private func bar(_ fraction: Double, _ symbols: Symbols) -> String {
        let full = Int(fraction * 10)
        return String(repeating: symbols.full, count: full)
            + String(repeating: symbols.empty, count: 10 - full)
    }

    private func short(_ count: Int) -> String {
        switch count {
        case ..<1_000: NumberText.grouped(count)
        case ..<1_000_000: (NumberText.decimal(Double(count) / 1e3, places: 1) ?? "") + " K"
        default: (NumberText.decimal(Double(count) / 1e6, places: 1) ?? "") + " M"
        }
    }

    private func speedText(_ speed: Double) -> String {
        let (value, unit) = speed < 1e6 ? (speed / 1e3, "kB/s") : (speed / 1e6, "MB/s")
        return (NumberText.decimal(value, places: 0) ?? "") + " " + unit
    }

    private func clock(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (minutes, hours) = (seconds / 60 % 60, seconds / 3600)
        return hours > 0
            ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }
}
