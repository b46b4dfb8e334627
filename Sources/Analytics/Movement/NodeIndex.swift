import Model

/// The nodes of two organisations under one numbering, so that a deal is carried up the tree without looking at names.
struct NodeIndex {
    /// The nodes by number.
    private(set) var places: [NodePlace] = []
    private var numbers: [NodePlace: Int] = [:]
    private let organisations: [DealPlaces]
    private var paths: [[DealHolder: [Int]]]

    /// Over the organisations of the earlier and the later day.
    init(_ before: DealPlaces, _ after: DealPlaces) {
        organisations = [before, after]
        paths = [[:], [:]]
    }

    /// The number of a node.
    mutating func number(of place: NodePlace) -> Int {
        if let number = numbers[place] { return number }
        numbers[place] = places.count
        places.append(place)
        return places.count - 1
    }

    /// The nodes for which a holder's deals count on the earlier or later day.
    mutating func path(of holder: DealHolder, on day: PairDay) -> [Int] {
        if let path = paths[day.rawValue][holder] { return path }
        let path = organisations[day.rawValue].nodes(of: holder).map { number(of: $0) }
        paths[day.rawValue][holder] = path
        return path
    }
}

/// One of the two days of a comparison.
public enum PairDay: Int, Sendable {
    case before, after
}
