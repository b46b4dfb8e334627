import Model

/// The first row of an export: the names of its columns, blanks around them cut off.
struct Header {
    let names: [String]
    /// The file, for messages.
    let path: String
    /// The line of the header, from 1.
    let line: Int
    private let delimiter: UInt8

    /// Reads the header from the start of a file.
    ///
    /// - Throws: BW102 when the file holds nothing, BW104 when the header is not UTF-8.
    init(from reader: inout RecordReader, format: FileFormat) throws(BellwetherError) {
        let found = try reader.next()
        path = reader.path
        line = found ? reader.recordLine : 1
        delimiter = format.delimiter
        let record = reader.record
        guard found, record.contains(where: { !isBlank($0) }) else {
            throw BellwetherError(
                .fileEmpty, "the file is empty: it has not even a header",
                hint: "a day without rows still needs the header; check whether the export broke off",
                place: Place(file: path))
        }
        guard !record.contains(0), String(validating: record, as: UTF8.self) != nil else {
            throw BellwetherError(
                .fileEncoding,
                record.contains(0)
                    ? "the header has NUL bytes, as UTF-16 has" : "the header is not UTF-8",
                hint: "set `encoding` in the mapping's format: "
                    + TextEncoding.allCases.map(\.rawValue).joined(separator: ", "),
                place: Place(file: path, line: line))
        }
        var table = CellTable()
        table.split(record, hasQuotes: reader.recordHasQuotes, format: format)
        var names: [String] = []
        for index in 0..<table.count {
            var name: [UInt8] = []
            table.appendText(index, of: record, quote: format.quote, to: &name)
            names.append(String(decoding: name, as: UTF8.self).trimmingBlanks)
        }
        self.names = names
    }

    /// The position of the first of some names that the file has; nil when it has none of them.
    ///
    /// - Throws: BW106 when that name stands in the header more than once.
    func position(ofFirst alternatives: [String]) throws(BellwetherError) -> Int? {
        for name in alternatives {
            let positions = names.indices.filter { names[$0] == name }
            guard let first = positions.first else { continue }
            guard positions.count == 1 else {
                let places = positions.map { String($0 + 1) }.joined(separator: " and ")
                throw BellwetherError(
                    .columnDuplicate, "the header has the column \(name) more than once: as column \(places)",
                    hint: "rename or remove one of them in the export",
                    place: Place(file: path, line: line, column: name))
            }
            return first
        }
        return nil
    }

    /// The error for a column that the mapping needs and the file does not have.
    func missing(_ alternatives: [String]) -> BellwetherError {
        let wanted = alternatives.joined(separator: " or ")
        return BellwetherError(
            .columnMissing, "the header has no column \(wanted)", hint: missingHint(alternatives),
            place: Place(file: path, line: line, column: alternatives.first))
    }

    private func missingHint(_ alternatives: [String]) -> String {
        if names.count == 1, let only = names.first {
            for other in [",", ";", "\t", "|"] where other.utf8.first != delimiter && only.contains(other) {
                let shown = other == "\t" ? "\\t" : other
                return "the columns seem to be divided by another delimiter: set `delimiter: \"\(shown)\"`"
            }
        }
        var near: [String] = []
        for name in alternatives {
            for other in nearestNames(to: name, among: names) where !near.contains(other) {
                near.append(other)
            }
        }
        guard near.isEmpty else { return "did you mean \(near.prefix(3).joined(separator: ", "))?" }
        return "the file has: " + names.prefix(30).joined(separator: ", ")
            + (names.count > 30 ? " … (\(names.count) columns)" : "")
    }
}

/// A blank or a tab.
@inline(__always)
func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

extension StringProtocol {
    /// Without the blanks and tabs at both ends.
    var trimmingBlanks: String {
        let kept = drop { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }
        guard let last = kept.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\u{A0}" }) else {
            return ""
        }
        return String(kept[...last])
    }
}
