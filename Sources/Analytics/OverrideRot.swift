import Model

/// An override whose ground has moved since it was set.
public struct OverrideRot: Sendable, Hashable {
    /// The override.
    public let standing: StandingCall
    /// What the deals said when it was set, on its own basis.
    public let calculatedThen: Amount
    /// What they say now, on the same basis.
    public let calculatedNow: Amount
    /// Deals it stood on that are no longer the node's in that period: slipped, lost, deleted, handed over.
    public let left: [BasisDeal]
    /// Deals it stood on as open that are won.
    public let closed: [BasisDeal]
    /// Deals it stood on that are in a category now of which it does not speak.
    public let recategorised: [BasisDeal]
    /// Whether what the deals say moved by more than the larger of the override's own size and 3 % of the call.
    public let hasMoved: Bool

    /// Looks whether an override has rotted; nil while its ground holds.
    ///
    /// - Parameters:
    ///   - then: The node's deals of the period on the day on which it was set.
    ///   - now: Those of today.
    public init?(_ standing: StandingCall, then: [BasisDeal], now: [BasisDeal]) {
        let call = standing.call
        guard let amount = call.companyAmount else { return nil }
        let spokenOf = call.category.deals(call.basis)
        let basis = then.filter { spokenOf.contains($0.category) }
        let today = Dictionary(now.map { ($0.id, $0.category) }, uniquingKeysWith: { first, _ in first })
        var left: [BasisDeal] = []
        var closed: [BasisDeal] = []
        var recategorised: [BasisDeal] = []
        for deal in basis {
            switch today[deal.id] {
            case nil: left.append(deal)
            case .closed where deal.category != .closed: closed.append(deal)
            case let category? where !spokenOf.contains(category): recategorised.append(deal)
            default: break
            }
        }
        let calculatedThen = call.calculated ?? basis.reduce(.zero) { $0 + ($1.amount ?? .zero) }
        let calculatedNow = now.filter { spokenOf.contains($0.category) }
            .reduce(Amount.zero) { $0 + ($1.amount ?? .zero) }
        let slack = max(
            (amount - calculatedThen).magnitude, amount.magnitude.multiplied(by: Self.tolerated))
        hasMoved = (calculatedNow - calculatedThen).magnitude > slack
        guard hasMoved || !left.isEmpty || !closed.isEmpty || !recategorised.isEmpty else { return nil }
        self.standing = standing
        self.calculatedThen = calculatedThen
        self.calculatedNow = calculatedNow
        self.left = left.largestFirst
        self.closed = closed.largestFirst
        self.recategorised = recategorised.largestFirst
    }

    /// A movement up to 3 % of the call is none.
    private static let tolerated = Amount(millionths: 30_000)
}

extension [BasisDeal] {
    fileprivate var largestFirst: [BasisDeal] {
        sorted { ($1.amount ?? .zero, $0.id) < ($0.amount ?? .zero, $1.id) }
    }
}
