import Foundation
import Render
import Warehouse

/// Draws a load's progress over one line of standard error, on a terminal only, a few times a second.
final class ProgressPrinter {
    private let isOn = Output.canDrawProgress
    /// What stands before the entity's name, such as the night.
    private let prefix: String
    private let start = ContinuousClock.now
    private var drawnAt: ContinuousClock.Instant?

    /// A line that begins with the prefix.
    init(prefix: String = "") {
        self.prefix = prefix
    }

    /// Draws the line when it is time to.
    func report(_ progress: LoadProgress) {
        guard isOn else { return }
        let now = ContinuousClock.now
        if let drawnAt, now - drawnAt < .milliseconds(100) { return }
        drawnAt = now
        let line = ProgressLine(
            label: prefix + progress.entity, rows: progress.rows, bytes: progress.bytes,
            totalBytes: progress.totalBytes,
            elapsed: now - start)
        write("\r\u{1B}[2K" + line.text(Output.traits(of: STDERR_FILENO)))
    }

    /// Takes the line away.
    func clear() {
        if drawnAt != nil { write("\r\u{1B}[2K") }
        drawnAt = nil
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
