/// A small curve in one line: a sign a number, from the lowest of them to the highest; a sign of its own where one is not
/// known, the middle step throughout where all are alike. Nothing where fewer than two are known.
func sparkline(_ values: [Double?], symbols: Symbols) -> String {
    let known = values.compactMap(\.self).filter(\.isFinite)
    guard known.count > 1, let low = known.min(), let high = known.max() else { return symbols.absent }
    let top = symbols.steps.count - 1
    // Halved first: the span of two large numbers may be beyond all numbers.
    let span = high / 2 - low / 2
    return String(
        values.map { value -> Character in
            guard let value, value.isFinite else { return symbols.unknown }
            guard span > 0 else { return symbols.steps[top / 2] }
            let share = (value / 2 - low / 2) / span
            return symbols.steps[min(top, max(0, Int((share * Double(top)).rounded())))]
        })
}
