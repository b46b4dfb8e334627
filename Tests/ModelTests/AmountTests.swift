import Model
import Testing

@Suite struct `An amount` {
    @Test func `is read from plain decimals only, as Python's decimal reads them`() throws {
        let rows = try Fixture.rows("amount-texts")
        #expect(rows.count > 40)
        for row in rows {
            let text = Fixture.unquoted(row[0])
            #expect(Amount(text)?.description ?? "nil" == row[1], "\(text)")
        }
    }

    @Test func `adds, subtracts, multiplies and rounds as Python's decimal`() throws {
        let rows = try Fixture.rows("amounts")
        #expect(rows.count > 100)
        for row in rows {
            let left = try #require(Amount(row[0]))
            let right = try #require(Amount(row[1]))
            #expect((left + right).description == row[2])
            #expect((left - right).description == row[3])
            #expect(left.multiplied(by: right).description == row[4], "\(row[0]) × \(row[1])")
            for places in 0...6 {
                #expect(
                    left.rounded(toPlaces: places).description == row[5 + places], "\(row[0]) at \(places)")
            }
            var total = left
            total += right
            total -= right
            #expect(total == left)
            #expect((left < right) == (row[3].hasPrefix("-")))
        }
    }

    @Test func `rounds half away from zero`() throws {
        let half = try #require(Amount("2.5"))
        #expect(half.rounded(toPlaces: 0) == Amount(3))
        #expect((-half).rounded(toPlaces: 0) == Amount(-3))
        #expect(half.rounded(toPlaces: -1) == half.rounded(toPlaces: 0))
        #expect(half.rounded(toPlaces: 9) == half)
    }

    @Test func `of many parts is exact where floating point is not`() throws {
        let tenth = try #require(Amount("0.1"))
        let sum = (0..<1_000_000).reduce(into: Amount.zero) { total, _ in total += tenth }
        #expect(sum == Amount(100_000))
    }

    @Test func `has room for 10^17 amounts of the limit`() {
        let largest = Amount.limit.millionths.multipliedReportingOverflow(by: 100_000_000_000_000_000)
        #expect(!largest.overflow)
    }

    @Test func `has a ratio only to what is more than nothing`() {
        #expect(Amount(1).ratio(to: Amount(4)) == 0.25)
        #expect(Amount(-1).ratio(to: Amount(4)) == -0.25)
        #expect(Amount(1).ratio(to: .zero) == nil)
        #expect(Amount(1).ratio(to: Amount(-4)) == nil)
    }

    @Test func `is read from bytes as from text`() {
        for text in ["-1250.5", "", "1,0", "0.000001"] {
            let fromBytes = Array(text.utf8).withUnsafeBufferPointer { Amount(plain: $0) }
            #expect(fromBytes == Amount(text))
        }
    }

    @Test func `has a size without sign`() {
        #expect(Amount(-5).magnitude == Amount(5))
        #expect(Amount(5).magnitude == Amount(5))
        #expect(Money(Amount(5), "USD") != Money(Amount(5), "EUR"))
    }
}
