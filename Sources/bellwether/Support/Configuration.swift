import Foundation
import Model
import Render
import Yams

/// What `bellwether.yml` says of connection and display, the weakest word of all: the environment wins over it, and
/// options win over both.
///
/// Nothing that could change a number stands there: such settings are loaded, and so have a history.
struct Configuration: Decodable {
    /// The server, as `--db` takes it.
    var db: String?
    /// The private server's folder, as `BELLWETHER_HOME`.
    var home: String?
    /// The format of answers, as `--format` takes it.
    var format: String?
    /// The file for JSON lines, as `--log` takes it.
    var log: String?
    /// Whom to tell when a run fails or is held.
    var onFailure: Told?
    /// Whom to tell when a run is done.
    var onSuccess: Told?

    /// Whom to tell of a run's end.
    struct Told: Decodable {
        /// A command line for /bin/sh.
        var command: String?
        /// An address to post to.
        var webhook: String?
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case db, home, format, log
        case onFailure = "on_failure"
        case onSuccess = "on_success"
    }

    private static let keys = CodingKeys.allCases.map(\.rawValue)
    private static let keyList = keys.dropLast().joined(separator: ", ") + " and " + (keys.last ?? "")

    /// The configuration of this folder, else of the person: `bellwether.yml` here, then in the XDG configuration
    /// folder; an empty one where neither is.
    ///
    /// - Throws: `BW506` when the file is there but cannot be understood.
    static func load(environment: [String: String]) throws(BellwetherError) -> Configuration {
        for path in candidates(environment) where FileManager.default.fileExists(atPath: path) {
            return try read(path)
        }
        return Configuration()
    }

    private static func candidates(_ environment: [String: String]) -> [String] {
        var paths = ["bellwether.yml"]
        if let home = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map({ $0 + "/.config" }),
            !home.isEmpty
        {
            paths.append(home + "/bellwether/bellwether.yml")
        }
        return paths
    }

    private static func read(_ path: String) throws(BellwetherError) -> Configuration {
        let place = Place(file: path)
        let configuration: Configuration
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try checkKeys(text, place)
            configuration = try YAMLDecoder().decode(Configuration.self, from: text.isEmpty ? "{}" : text)
        } catch let error as BellwetherError {
            throw error
        } catch {
            throw BellwetherError(
                .badOption, "the configuration cannot be understood",
                hint: "It is YAML with the keys \(keyList).", place: place)
        }
        if let format = configuration.format, Format(named: format) == nil {
            throw BellwetherError(
                .badOption, "“\(format)” is not a format",
                hint: "Write one of: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).",
                place: place)
        }
        return configuration
    }

    /// A misspelt key would be passed over in silence otherwise.
    private static func checkKeys(_ text: String, _ place: Place) throws {
        guard let mapping = try Yams.compose(yaml: text)?.mapping else { return }
        try checkKeys(mapping, known: keys, of: "The keys are \(keyList).", place)
        for told in [CodingKeys.onFailure, .onSuccess] {
            guard let node = mapping[told.rawValue]?.mapping else { continue }
            try checkKeys(
                node, known: ["command", "webhook"], of: "\(told.rawValue) has the keys command and webhook.",
                place)
        }
    }

    private static func checkKeys(
        _ mapping: Node.Mapping, known: [String], of hint: String, _ place: Place
    ) throws(BellwetherError) {
        for key in mapping.keys.compactMap(\.string) where !known.contains(key) {
            let near = nearestNames(to: key, among: known)
            throw BellwetherError(
                .badOption, "the configuration has an unknown key “\(key)”",
                hint: near.isEmpty ? hint : "Did you mean \(near.joined(separator: " or "))?", place: place)
        }
    }
}
