import Analytics
import Model
import Warehouse

/// Looks up what calls stood on: the deals of nodes on the day of a call, one reading a day.
struct CallBasisReader {
    private let context: QuestionContext
    private let warehouse: Warehouse
    private let nodes: Set<CallNode>
    private var readings: [Day: DayBasis] = [:]
    /// The first day of which deals are known, once it was asked for.
    private var firstDay: Day??

    /// A reader of the deals of some nodes, which are read together.
    init(of nodes: Set<CallNode>, context: QuestionContext, warehouse: Warehouse) {
        self.nodes = nodes
        self.context = context
        self.warehouse = warehouse
    }

    /// Whether an override's ground has moved since it was set; nil while it holds.
    mutating func rot(
        of standing: StandingCall, at node: CallNode
    ) throws(BellwetherError) -> OverrideRot? {
        // Of a day before the first snapshot nothing is known, which is not the same as no deals.
        guard try knows(standing.call.day) else { return nil }
        let then = try deals(of: node, on: standing.call.day)
        let now = try deals(of: node, on: context.point.asOf)
        return OverrideRot(standing, then: then, now: now)
    }

    /// Whether deals are known of a day.
    mutating func knows(_ day: Day) throws(BellwetherError) -> Bool {
        let first: Day?
        if let known = firstDay { first = known } else { first = try warehouse.firstDealDay() }
        firstDay = .some(first)
        return first.map { $0 <= day } ?? false
    }

    /// The deals of a node in the period on a day, by the organisation of that day, or by the one that was asked for:
    /// a move of people is no move of deals.
    mutating func deals(of node: CallNode, on day: Day) throws(BellwetherError) -> [BasisDeal] {
        if let reading = readings[day] { return reading.deals(of: node) }
        let organisation = try context.organisation(on: day, warehouse)
        let basis = try DayBasis(organisation)
        let deals = try warehouse.basisDeals(
            of: basis.owners(of: nodes), in: context.period, on: day, at: context.point)
        let reading = basis.holding(deals)
        readings[day] = reading
        return reading.deals(of: node)
    }
}
