import Model

/// Which columns of an entity's files its inputs use; two inputs may read the same file.
struct ColumnUse {
    private var files: [(name: String, columns: [String], used: Set<Int>)] = []
    /// Optional and kept columns that a file does not have.
    private(set) var absent: [String] = []
    /// The columns of each pattern's files, those of the first file first.
    private(set) var headers: [FileHeader] = []

    mutating func add(_ header: Header, _ bound: BoundColumns, file: String, pattern: String) {
        if let index = headers.firstIndex(where: { $0.pattern == pattern }) {
            for name in header.names where !headers[index].columns.contains(name) {
                headers[index].columns.append(name)
            }
        } else {
            headers.append(FileHeader(pattern: pattern, columns: header.names))
        }
        if let index = files.firstIndex(where: { $0.name == file }) {
            files[index].used.formUnion(bound.used)
        } else {
            files.append((file, header.names, bound.used))
        }
        for name in bound.absent where !absent.contains(name) { absent.append(name) }
    }

    /// The names of columns that nothing uses, each once.
    var unused: [String] {
        var names: [String] = []
        for file in files {
            for (index, name) in file.columns.enumerated()
            where !file.used.contains(index) && !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// The names that stand in a header more than once, each once.
    var duplicates: [String] {
        var names: [String] = []
        for file in files {
            var seen: Set<String> = []
            for name in file.columns where !seen.insert(name).inserted && !names.contains(name) {
                names.append(name)
            }
        }
        return names
    }
}
