/// The stages of the sales process. Three of them end it.
public enum SalesStage: Int, Sendable, Hashable, CaseIterable {
    case prospecting = 1
    case qualification, solution, proposal, negotiation, won, lost, noDecision

    /// The name, which is also the id in the exports.
    public var name: String {
        switch self {
        case .prospecting: "Prospecting"
        case .qualification: "Qualification"
        case .solution: "Solution"
        case .proposal: "Proposal"
        case .negotiation: "Negotiation"
        case .won: "Closed Won"
        case .lost: "Closed Lost"
        case .noDecision: "No Decision"
        }
    }

    /// What a deal in it is: open, won, lost or no_decision.
    public var kind: String {
        switch self {
        case .won: "won"
        case .lost: "lost"
        case .noDecision: "no_decision"
        default: "open"
        }
    }

    /// Whether a deal in it is still to be decided.
    public var isOpen: Bool {
        rawValue <= SalesStage.negotiation.rawValue
    }

    /// The forecast category of a deal in it that has none of its own.
    public var category: DealCategory {
        switch self {
        case .prospecting, .qualification, .solution: .pipeline
        case .proposal: .bestCase
        case .negotiation: .commit
        case .won: .closed
        case .lost, .noDecision: .omitted
        }
    }

    /// The CRM's probability in percent.
    var probability: Int {
        switch self {
        case .prospecting: 10
        case .qualification: 20
        case .solution: 40
        case .proposal: 60
        case .negotiation: 80
        case .won: 100
        case .lost, .noDecision: 0
        }
    }
}

extension SalesStage: Comparable {
    /// Whether a stage comes before another in the process.
    public static func < (left: SalesStage, right: SalesStage) -> Bool {
        left.rawValue < right.rawValue
    }
}
