/// What of a period a movement follows: its open and won deals in some categories.
public enum MovementMeasure: String, Sendable, Hashable, CaseIterable {
    /// Closed and commit: what the period lands at without any upside. A win within it changes nothing.
    case firm
    case closed, commit
    case bestCase = "best_case"
    case pipeline
    /// Commit, best case and pipeline.
    case open
    /// Closed and open.
    case all
    case omitted

    /// The categories that it adds up.
    public var categories: [ForecastCategory] {
        switch self {
        case .firm: [.closed, .commit]
        case .closed: [.closed]
        case .commit: [.commit]
        case .bestCase: [.bestCase]
        case .pipeline: [.pipeline]
        case .open: [.commit, .bestCase, .pipeline]
        case .all: [.closed, .commit, .bestCase, .pipeline]
        case .omitted: [.omitted]
        }
    }

    /// The words for people.
    public var title: String {
        switch self {
        case .firm: "Closed + commit"
        case .closed: "Closed"
        case .commit: "Commit"
        case .bestCase: "Best case"
        case .pipeline: "Pipeline"
        case .open: "Open"
        case .all: "Closed + open"
        case .omitted: "Omitted"
        }
    }
}
