/// Why a sum of deals is another on a later day: the exclusive buckets of a waterfall, in the order of precedence.
///
/// A deal is in one bucket of those that let it leave or enter, and beside it in one of amount and in `currency`.
/// Source: metric 18.
public enum MovementBucket: Int, Sendable, Hashable, CaseIterable {
    /// Gone from the exports.
    case deleted
    /// Merged into another record.
    case merged
    /// It was gone on the earlier day, had been there before, and is there again.
    case returned
    /// Its owner or team counts elsewhere.
    case movedOut
    case movedIn
    /// Won in the period: out of what is open, into what is closed.
    case won
    /// Won with a close date in another period.
    case wonOutside
    case lost
    case noDecision
    /// Lost or won before, open now.
    case reopened
    /// The close date went to a later period, or went missing.
    case slipped
    /// The close date went to an earlier period.
    case pulledOut
    /// The close date came from a later period, or was missing.
    case pulledIn
    /// The close date came from an earlier period.
    case pushedIn
    case created
    case omitted
    case unomitted
    /// Into the measure from a category that is less sure.
    case entered
    /// Out of it into one that is less sure.
    case left
    /// Out of it into one that is surer.
    case advanced
    /// Into it from one that was surer.
    case fellBack
    /// Won for more than the amount that was forecast.
    case closedAbove
    /// Won for less than the amount that was forecast.
    case closedBelow
    case amountUp
    case amountDown
    /// What plan rates make of it.
    case currency

    /// The stable word in JSON, CSV and documentation.
    public var code: String {
        switch self {
        case .deleted: "deleted"
        case .merged: "merged"
        case .returned: "returned"
        case .movedOut: "moved_out"
        case .movedIn: "moved_in"
        case .won: "won"
        case .wonOutside: "won_outside"
        case .lost: "lost"
        case .noDecision: "no_decision"
        case .reopened: "reopened"
        case .slipped: "slipped"
        case .pulledOut: "pulled_out"
        case .pulledIn: "pulled_in"
        case .pushedIn: "pushed_in"
        case .created: "created"
        case .omitted: "omitted"
        case .unomitted: "unomitted"
        case .entered: "entered"
        case .left: "left"
        case .advanced: "advanced"
        case .fellBack: "fell_back"
        case .closedAbove: "closed_above"
        case .closedBelow: "closed_below"
        case .amountUp: "amount_up"
        case .amountDown: "amount_down"
        case .currency: "currency"
        }
    }
}
