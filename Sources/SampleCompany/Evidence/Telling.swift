import Model

/// A record as the CRM has it from the end of each of some days on.
struct Telling: Sendable {
    let file: SampleFile
    /// By rising days; each with its line feed.
    let versions: [(day: Day, record: [UInt8])]

    /// A record that never changes.
    init(_ file: SampleFile, from day: Day, _ cells: [String]) {
        self.init(file, [(day, cells)])
    }

    init(_ file: SampleFile, _ versions: [(day: Day, cells: [String])]) {
        self.file = file
        self.versions = versions.map { version in
            var text = CSVText()
            text.line(version.cells)
            return (version.day, text.bytes)
        }
    }

    /// The record at the end of a night; nil before there is one.
    func record(on night: Day) -> [UInt8]? {
        versions.last { $0.day <= night }?.record
    }
}
