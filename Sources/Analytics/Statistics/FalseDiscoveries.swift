/// What is left of many tests once it is allowed for that they were many.
/// Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, JRSS B 57 (1995).
public enum FalseDiscoveries {
    /// The p values adjusted for all tests made together, in the order given: a test below a share q is found while at
    /// most that share of all findings is expected to be false.
    ///
    /// - Parameter pValues: Of every test that was made, whatever it said; each from 0 to 1.
    public static func adjusted(_ pValues: [Double]) -> [Double] {
        let order = pValues.indices.sorted { pValues[$0] > pValues[$1] }
        var adjusted = pValues
        var least = 1.0
        for (passed, index) in order.enumerated() {
            let rank = Double(pValues.count - passed)
            least = min(least, pValues[index] * Double(pValues.count) / rank)
            adjusted[index] = least
        }
        return adjusted
    }
}
