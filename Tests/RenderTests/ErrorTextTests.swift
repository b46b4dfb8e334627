import Model
import Render
import Testing

@Suite struct `An error` {
    private let error = BellwetherError(
        .columnMissing, "the file has no column \"Amount\"", detail: "it has: Id, Name\r\nand 3 more",
        hint: "name the column in the mapping, or export it again",
        place: Place(file: "exports/opportunity.csv", line: 1, column: "Amount"))

    @Test func `says what, where and what next`() {
        #expect(
            errorText(error) == """
                bellwether: BW105 the file has no column "Amount"
                  at exports/opportunity.csv:1 (column Amount)
                  it has: Id, Name
                  and 3 more
                  hint: name the column in the mapping, or export it again

                """)
    }

    @Test func `says only what is known`() {
        #expect(
            errorText(BellwetherError(.locked, "another load is at work"))
                == "bellwether: BW208 another load is at work\n")
        let place = BellwetherError(.fileEmpty, "the file is empty", place: Place(file: "a.csv"))
        #expect(errorText(place) == "bellwether: BW102 the file is empty\n  at a.csv\n")
    }

    @Test func `is coloured only where told`() {
        let text = errorText(error, color: true)
        #expect(text.hasPrefix("\u{1B}[31mbellwether: BW105\u{1B}[39m the file"))
        #expect(text.replacing(/\u{1B}\[[0-9]+m/, with: "") == errorText(error))
    }

    @Test func `cannot steer the terminal`() {
        let text =
            errorText(BellwetherError(.fileUnreadable, "no \u{1B}[2Jfile", place: Place(file: "a\nb")))
        #expect(text == "bellwether: BW101 no \u{FFFD}[2Jfile\n  at a b\n")
    }
}

@Suite struct `An exit status` {
    /// Worked by hand from the families in the design.
    @Test func `belongs to each code`() {
        let noDatabase: Set<String> = ["BW201", "BW209", "BW210", "BW211"]
        for code in ErrorCode.allCases {
            let expected: Int32 =
                switch code.rawValue {
                case let text where noDatabase.contains(text): 69
                case "BW208": 75
                case let text where text.hasPrefix("BW1"): 2
                case let text where text.hasPrefix("BW2"): 1
                case let text where text.hasPrefix("BW3"): 3
                case let text where text.hasPrefix("BW4"): 4
                case let text where text.hasPrefix("BW5"): 64
                default: 1
                }
            #expect(ExitStatus.of(code).rawValue == expected, "\(code.rawValue)")
        }
        #expect(ExitStatus.done.rawValue == 0)
    }

    @Test func `knows only codes of the known families, each once`() {
        let numbers = ErrorCode.allCases.map(\.rawValue)
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { $0.wholeMatch(of: /BW[123459][0-9]{2}/) != nil })
    }
}

@Suite struct `A format` {
    @Test func `has names that people use`() {
        #expect(Format(named: "table") == .terminal)
        #expect(Format(named: "terminal") == .terminal)
        #expect(Format(named: "CSV") == .csv)
        #expect(Format(named: "json") == .json)
        #expect(Format(named: "md") == .md)
        #expect(Format(named: "xml") == nil)
    }
}
