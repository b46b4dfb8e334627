import Foundation

// Usage: ship-files OUTPUT ROOT FILE... ; called by the build plugin only.
let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    FileHandle.standardError.write(Data("usage: ship-files OUTPUT ROOT FILE...\n".utf8))
    exit(64)
}
let root = arguments[2] + "/"

func literal(_ text: String) -> String {
    // Four pound signs: no shipped file contains that delimiter, and the check below says so.
    "####\"\"\"\n\(text)\n\"\"\"####"
}

var source = "extension ShippedFile {\n    static let generated: [ShippedFile] = [\n"
for path in arguments.dropFirst(3) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        FileHandle.standardError.write(Data("ship-files: cannot read \(path) as UTF-8\n".utf8))
        exit(1)
    }
    guard !text.contains("\"\"\"####"), !text.contains("\\####") else {
        FileHandle.standardError.write(Data("ship-files: \(path) contains a delimiter\n".utf8))
        exit(1)
    }
    let name = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
    source += "ShippedFile(path: \"\(name)\", text: \(literal(text))),\n"
}
source += "    ]\n}\n"
do {
    try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
} catch {
    FileHandle.standardError.write(Data("ship-files: cannot write \(arguments[1])\n".utf8))
    exit(1)
}
