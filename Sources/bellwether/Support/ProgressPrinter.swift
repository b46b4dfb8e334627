import Foundation
import Render
import Warehouse

/// Draws a load's progress over one line of standard error, on a terminal only, a few times a second.
///
/// With a total it is one bar over all that is to be read, whatever the night and the entity.
final class ProgressPrinter {
    /// What stands before the entity's name, such as the night.
    var prefix = ""
    private let isOn = Output.canDrawProgress
    private let total: Int?
    private let start = ContinuousClock.now
    private var drawnAt: ContinuousClock.Instant?
    /// What was read before the entity that is being read.
    private var done = (bytes: 0, rows: 0)
    private var last: LoadProgress?

    /// A bar for each entity, or one over so many bytes.
    init(total: Int? = nil) {
        self.total = total
    }

    /// Draws the line when it is time to.
    func report(_ progress: LoadProgress) {
        guard isOn else { return }
        if let last, last.entity != progress.entity { finishEntity() }
        last = progress
        let now = ContinuousClock.now
        if let drawnAt, now - drawnAt < .milliseconds(100) { return }
        drawnAt = now
        let line = ProgressLine(
            label: prefix + progress.entity, rows: progress.rows + (total == nil ? 0 : done.rows),
            bytes: progress.bytes + (total == nil ? 0 : done.bytes),
            totalBytes: total ?? progress.totalBytes, elapsed: now - start)
        write("\r\u{1B}[2K" + line.text(Output.traits(of: STDERR_FILENO)))
    }

    /// Counts the entity that was being read as read, as at the end of a night.
    func finishEntity() {
        if let last { done = (done.bytes + last.totalBytes, done.rows + last.rows) }
        last = nil
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
