import Foundation

/// A new folder for the files of one fuzzer.
///
/// - Throws: When it cannot be made.
public func makeFuzzFolder() throws -> String {
    // In memory where there is such a place: a file is written for each input.
    let memory = "/dev/shm"
    let parent =
        FileManager.default.isWritableFile(atPath: memory)
        ? memory : FileManager.default.temporaryDirectory.path
    let folder = "\(parent)/bellwether-fuzz-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
}
