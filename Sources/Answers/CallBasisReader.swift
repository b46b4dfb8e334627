import Analytics
import Model
import Warehouse

/// Looks up what calls stood on: the deals of a node on the day of the call, each day's organisation once.
struct CallBasisReader {
    let context: QuestionContext
    let warehouse: Warehouse
    private var organisations: [Day: Organisation] = [:]
    /// The first day of which deals are known, once it was asked for.
    private var firstDay: Day??

    init(context: QuestionContext, warehouse: Warehouse) {
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

    /// The deals of a node in the period on a day, by the organisation of that day.
    mutating func deals(of node: CallNode, on day: Day) throws(BellwetherError) -> [BasisDeal] {
        let organisation = try organisation(of: node, on: day)
        let owners: BasisOwners
        switch node {
        case .company: owners = .everybody
        case .person(let id): owners = .person(id)
        case .team(let id): owners = .teams(try TeamTree(organisation).subtree(of: id))
        }
        let deals = try warehouse.basisDeals(of: owners, in: context.period, on: day, at: context.point)
        return try deals.counted(for: node, in: organisation)
    }

    private mutating func organisation(
        of node: CallNode, on day: Day
    ) throws(BellwetherError) -> Organisation {
        guard case .team = node else { return Organisation(companyName: "", teams: [], people: []) }
        if day == context.point.asOf { return context.organisation }
        if let known = organisations[day] { return known }
        let organisation = try warehouse.organisation(on: day, at: context.point)
        organisations[day] = organisation
        return organisation
    }
}
