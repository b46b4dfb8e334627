/// How sure the owner is that a deal closes in its quarter.
public enum DealCategory: String, Sendable, Hashable {
    case commit
    case bestCase = "best_case"
    case pipeline
    /// Kept out of the forecast.
    case omitted
    /// Won.
    case closed
}
