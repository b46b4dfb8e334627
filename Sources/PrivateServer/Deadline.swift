import Foundation

/// A moment after which we stop waiting.
struct Deadline: Sendable {
    private let moment: ContinuousClock.Instant

    init(after patience: Duration) { moment = .now + patience }

    var hasPassed: Bool { .now >= moment }
}

/// A short sleep between two looks.
func waitBriefly() { usleep(20_000) }
