import Model

/// How much was written.
public struct SampleSummary: Sendable {
    /// The folder as given.
    public let folder: String
    /// The nights, in order.
    public let nights: [Day]
    /// The nights between the first and the last that have no folder.
    public let missingNights: [Day]
    /// Records of all files, headers not counted.
    public internal(set) var rows = 0
    /// Bytes of all files.
    public internal(set) var bytes = 0

    init(folder: String, nights: [Day], missingNights: [Day]) {
        self.folder = folder
        self.nights = nights
        self.missingNights = missingNights
    }
}
