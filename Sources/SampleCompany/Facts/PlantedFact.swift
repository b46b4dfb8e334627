/// Something that is known to be true of the company because it was put there: what an answer
/// must find. Each can be switched off and then takes only its own effect away.
///
/// To add one: write a file with a static property like those beside this one, and name it in `all`.
public struct PlantedFact: Sendable {
    /// The name on the command line.
    public let name: String
    /// What it plants, in one sentence.
    public let sentence: String
    let plant: @Sendable (inout Story) -> Void

    init(_ name: String, _ sentence: String, plant: @escaping @Sendable (inout Story) -> Void) {
        self.name = name
        self.sentence = sentence
        self.plant = plant
    }

    /// Every fact, in the order in which they are planted: those that fill a sum up come last, and after them the one
    /// that says what becomes of the quarter.
    public static let all: [PlantedFact] = [
        .slip, .orbis, .reorganisation, .vacantLead, .missingNight, .judgement, .staleOverride, .callBias,
        .splitCredit, .missingOrder, .oldOrders, .bulkPush, .handOver, .reopenedLoss, .mergedDuplicate,
        .currencyShock, .lateBooking, .sandbag, .happyEars, .webinarLeads, .partnerLeads, .usualCoverage,
        .nextQuarter, .quarterTable, .backdatedClose,
    ]
}
