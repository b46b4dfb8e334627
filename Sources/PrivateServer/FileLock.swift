import Foundation
import Model

/// A lock on a file that the kernel takes back when its last holder dies, however it dies.
///
/// The lock belongs to the open file: a command that inherits the descriptor holds it too.
struct FileLock: ~Copyable {
    /// The open file.
    let descriptor: Int32

    // Closing, never unlocking: a command that inherited the lock shall keep it.
    deinit { close(descriptor) }

    /// The lock, or nil while somebody else holds it.
    ///
    /// - Throws: BW211 when the file cannot be written.
    static func tryTake(_ path: String) throws(BellwetherError) -> FileLock? {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else {
            throw unusable(path, errno)
        }
        let descriptor = raised(opened)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileLock(descriptor: descriptor) }
        let reason = errno
        close(descriptor)
        if reason == EWOULDBLOCK || reason == EINTR { return nil }
        throw unusable(path, reason)
    }

    /// Whether somebody holds a lock.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // Shared, so that two who look do not take each other for a holder.
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// The lock, waiting for it; nil when it is still taken at the deadline.
    static func take(_ path: String, until deadline: Deadline) throws(BellwetherError) -> FileLock? {
        while true {
            if let lock = try tryTake(path) { return lock }
            if deadline.hasPassed { return nil }
            waitBriefly()
        }
    }

    private static func unusable(_ path: String, _ reason: Int32) -> BellwetherError {
        BellwetherError(
            .serverDataUnusable, "\(path) cannot be locked: \(systemText(reason))",
            hint: nextStep(for: systemText(reason)) ?? "Set BELLWETHER_HOME to a folder of your own.")
    }
}
