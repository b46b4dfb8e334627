import Analytics
import Model

extension MovementBucket {
    /// The words of a table's row.
    func title(in measure: MovementMeasure) -> String {
        switch self {
        case .deleted: "Deleted"
        case .merged: "Merged into another"
        case .returned: "Back in the exports"
        case .movedOut: "Moved out"
        case .movedIn: "Moved in"
        case .won: measure == .firm ? "Won from outside commit" : "Won"
        case .wonOutside: "Won in another period"
        case .lost: "Lost"
        case .noDecision: "No decision"
        case .reopened: "Reopened"
        case .slipped: "Slipped"
        case .pulledOut: "Pulled out to an earlier period"
        case .pulledIn: "Pulled in"
        case .pushedIn: "Pushed in from an earlier period"
        case .created: "Created"
        case .omitted: "Omitted"
        case .unomitted: "No longer omitted"
        case .entered: "Entered \(measure.categoryWords)"
        case .left: "Left \(measure.categoryWords)"
        case .advanced: "Advanced"
        case .fellBack: "Fell back"
        case .closedAbove: "Closed above amount"
        case .closedBelow: "Closed below amount"
        case .amountUp: "Amount up"
        case .amountDown: "Amount down"
        case .currency: "Currency"
        }
    }

    /// What deals did, behind their number.
    func verb(in measure: MovementMeasure, count: Int) -> String {
        let own = count == 1 ? "its amount" : "their amounts"
        return switch self {
        case .deleted: "deleted"
        case .merged: "merged into \(count == 1 ? "another" : "others")"
        case .returned: "back in the exports"
        case .movedOut: "moved out"
        case .movedIn: "moved in"
        case .won: measure == .firm ? "won from outside commit" : "won"
        case .wonOutside: "won in another period"
        case .lost: "lost"
        case .noDecision: "ended without a decision"
        case .reopened: "reopened"
        case .slipped: "slipped"
        case .pulledOut: "pulled out to an earlier period"
        case .pulledIn: "pulled in"
        case .pushedIn: "pushed in from an earlier period"
        case .created: "created"
        case .omitted: "omitted"
        case .unomitted: "no longer omitted"
        case .entered: "entered \(measure.categoryWords)"
        case .left: "left \(measure.categoryWords)"
        case .advanced: "advanced"
        case .fellBack: "fell back"
        case .closedAbove: "closed above \(own)"
        case .closedBelow: "closed below \(own)"
        case .amountUp: "rose in amount"
        case .amountDown: "shrank in amount"
        case .currency: "at another plan rate"
        }
    }
}

extension MovementMeasure {
    /// What a deal enters whose category changes.
    var categoryWords: String { self == .firm ? "commit" : title.lowercased() }
}

extension FlowState {
    /// The stable word.
    var code: String {
        switch self {
        case .category(let category): category.rawValue
        case .lost: "lost"
        case .noDecision: "no_decision"
        case .later: "later"
        case .earlier: "earlier"
        case .undated: "undated"
        case .absent: "absent"
        case .elsewhere: "elsewhere"
        }
    }

    /// The words for people.
    var title: String {
        switch self {
        case .category(let category): category.title
        case .lost: "Lost"
        case .noDecision: "No decision"
        case .later: "Later period"
        case .earlier: "Earlier period"
        case .undated: "Undated"
        case .absent: "Not there"
        case .elsewhere: "Another node"
        }
    }

    /// The order of reading: the surest first, then what is out of the period.
    var order: Int {
        switch self {
        case .category(let category): ForecastCategory.allCases.firstIndex(of: category) ?? 0
        case .lost: 10
        case .noDecision: 11
        case .later: 12
        case .earlier: 13
        case .undated: 14
        case .elsewhere: 15
        case .absent: 16
        }
    }
}
