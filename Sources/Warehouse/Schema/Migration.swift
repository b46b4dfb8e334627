import ShippedFiles

/// A numbered file of `sql/tables/` that runs once.
struct Migration: Sendable {
    /// The number that begins its name.
    let number: Int
    /// The file's name.
    let name: String
    /// Its text.
    let text: String

    /// Every migration, in order.
    static let all: [Migration] = ShippedFile.files(below: "sql/tables").compactMap { file in
        let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
        guard let number = Int(name.prefix { $0.isNumber }) else { return nil }
        return Migration(number: number, name: name, text: file.text)
    }

    /// The number of the newest.
    static var newest: Int { all.map(\.number).max() ?? 0 }

    /// The files of views and functions in the order in which they are made.
    static let views: [ShippedFile] = ShippedFile.files(below: "sql/views")
}
