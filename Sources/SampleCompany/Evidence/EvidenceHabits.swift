/// Who gets stuck where, in what is written down beside the deals.
struct EvidenceHabits: Sendable {
    /// A person who seldom reaches a milestone that others do.
    struct Stall: Sendable {
        /// The index in the organisation's people.
        let person: Int
        let milestone: String
        /// Thousandths of what others reach.
        let share: Int
    }

    var stall: Stall?
    /// Whether requests that met no criteria were mostly granted for deals that then were lost.
    var hasCostlyExceptions = false
}
