import Answers
import Model
import TestSupport
import Testing

/// From the call of week 10 to what was closed when the quarter was frozen, worked by hand: see Larkin.
@Suite("Why a call missed")
struct MissTests {
    private func steps(_ options: String...) throws -> [String: String] {
        let answer = try Larkin.restated.get().answer(
            ["miss", "--period", "FY2026Q1", "--week", "10"] + options)
        return Dictionary(
            answer.rows().map { row in
                let count = row.integer("count").map { " in \($0)" } ?? ""
                return (row.text("step") ?? "", (row.text("amount") ?? "") + count)
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test func `each step of the company adds up to the frozen number`() throws {
        #expect(
            try steps() == [
                // 1,300 + 250 were called on deals of 1,520.
                "call": "1550000", "judgement": "-30000", "said": "1520000", "slipped": "-290000 in 2",
                "lost": "-100000 in 1", "gone": "-70000 in 1", "closed_below": "-20000 in 1",
                "currency": "-5000 in 1", "won_from_best_case": "120000 in 1",
                "won_from_pipeline": "80000 in 1",
                "pulled_in": "60000 in 1", "created": "40000 in 1", "actual": "1335000 in 8",
            ])
    }

    @Test func `a team's has what it took over and handed over`() throws {
        #expect(
            try steps("--team", "East") == [
                "call": "1300000", "judgement": "-90000", "said": "1210000", "slipped": "-200000 in 1",
                "lost": "-100000 in 1", "closed_below": "-20000 in 1", "currency": "-5000 in 1",
                "moved_in": "150000 in 1", "won_from_best_case": "120000 in 1", "created": "40000 in 1",
                "actual": "1195000 in 6",
            ])
        #expect(
            try steps("--team", "West") == [
                "call": "250000", "judgement": "60000", "said": "310000", "slipped": "-90000 in 1",
                "gone": "-70000 in 1", "moved_out": "-150000 in 1", "won_from_pipeline": "80000 in 1",
                "pulled_in": "60000 in 1", "actual": "140000 in 2",
            ])
        #expect(try steps("--person", "Ada Lind")["actual"] == "1195000 in 6")
    }

    @Test func `every node adds up by itself, and the deals to each step`() throws {
        let answer = try Larkin.restated.get().answer(
            "miss", "--period", "FY2026Q1", "--week", "10", "--by", "person", "--limit", "100")
        let rows = answer.rows("nodes")
        #expect(rows.map { $0.text("node") } == ["Larkin", "East", "Ada Lind", "West", "Ben Moor"])
        for row in rows {
            let parts = [
                "said", "fell_out", "still_open", "closed_otherwise", "moved", "currency", "from_outside",
            ].map { row.amount($0) ?? .zero }
            #expect(parts.reduce(.zero, +) == row.amount("actual"), "\(row)")
            #expect((row.amount("call") ?? .zero) + (row.amount("judgement") ?? .zero) == row.amount("said"))
            #expect((row.amount("call") ?? .zero) + (row.amount("miss") ?? .zero) == row.amount("actual"))
        }
        var sums: [String: Amount] = [:]
        for deal in answer.rows("deals") {
            sums[deal.text("step") ?? "", default: .zero] += deal.amount("amount") ?? .zero
        }
        for (step, amount) in sums {
            #expect(answer.rows().first { $0.text("step") == step }?.amount("amount") == amount, "\(step)")
        }
        #expect(sums.count == 9)
    }

    @Test func `what is corrected later changes neither end of a frozen quarter`() throws {
        // Load 3 is the freeze; what came after is told by restatements alone.
        let answer = try Larkin.restated.get().answer("miss", "--period", "FY2026Q1", "--week", "10")
        #expect(answer.passport("load") as? Int == 3)
        #expect(answer.passport("as_of") as? String == "2026-04-03")
        #expect(answer.rows().last?.amount("amount") == Amount(1_335_000))
    }

    @Test func `a quarter that runs is told so far`() throws {
        let bench = try Larkin.bench(nights: 1)
        try bench.mustLoad("2026-03-24", Larkin.nights[0])
        let answer = try bench.answer("miss", "--period", "FY2026Q1", "--week", "10")
        #expect(
            answer.headline
                == "Larkin FY2026Q1: 1.55 M USD called by 2026-03-11, the end of week 10; 0.50 M USD closed so far, as of 2026-03-24, 1.05 M USD less: judgement -0.03 M USD, 7 still open -1.02 M USD"
        )
        #expect(
            answer.rows().first { $0.text("step") == "still_open" }?.amount("amount") == Amount(-1_020_000))
    }

    @Test func `without a call what the deals said stands for it`() throws {
        let bench = try Larkin.bench(withCalls: false)
        let answer = try bench.answer("miss", "--period", "FY2026Q1", "--week", "10")
        #expect(answer.rows().first?.amount("amount") == Amount(1_520_000))
        #expect(answer.rows().first { $0.text("step") == "judgement" } == nil)
        #expect(answer.warnings["nobody_called"] != nil)
    }

    @Test func `a call that is told later counts from when it was said`() throws {
        // Both calls were entered after the freeze, and stood in March all the same.
        #expect(try steps()["call"] == "1550000")
    }

    @Test func `refuse weeks that are none, and that are not over`() throws {
        let bench = try Larkin.restated.get()
        for (arguments, code) in [
            (["--period", "FY2026Q1", "--week", "14"], "BW591"),
            (["--period", "FY2026Q1", "--week", "0"], "BW591"),
            (["--period", "all", "--week", "1"], "BW591"),
            (["--period", "FY2026Q2", "--week", "3"], "BW591"),
            (["--period", "FY2026Q1", "--week", "10", "--org", "as-is"], "BW506"),
            (["--period", "FY2026Q1", "--week", "2"], "BW504"),
        ] {
            let outcome = try bench.run(["miss"] + arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(code), "\(arguments)\n\(outcome)")
        }
        #expect(try bench.run("miss", "--period", "FY2026Q1").status == 64)
    }

    @Test func `what is left over ends the command with 4`() {
        #expect(missFailure([("East", .zero), ("West", .zero)], "USD") == nil)
        let failure = missFailure([("East", .zero), ("West", Amount("0.01") ?? .zero)], "USD")
        #expect(failure?.code == .bridgeOpen)
        #expect(
            failure?.message == "the way from call to actual of West does not add up: 0.01 USD is left over")
    }
}
