import Foundation

/// The system's words for an error number.
func systemText(_ number: Int32) -> String { String(cString: strerror(number)) }

/// The step that helps against a cause that PostgreSQL or the system names.
func nextStep(for words: String) -> String? {
    if words.contains("No space left on device") || words.contains("Disk quota exceeded") {
        return "Free space on that disk, or set BELLWETHER_HOME to a folder on a larger one."
    }
    if words.contains("Read-only file system") {
        return "Set BELLWETHER_HOME to a folder that can be written."
    }
    return nil
}
