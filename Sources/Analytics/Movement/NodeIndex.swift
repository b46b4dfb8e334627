import Model

/// The nodes of two organisations under one numbering, so that a deal is carried up the tree without looking at names.
struct NodeIndex {
    /// The nodes by number.
    private(set) var places: [NodePlace] = []
    private var numbers: [NodePlace: Int] = [:]
    private let organisations: [DealPlaces]
    private var holders: [HolderIndex] = [HolderIndex(), HolderIndex()]

    /// The holders of one day, whose keys are hashed once for each deal.
    private struct HolderIndex {
        var numbers: [DealHolder: Int] = [:]
        var paths: [[Int]] = []
        /// What counts of a holder's deals; nil for one who has none that count.
        var sums: [DealSum?] = []
    }

    /// Over the organisations of the earlier and the later day.
    init(_ before: DealPlaces, _ after: DealPlaces) {
        organisations = [before, after]
    }

    /// The number of a node.
    mutating func number(of place: NodePlace) -> Int {
        if let number = numbers[place] { return number }
        numbers[place] = places.count
        places.append(place)
        return places.count - 1
    }

    /// The nodes for which a holder's deals count on a day; what counts of them is noted.
    mutating func path(of holder: DealHolder, on day: PairDay, noting sum: DealSum?) -> [Int] {
        let number = holders[day.rawValue].numbers[holder] ?? add(holder, day)
        if let sum {
            let known = holders[day.rawValue].sums[number] ?? DealSum.none
            holders[day.rawValue].sums[number] = known + sum
        }
        return holders[day.rawValue].paths[number]
    }

    private mutating func add(_ holder: DealHolder, _ day: PairDay) -> Int {
        let path = organisations[day.rawValue].nodes(of: holder).map { number(of: $0) }
        let next = holders[day.rawValue].paths.count
        holders[day.rawValue].numbers[holder] = next
        holders[day.rawValue].paths.append(path)
        holders[day.rawValue].sums.append(nil)
        return next
    }

    /// The holders of each day whose deals count, and what they come to.
    var sums: [[DealHolder: DealSum]] {
        holders.map { day in
            Dictionary(
                day.numbers.compactMap { holder, number in day.sums[number].map { (holder, $0) } },
                uniquingKeysWith: { first, _ in first })
        }
    }
}

/// One of the two days of a comparison.
public enum PairDay: Int, Sendable {
    case before, after
}
