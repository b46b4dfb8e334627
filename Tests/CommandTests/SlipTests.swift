import Foundation
import Model
import TestSupport
import Testing

/// What slipped, how often it was pushed, and where bookings came from, of a company worked by hand.
@Suite("What slipped")
struct SlipTests {
    private static let bench = Result { try Dunlin.bench() }

    private func answer(_ arguments: String...) throws -> PrintedAnswer {
        try Self.bench.get().answer(["slips"] + arguments)
    }

    private func rate(_ row: PrintedRow?, _ column: String) -> Double? {
        (row?.values[column] as? NSNumber)?.doubleValue
    }

    private func isNear(_ found: Double?, _ wanted: Double) -> Bool {
        found.map { abs($0 - wanted) < 1e-9 } ?? false
    }

    private static let parts = ["won", "lost", "pushed", "late", "unmoved", "still_open", "vanished"]

    @Test func `every deal that was open when the period began has one fate`() throws {
        let answer = try answer("--period", "FY2026Q1")
        #expect(
            answer.headline
                == "Dunlin FY2026Q1: of 335 USD open when it began, 180 USD (54 %) in 4 of 8 deals slipped; of 285 USD closed 40 % open when it began, 25 % pulled in from later, 28 % created since"
        )
        let rows = answer.rows()
        #expect(rows.map { $0.text("category") } == ["Commit", "Best case", "Pipeline", "Open"])
        func column(_ name: String) -> [String?] { rows.map { $0.text(name) } }
        #expect(column("open_then") == ["175", "100", "60", "335"])
        #expect(column("won") == ["125", "0", "0", "125"])
        #expect(column("lost") == ["0", "0", "20", "20"])
        #expect(column("pushed") == ["0", "100", "0", "100"])
        #expect(column("late") == ["50", "0", "0", "50"])
        #expect(column("unmoved") == ["0", "0", "30", "30"])
        #expect(column("still_open") == ["0", "0", "0", "0"])
        #expect(column("vanished") == ["0", "0", "10", "10"])
        #expect(column("slipped") == ["50", "100", "30", "180"])
        #expect(column("won_for") == ["115", "0", "0", "115"])
        #expect(rows.map { $0.integer("n") } == [3, 2, 3, 8])
        #expect(rows.map { $0.integer("slipped_count") } == [1, 2, 1, 4])
        #expect(isNear(rate(rows[0], "slip_rate"), 50.0 / 175) && rate(rows[1], "slip_rate") == 1)
        #expect(isNear(rate(rows[0], "slip_rate_count"), 1.0 / 3) && rate(rows[3], "slip_rate_count") == 0.5)
        #expect(answer.passport("filters") as? [String: String] != [:])
        #expect(answer.warnings.isEmpty, "\(answer.warnings)")
    }

    @Test func `each deal that slipped says how and when`() throws {
        let rows = try answer("--period", "FY2026Q1").rows("slipped")
        #expect(rows.map { $0.text("id") } == ["d6", "d2", "d3", "d4", "d8"])
        #expect(
            rows.map { $0.text("how") } == ["pushed out", "late", "pushed out", "never moved", "vanished"])
        #expect(rows.map { $0.text("left_on") } == ["2026-03-01", "2026-03-25", "2026-01-31", nil, nil])
        #expect(rows.map { $0.integer("days_before_end") } == [30, 6, 59, nil, nil])
        #expect(
            rows.map { $0.text("close_date") } == [
                "2026-06-15", "2026-05-15", "2026-04-30", "2026-03-31", nil,
            ])
        #expect(rows.map { $0.text("made_anew") } == ["d7", nil, nil, nil, nil])
        #expect(rows.map { $0.integer("pushes") } == [0, 1, 1, 3, 0])
        #expect(rows.map { $0.integer("days_pushed") } == [0, 56, 69, 197, 0])
    }

    @Test func `where late begins is for who asks`() throws {
        func late(_ days: String) throws -> String? {
            try answer("--period", "FY2026Q1", "--late", days).rows().last?.text("late")
        }
        // d2 left 6 days before the end, d6 30, d3 59.
        #expect(try late("6") == "0")
        #expect(try late("7") == "50")
        #expect(try late("31") == "110")
        #expect(try late("60") == "150")
    }

    @Test func `pushes are told by where they went, and the open deals that were pushed most`() throws {
        let answer = try answer("--period", "FY2026Q1")
        let pushes = answer.rows("pushes")
        // d3 69 days, d9 31, d2 56; d4 16 within the quarter.
        #expect(pushes.map { $0.text("to_period") } == ["FY2026Q1, later", "FY2026Q2"])
        #expect(
            pushes.map { $0.integer("pushes") } == [1, 3] && pushes.map { $0.integer("days") } == [16, 156])
        #expect(pushes.map { $0.integer("late") } == [0, 1])
        let pushed = answer.rows("pushed")
        #expect(pushed.map { $0.text("id") } == ["d4", "d2", "d3", "d9"])
        #expect(pushed.map { $0.integer("pushes") } == [3, 1, 1, 1])
        #expect(pushed.map { $0.integer("period_pushes") } == [2, 1, 1, 1])
        #expect(pushed.map { $0.integer("days_pushed") } == [197, 56, 69, 31])
        // Of a running period those that are open in it now.
        let march = try self.answer("--period", "FY2026Q1", "--as-of", "2026-03-25").rows("pushed")
        #expect(march.map { $0.text("id") } == ["d4", "d9"])
    }

    @Test func `what is open is told by how long it has been`() throws {
        let answer = try answer("--period", "FY2026Q1")
        let carried = answer.rows("carried")
        #expect(carried.map { $0.text("which") } == ["last_period", "two_or_more", "three_or_more"])
        #expect(carried.map { $0.text("amount") } == ["30", "30", "0"])
        #expect(isNear(rate(carried[0], "share"), 30.0 / 335) && rate(carried[2], "share") == 0)
        #expect(carried.map { $0.integer("n") } == [8, 8, 8])
        let hairballs = answer.rows("hairballs")
        #expect(hairballs.map { $0.text("id") } == ["d4"] && hairballs[0].integer("periods") == 2)
        #expect(
            hairballs[0].text("which") == "FY2025Q4, FY2025Q3" && hairballs[0].text("since") == "FY2025Q3")
    }

    @Test func `bookings are told by where they came from`() throws {
        let rows = try answer("--period", "FY2026Q1").rows("origins")
        #expect(
            rows.map { $0.text("origin") } == [
                "open_at_start", "pulled_in", "pushed_in", "closed_before", "created", "created_late",
            ])
        #expect(rows.map { $0.text("amount") } == ["115", "70", "15", "5", "80", "45"])
        #expect(rows.map { $0.integer("deals") } == [2, 1, 1, 1, 2, 1])
        #expect(isNear(rate(rows[1], "share"), 70.0 / 285) && isNear(rate(rows[5], "share"), 45.0 / 285))
        #expect(rows.map { $0.integer("n") } == Array(repeating: 7, count: 6))
        // d12 was first known 58 days before it closed, d13 on the very day.
        // d1 41 days before.
        let late = try answer("--period", "FY2026Q1", "--created", "59").rows("origins").last
        #expect(late?.text("amount") == "170")
    }

    @Test func `a node has its own deals, and of shared ones its people's part`() throws {
        let east = try answer("--period", "FY2026Q1", "--team", "East").rows()
        // d1 60 of 100, d2; d6; d4.
        #expect(east.map { $0.text("open_then") } == ["110", "60", "30", "200"])
        #expect(east[0].text("won_for") == "54")
        let bob = try answer("--period", "FY2026Q1", "--person", "Bob").rows()
        #expect(bob.map { $0.text("open_then") } == ["65", "40", "30", "135"])
        #expect(bob.map { $0.integer("n") } == [2, 1, 2, 5])
        let pushes = try answer("--period", "FY2026Q1", "--person", "Bob").rows("pushes")
        #expect(pushes.map { $0.integer("pushes") } == [2])
    }

    @Test func `each node below has its own rate, a shared deal in each that has a part`() throws {
        #expect(try answer("--period", "FY2026Q1").rows("nodes").isEmpty)
        let rows = try answer("--period", "FY2026Q1", "--by", "person").rows("nodes")
        #expect(rows.map { $0.text("node") } == ["Dunlin", "East", "Ann", "West", "Bob"])
        // East: d1 60 of 100 and d2 in commit; d4 and d6 beside them. West: d1 40 and d9; d3, d5, d8.
        #expect(rows.map { $0.text("commit_then") } == ["175", "110", "110", "65", "65"])
        #expect(rows.map { $0.text("commit_slipped") } == ["50", "50", "50", "0", "0"])
        #expect(rows.map { $0.integer("commit_n") } == [3, 2, 2, 2, 2])
        #expect(rows.map { $0.text("open_then") } == ["335", "200", "200", "135", "135"])
        #expect(rows.map { $0.text("open_slipped") } == ["180", "140", "140", "40", "40"])
        #expect(rows.map { $0.integer("open_slipped_count") } == [4, 3, 3, 1, 1])
        #expect(
            isNear(rate(rows[1], "commit_slip_rate"), 50.0 / 110) && rate(rows[3], "commit_slip_rate") == 0)
        let west = try answer("--period", "FY2026Q1", "--by", "team", "--team", "West").rows("nodes")
        #expect(west.isEmpty)
    }

    @Test func `a running period has slipped only what left it`() throws {
        let answer = try answer("--period", "FY2026Q1", "--as-of", "2026-03-25", "--week", "1")
        #expect(
            answer.headline.hasPrefix(
                "Dunlin FY2026Q1: of 175 USD in commit when week 1 began, 50 USD (29 %) in 1 of 3 deals has slipped so far"
            ))
        let open = try #require(answer.rows().last)
        #expect(open.text("still_open") == "55" && open.text("unmoved") == "0")
        for row in answer.rows() {
            let sum = Self.parts.reduce(Amount.zero) { $0 + (row.amount($1) ?? .zero) }
            #expect(sum == row.amount("open_then"))
        }
        // On 2026-01-31 the deal that came back was away.
        let january = try self.answer("--period", "FY2026Q1", "--as-of", "2026-01-31")
        #expect(january.rows("slipped").map { $0.text("id") } == ["d3", "d9"])
    }

    @Test func `a week is compared with the evening before it begins`() throws {
        let answer = try answer("--period", "FY2026Q1", "--week", "10")
        // 2026-03-05 begins it; nothing was exported on 2026-03-04, and the state of 2026-03-01 goes on.
        #expect(answer.warnings["reference_gap"]?.contains("2026-03-04") == true)
        #expect(answer.rows().map { $0.text("open_then") } == ["120", "0", "110", "230"])
        #expect(answer.rows()[1].isNull("slip_rate") && answer.rows()[1].integer("n") == 0)
    }

    @Test func `what is not known is not told`() throws {
        // The first night is of January: nobody knows what was open when the quarter began.
        let bench = try Dunlin.bench(Array(Dunlin.days.suffix(4)))
        let answer = try bench.answer("slips", "--period", "FY2026Q1")
        #expect(answer.warnings["reference_unknown"]?.contains("nothing is known of 2025-12-31") == true)
        #expect(answer.warnings["start_unknown"]?.contains("since 2026-01-31") == true)
        #expect(answer.rows().isEmpty && answer.rows("carried").isEmpty)
        let origins = answer.rows("origins")
        #expect(origins.map { $0.text("origin") } == ["unknown", "created_late"])
        #expect(origins[0].isNull("share"))
        // d13 alone was first known after the first night within 30 days of closing; the others closed later than that.
        #expect(origins[1].text("amount") == "45")
        #expect(answer.headline == "Dunlin FY2026Q1: nothing to compare with")
        let next = try Self.bench.get().answer("slips", "--period", "FY2026Q3")
        #expect(next.warnings["reference_unknown"] == "FY2026Q3 has not begun: nothing can have slipped yet")
    }

    @Test(arguments: [
        (["--period", "all"], "BW580"), (["--period", "FY2026Q1", "--week", "14"], "BW581"),
        (["--period", "FY2026Q1", "--week", "0"], "BW581"),
        (["--period", "FY2026Q2", "--week", "2"], "BW582"),
        (["--period", "FY2026Q9"], "BW501"), (["--team", "Eest"], "BW502"),
        (["--as-of", "2024-01-01"], "BW504"), (["--as-known", "99"], "BW507"),
    ])
    func `asked wrongly says so`(arguments: [String], code: String) throws {
        let outcome = try Self.bench.get().run(["slips"] + arguments)
        #expect(outcome.status == 64 && outcome.errors.contains(code) && outcome.output.isEmpty, "\(outcome)")
    }

    @Test(arguments: [["--limit", "0"], ["--late", "-1"], ["--created", "x"], ["--week", "one"]])
    func `an option that is no number is refused`(arguments: [String]) throws {
        #expect(try Self.bench.get().run(["slips"] + arguments).status == 64)
    }
}
