/// A generator with a seed that a failure prints (SplitMix64).
struct Generator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    /// A text of pieces that COPY's text format could misread.
    mutating func nastyText(pieces: Int) -> String {
        let pieces = (0..<Int.random(in: 0...pieces, using: &self)).map { _ in
            [
                "\\", "\t", "\n", "\r", "\\N", "\\.", "ü", "👩‍💻", "a", "N", ".", "\u{1}", "\u{7f}",
                "plain text", "\"", ",",
            ]
            .randomElement(using: &self) ?? ""
        }
        return pieces.joined()
    }
}
