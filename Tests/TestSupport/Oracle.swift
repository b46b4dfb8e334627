import Foundation

/// A script of Tests/Oracles: an independent reckoning in Python's standard library.
public enum Oracle {
    /// The JSON object that a script prints.
    ///
    /// - Throws: `Command.Failure` with the script's own words when it fails.
    public static func run(_ script: String, _ arguments: [String]) throws -> [String: Any] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Oracles/\(script)").path
        var environment = ProcessInfo.processInfo.environment
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        environment["PYTHONIOENCODING"] = "utf-8"
        let outcome = try Child(
            "/usr/bin/env", ["python3", path] + arguments, environment: environment, folder: nil
        ).outcome()
        guard outcome.status == 0,
            let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        else { throw Command.Failure("\(script): \(outcome)") }
        return object
    }
}

/// Real CRM exports: in `BELLWETHER_DATA`, else in `../shared/data` beside the package.
public enum RealData {
    /// The folder of the data sets.
    public static var folder: String {
        if let folder = environment["BELLWETHER_DATA"], !folder.isEmpty { return folder }
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("shared/data").path
    }

    /// Whether tests over real exports run: where there are any, and where continuous integration demands them.
    public static var isWanted: Bool {
        let isRequired = environment["CI"] == "true" && environment["BELLWETHER_WITHOUT_DATA"] != "1"
        return isRequired || FileManager.default.fileExists(atPath: folder)
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
