/// The candidates that look most like a name, best first; empty when none is close.
///
/// Close means an edit distance (insertions, deletions, substitutions, swaps of neighbours) of
/// at most a third of the longer name, letters' case ignored.
public func nearestNames(to name: String, among candidates: [String], limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased())
    let scored = candidates.compactMap { candidate -> (distance: Int, name: String)? in
        let other = Array(candidate.lowercased())
        let distance = editDistance(wanted, other)
        return distance <= max(wanted.count, other.count) / 3 ? (distance, candidate) : nil
    }
    return scored.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        .prefix(limit).map(\.name)
}

private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 0..<left.count {
        var current = [row + 1]
        current.reserveCapacity(right.count + 1)
        for column in 0..<right.count {
            let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
            var best = min(last[column + 1] + 1, current[column] + 1, substitution)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                best = min(best, beforeLast[column - 1] + 1)
            }
            current.append(best)
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
