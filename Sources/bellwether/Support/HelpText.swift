extension String {
    /// A page of help whose paragraphs fit any terminal: lines that follow one another become one, which the screen
    /// breaks where it must. Indented lines, which are commands to copy, stay as they are.
    var asHelp: String {
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        return lines.dropFirst().reduce(into: lines.first.map(String.init) ?? "") { page, line in
            let last = page.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
            let joins = [last, line].allSatisfy { $0.first.map { !$0.isWhitespace } ?? false }
            page += (joins ? " " : "\n") + line
        }
    }
}
