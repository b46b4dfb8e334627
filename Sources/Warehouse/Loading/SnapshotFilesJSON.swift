import Intake

extension ReadReport {
    /// The files as `bellwether_store.snapshot.files` keeps them: name, bytes and hash.
    var filesJSON: String {
        let entries = files.map { file in
            "{\"name\": \(jsonText(file.name)), \"bytes\": \(file.bytes), \"hash\": \"\(file.hash)\"}"
        }
        return "[" + entries.joined(separator: ", ") + "]"
    }
}

/// A text as a JSON string.
func jsonText(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case "\u{0}"..."\u{1F}":
            let digits = String(scalar.value, radix: 16)
            json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: json.unicodeScalars.append(scalar)
        }
    }
    return json + "\""
}
