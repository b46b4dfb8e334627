import Model

/// What the command tells the shell when it ends. Nothing has changed in 2 to 4.
public enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
    case done = 0
    /// The command failed.
    case failed = 1
    /// Bad data was refused.
    case dataRefused = 2
    /// A guard holds the load until someone looks.
    case held = 3
    /// A proof failed.
    case proofFailed = 4
    /// The command was used wrongly.
    case usage = 64
    /// There is no database to talk to.
    case noDatabase = 69
    /// Another load is at work.
    case locked = 75

    /// The status after an error of that code.
    public static func of(_ code: ErrorCode) -> ExitStatus {
        switch code {
        case .noDatabase, .serverBinariesMissing, .serverNotStarted, .serverDataUnusable: .noDatabase
        case .locked: .locked
        default:
            // The first digit names the family: see `ErrorCode`.
            switch code.rawValue.dropFirst(2).first {
            case "1": .dataRefused
            case "3": .held
            case "4": .proofFailed
            case "5": .usage
            default: .failed
            }
        }
    }
}
