import Analytics
import Model
import Testing

/// Where the won deals of FY2026Q4 came from, worked by hand.
@Suite("Where bookings came from")
struct BookingOriginTests {
    private let period = span("FY2026Q4", "2026-10-01", "2026-12-31")

    private func judge(_ pasts: [DealPast], known: String? = "2026-01-01", recreated: [DealPast] = [])
        -> OriginJudge
    {
        OriginJudge(
            period: period, firstKnown: known.map(date), createdDays: 30,
            pasts: Dictionary(uniqueKeysWithValues: pasts.map { ($0.id, $0) }),
            recreations: Recreations(of: recreated, among: pasts, until: date("2027-01-06")))
    }

    private func origin(_ spans: [DealSpan], known: String? = "2026-01-01") -> BookingOrigin {
        judge([past("x", spans + [stay("2026-11-10", nil, "2026-11-09", .won)])], known: known)
            .origin(of: key("x"))
    }

    @Test func `is what the deal was on the evening before the period began`() {
        #expect(origin([stay("2026-09-01", "2026-11-10", "2026-12-01")]) == .openAtStart)
        #expect(origin([stay("2026-09-01", "2026-11-10", "2027-01-01")]) == .pulledIn)
        #expect(origin([stay("2026-09-01", "2026-11-10", nil)]) == .pulledIn)
        #expect(origin([stay("2026-09-01", "2026-11-10", "2026-09-30")]) == .pushedIn)
        #expect(origin([stay("2026-09-01", "2026-11-10", "2026-09-30", .lost)]) == .closedBefore)
        #expect(origin([stay("2026-10-01", "2026-11-10", "2026-12-01")]) == .created)
        // Away on that very evening.
        #expect(
            origin([
                stay("2026-08-01", "2026-09-20", "2026-12-01"),
                stay("2026-10-05", "2026-11-10", "2026-12-01"),
            ])
                == .openAtStart)
    }

    @Test func `is unknown where nothing is known of that evening`() {
        #expect(origin([stay("2026-10-01", "2026-11-10", "2026-12-01")], known: "2026-10-01") == .unknown)
        #expect(origin([stay("2026-10-01", "2026-11-10", "2026-12-01")], known: nil) == .unknown)
        #expect(origin([stay("2026-09-30", "2026-11-10", "2026-12-01")], known: "2026-09-30") == .openAtStart)
        #expect(judge([]).origin(of: key("x")) == .unknown)
    }

    @Test func `of a deal that was made anew is that of the lost one`() {
        let lost = past(
            "old",
            [stay("2026-09-01", "2026-10-20", "2026-12-01"), stay("2026-10-20", nil, "2026-10-20", .lost)],
            account: "acme", product: "p")
        let new = past(
            "new",
            [stay("2026-11-01", "2026-11-10", "2026-12-01"), stay("2026-11-10", nil, "2026-11-09", .won)],
            account: "acme", product: "p")
        #expect(judge([lost, new], recreated: [lost]).origin(of: key("new")) == .openAtStart)
        #expect(judge([lost, new]).origin(of: key("new")) == .created)
        #expect(
            judge([lost, new], recreated: [lost]).isCreatedLate(key("new"), closed: date("2026-11-09"))
                == false)
    }

    @Test func `is late where a deal appeared less than so many days before it closed`() {
        func late(_ from: String, known: String = "2026-01-01") -> Bool? {
            judge([past("x", [stay(from, nil, "2026-11-30", .won)])], known: known)
                .isCreatedLate(key("x"), closed: date("2026-11-30"))
        }
        #expect(late("2026-10-31") == false)
        #expect(late("2026-11-01") == true)
        // There on the first day known, and nobody can say since when.
        #expect(late("2026-11-01", known: "2026-11-01") == nil)
        #expect(late("2026-10-31", known: "2026-10-31") == false)
    }

    @Test func `adds up, with shares of what is known`() {
        var sums = OriginSums()
        #expect(sums.share(of: .created) == nil && sums.createdLateShare == nil)
        sums.add(.openAtStart, Amount(60), isCreatedLate: false)
        sums.add(.created, Amount(20), isCreatedLate: true)
        sums.add(.unknown, Amount(15), isCreatedLate: nil)
        #expect(sums.share(of: .openAtStart) == 0.75 && sums.share(of: .created) == 0.25)
        #expect(sums.share(of: .unknown) == nil && sums.share(of: .pulledIn) == 0)
        #expect(sums.known == DealSum(count: 2, amount: Amount(80)))
        #expect(sums.all == DealSum(count: 3, amount: Amount(95)))
        #expect(sums.createdLateShare == 0.25 && sums.datable.count == 2)
    }

    @Test func `stays in a forecast are one where neighbours are the same`() {
        let spans = [
            stay("2026-09-01", "2026-09-10", "2026-12-01"), stay("2026-09-10", "2026-10-01", "2026-12-15"),
            // Away for a day.
            stay("2026-10-02", "2026-11-01", "2026-12-15"), stay("2026-11-01", nil, "2026-10-30", .won),
        ]
        let stays = past("x", spans).stays(in: FiscalCalendar(), by: .quarter)
        #expect(stays.map(\.from) == ["2026-09-01", "2026-10-02", "2026-11-01"].map(date))
        #expect(stays.map(\.to) == [date("2026-10-01"), date("2026-11-01"), nil])
        #expect(stays.map { $0.period?.label } == ["FY2026Q4", "FY2026Q4", "FY2026Q4"])
        #expect(stays.map(\.category) == [.commit, .commit, .closed])
    }
}
