/// How sure a deal is held to be, in the words of the field; each deal has exactly one.
public enum ForecastCategory: String, Sendable, Hashable, CaseIterable {
    /// Won.
    case closed
    /// The owner commits to it.
    case commit
    /// The upside on top of commit.
    case bestCase = "best_case"
    /// Open and uncommitted.
    case pipeline
    /// Open, but left out of every forecast.
    case omitted
    /// Open, and neither CRM nor stage gives a category that the mapping knows.
    case unmapped

    /// The word for people.
    public var title: String {
        switch self {
        case .closed: "Closed"
        case .commit: "Commit"
        case .bestCase: "Best case"
        case .pipeline: "Pipeline"
        case .omitted: "Omitted"
        case .unmapped: "Unmapped"
        }
    }
}
