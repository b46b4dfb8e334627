/// What can be odd about a deal that is counted as it stands; the words are the columns' in the database.
public enum DealFault: String, Sendable, Hashable, CaseIterable {
    /// No amount is entered.
    case withoutAmount = "without_amount"
    /// Its currency has no plan rate: the amount is in no sum.
    case withoutRate = "without_rate"
    /// Nothing says what currency its amount is in.
    case withoutCurrency = "without_currency"
    /// Its amount is below zero.
    case negative
    /// Its stage is not among the stages.
    case stageUnmapped = "stage_unmapped"
    /// The CRM's own words on its outcome differ from those of its stage.
    case outcomeConflict = "outcome_conflict"
}
