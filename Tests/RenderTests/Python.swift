import Foundation

/// The independent reader of what the module writes: python3's own csv, json, decimal and unicodedata.
enum Python {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let isAvailable = (try? run("print('ok')", input: "")) == "ok\n"

    /// What a script prints when `input` is on its standard input.
    static func run(_ script: String, input: String) throws -> String {
        // A file, not a pipe: a full pipe would block both sides.
        let folder = FileManager.default.temporaryDirectory.appending(path: "bellwether-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "input")
        try Data(input.utf8).write(to: source)

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["PYTHONIOENCODING=utf-8", "python3", "-c", script]
        process.standardInput = try FileHandle(forReadingFrom: source)
        let output = Pipe()
        process.standardOutput = output
        let errors = folder.appending(path: "errors")
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: (try? String(contentsOf: errors, encoding: .utf8)) ?? "python3 failed")
        }
        return String(decoding: printed, as: UTF8.self)
    }
}
