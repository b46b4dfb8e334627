import Foundation
import Model
import SampleCompany

/// Runs the scripts of `Oracle/`: Python with nothing but its standard library, which know the
/// exports' format and nothing of how they were made.
enum Oracle {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The lines that a script prints; throws when it fails or when there is no python3.
    static func run(_ script: String, _ arguments: String...) throws -> [String] {
        try run(script, arguments)
    }

    /// The lines `name=value` of a script.
    static func figures(_ script: String, _ arguments: String...) throws -> [String: String] {
        let pairs = try run(script, arguments).compactMap { line -> (String, String)? in
            let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// What the sample company's forecast must say, by `Tests/Oracles/sample_forecast.py`.
    static func forecast(_ folder: String) throws -> [String: String] {
        let text = try run("../../Oracles/sample_forecast.py", [folder]).joined(separator: "\n")
        return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }

    private static func run(_ script: String, _ arguments: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "\(folder)/Oracle/\(script)"] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else {
            let reason = process.terminationStatus == 127 ? "python3 is needed for these tests" : text
            throw Failure(description: "\(script) ended with \(process.terminationStatus): \(reason)")
        }
        return text.split(separator: "\n").map(String.init)
    }

    /// The folder of the definitions of the entities' tables.
    static var tables: String {
        folder + "/../../sql/tables"
    }

    private static var folder: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    }
}

/// Options of a company, changed from the default.
func options(_ change: (inout SampleOptions) -> Void = { _ in }) -> SampleOptions {
    var options = SampleOptions()
    change(&options)
    return options
}

/// Writes a company into a folder that is removed afterwards.
func withExport<Result>(
    _ options: SampleOptions, _ body: (String) throws -> Result
) throws -> Result {
    try withFolder { folder in
        _ = try NightlyExport(Company(options), into: folder).write()
        return try body(folder)
    }
}

/// A folder that does not exist yet and is removed afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/sample-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}
