/// A file of the repository that travels inside the binary: `sql/**.sql`, `etl/mappings/*.yml`.
public struct ShippedFile: Sendable {
    /// The path within the repository, such as `sql/tables/0001_frame.sql`.
    public let path: String
    /// The whole text, as in the repository.
    public let text: String

    /// Every shipped file, ordered by path.
    public static var all: [ShippedFile] { generated }

    /// The shipped files of one folder and below, ordered by path; empty when there is none.
    public static func files(below folder: String) -> [ShippedFile] {
        all.filter { $0.path.hasPrefix(folder + "/") }
    }
}
