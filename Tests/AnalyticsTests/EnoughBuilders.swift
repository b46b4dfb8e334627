import Analytics
import Model

/// Short words for the values of tests about coverage, pacing and their kin.
func sums(_ parts: [StandingPart: Int]) -> StandingSums {
    parts.reduce(into: StandingSums()) { sums, part in
        sums[part.key] = DealSum(count: 1, amount: Amount(part.value))
    }
}

func date(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

/// A period of one's own.
func span(_ label: String, _ first: String, _ last: String) -> Period {
    Period(label: label, grain: .quarter, start: date(first), end: date(last) + 1)
}

/// A deal of an owner who is known, in a team.
func deal(
    _ id: String, _ category: ForecastCategory, _ amount: Int?, of owner: String? = "ann",
    in team: String? = "east"
) -> BasisDeal {
    BasisDeal(
        id: key(id), category: category, amount: amount.map { Amount($0) }, owner: owner.map(key),
        isOwnerKnown: owner != nil, team: team.map(key))
}

func holder(_ owner: String?, in team: String?) -> DealHolder {
    DealHolder(owner: owner.map(key), isOwnerKnown: owner != nil, team: team.map(key))
}
