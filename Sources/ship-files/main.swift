import Foundation

// Usage: ship-files OUTPUT ROOT FOLDER... ; called by the build plugin only.
let arguments = CommandLine.arguments

func fail(_ reason: String) -> Never {
    FileHandle.standardError.write(Data("ship-files: \(reason)\n".utf8))
    exit(1)
}

/// The paths of the folder's SQL files and mappings, within the root, in order.
func shippedPaths(below folder: String, root: String) -> [String] {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder) else {
        fail("cannot list \(folder)")
    }
    return
        names
        .filter { $0.hasSuffix(".sql") || $0.hasSuffix(".yml") }
        .map { folder + "/" + $0 }
        .sorted()
}

guard arguments.count > 3 else { fail("give OUTPUT ROOT FOLDER...") }
let root = arguments[2]
var source = "extension ShippedFile {\n    static let generated: [ShippedFile] = [\n"
for path in arguments.dropFirst(3).flatMap({ shippedPaths(below: $0, root: root) }) {
    guard let text = try? String(contentsOfFile: root + "/" + path, encoding: .utf8) else {
        fail("cannot read \(path) as UTF-8")
    }
    // Four pound signs: a file that held the delimiter would end the literal early.
    guard !text.contains("\"\"\"####"), !text.contains("\\####") else { fail("\(path) contains a delimiter") }
    source += "ShippedFile(path: \"\(path)\", text: ####\"\"\"\n\(text)\n\"\"\"####),\n"
}
source += "    ]\n}\n"
do {
    try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
} catch {
    fail("cannot write \(arguments[1])")
}
