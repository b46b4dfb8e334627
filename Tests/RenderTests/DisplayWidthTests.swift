import Foundation
import Testing

@testable import Render

@Suite struct `The width of text` {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("東京", 4), ("한국", 4),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("ﾊﾟ", 2), ("🚀", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1),
        ("½ € –", 5), ("\u{200B}", 0), ("Ａ", 2),
    ])
    func `counts cells, not letters`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    /// The oracle: Python's copy of the Unicode Character Database.
    @Test(.enabled(if: Python.isAvailable, "python3 is needed as the oracle"))
    func `is two wherever Unicode says wide, and only there`() throws {
        let listed = try Python.run(
            """
            import unicodedata
            for point in range(0x20, 0x110000):
                sign = chr(point)
                kind = unicodedata.category(sign)
                if kind not in ("Cn", "Cs", "Co", "Cc", "Cf", "Mn", "Me"):
                    print(point, 2 if unicodedata.east_asian_width(sign) in "WF" else 1)
            """, input: "")
        var compared = 0
        for line in listed.split(separator: "\n") {
            let fields = line.split(separator: " ").compactMap { UInt32($0) }
            // Middle and last letters of Korean syllables take no cells of their own.
            guard fields.count == 2, !(0x1160...0x11FF).contains(fields[0]),
                let scalar = Unicode.Scalar(fields[0])
            else { continue }
            // The toolchain's Unicode may be newer than Python's and know more emoji.
            if scalar.displayWidth != Int(fields[1]) {
                #expect(fields[1] == 1 && scalar.properties.isEmoji, "U+\(String(fields[0], radix: 16))")
            }
            compared += 1
        }
        #expect(compared > 100_000)
    }

    @Test func `is kept when text is cut`() {
        #expect("東京電力".truncated(to: 5, ellipsis: "…") == "東京…")
        #expect("東京電力".truncated(to: 4, ellipsis: "…") == "東…")
        #expect("東京電力".truncated(to: 8, ellipsis: "…") == "東京電力")
        #expect("abc".truncated(to: 1, ellipsis: "…") == "…")
        #expect("abc".truncated(to: 0, ellipsis: "…") == "")
    }

    @Test func `is kept when text is broken into lines`() {
        #expect("one two three".wrapped(to: 7) == ["one two", "three"])
        #expect("one two three".wrapped(to: 7, hanging: 2) == ["one two", "  three"])
        #expect("abcdefgh ij".wrapped(to: 3) == ["abc", "def", "gh", "ij"])
        #expect("東京電力 x".wrapped(to: 5) == ["東京", "電力", "x"])
        #expect("".wrapped(to: 5) == [])
    }
}
