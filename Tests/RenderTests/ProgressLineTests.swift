import Render
import Testing

@Suite struct `A line of progress` {
    private let half = ProgressLine(
        label: "opportunity", rows: 1_234_567, bytes: 63_900_000, totalBytes: 100_000_000,
        elapsed: .milliseconds(760))

    @Test func `says how far, how fast and how long`() {
        #expect(
            half.text(TerminalTraits(width: 80))
                == "opportunity  ██████░░░░  63 %  1.2 M rows  84 MB/s  0:01 left")
        #expect(
            half.text(TerminalTraits(width: 80, unicode: false))
                == "opportunity  ######....  63 %  1.2 M rows  84 MB/s  0:01 left")
    }

    @Test func `leaves out from the right what has no room`() {
        #expect(half.text(TerminalTraits(width: 49)) == "opportunity  ██████░░░░  63 %  1.2 M rows")
        #expect(half.text(TerminalTraits(width: 20)) == "opportunity")
        let long = ProgressLine(
            label: "a label of many words", rows: 0, bytes: 0, totalBytes: nil, elapsed: .zero)
        #expect(long.text(TerminalTraits(width: 20)) == "a label of many wor…")
    }

    @Test func `says less when less is known`() {
        func text(rows: Int, bytes: Int, total: Int?, _ elapsed: Duration) -> String {
            ProgressLine(label: "call", rows: rows, bytes: bytes, totalBytes: total, elapsed: elapsed)
                .text(TerminalTraits())
        }
        #expect(text(rows: 999, bytes: 5_000, total: nil, .seconds(1)) == "call  999 rows  5 kB/s")
        #expect(text(rows: 0, bytes: 0, total: 100, .zero) == "call  ░░░░░░░░░░  0 %  0 rows")
        #expect(text(rows: 0, bytes: 0, total: 0, .zero) == "call  0 rows")
        #expect(
            text(rows: 1_500, bytes: 1_000, total: 7_201_000, .seconds(1))
                == "call  ░░░░░░░░░░  0 %  1.5 K rows  1 kB/s  2:00:00 left")
        #expect(
            text(rows: 1, bytes: 1, total: Int.max, .seconds(1)) == "call  ░░░░░░░░░░  0 %  1 rows  0 kB/s")
    }

    @Test func `reaches 100 only at the end and stays there`() {
        func text(_ bytes: Int) -> String {
            ProgressLine(label: "x", rows: 2, bytes: bytes, totalBytes: 1_000, elapsed: .seconds(1))
                .text(TerminalTraits())
        }
        #expect(text(999) == "x  █████████░  99 %  2 rows  1 kB/s  0:01 left")
        #expect(text(1_000) == "x  ██████████  100 %  2 rows  1 kB/s  0:00 left")
        #expect(text(1_500) == "x  ██████████  100 %  2 rows  2 kB/s  0:00 left")
    }
}
