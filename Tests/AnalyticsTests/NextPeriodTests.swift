import Analytics
import Model
import Testing

@Suite("The period after the one asked for")
struct NextPeriodTests {
    private func call(_ amount: Int, of person: String) throws -> Call {
        Call(
            id: key("c"), target: CallTarget(kind: "person", id: key(person)), category: .commit, kind: .own,
            basis: .cumulative, businessLine: nil, measure: "bookings", amount: Amount(amount), currency: nil,
            companyAmount: Amount(amount), calculated: nil, instant: nil, time: nil,
            day: try #require(Day("2026-05-04")), author: nil, note: nil)
    }

    /// Tom, of East, has 12 now; in the next period 30 in West, which he has left, and 5 in East.
    private func lines() throws -> [ForecastLine] {
        try ForecastRollup(
            cells: [
                cell("1", in: "e", .commit, 12), cell("1", in: "w", .pipeline, 30, timing: .nextPeriod),
                cell("1", in: "e", .commit, 5, timing: .nextPeriod),
                cell("9", in: nil, .closed, 2, timing: .nextPeriod, known: false, faults: [.negative: 1]),
            ],
            plan: [PlanAmount(kind: .quota, node: .person(key("1")), amount: Amount(50))],
            nextPlan: [
                PlanAmount(kind: .quota, node: .person(key("1")), amount: Amount(70)),
                PlanAmount(kind: .budget, node: .person(key("2")), amount: Amount(8)),
            ],
            organisation: organisation(
                [team("e", "East"), team("w", "West")],
                [person("1", in: "e", "Tom"), person("2", in: nil, "Ann")])
        ).lines
    }

    @Test func `has its own sums, in no other`() throws {
        let lines = try lines()
        #expect(lines.map(\.name) == ["Acme", "East", "Tom", "West", "Tom", "No team", "Ann", "Unassigned"])
        let sums = lines[0].sums
        #expect(sums.all == DealSum(count: 1, amount: Amount(12)) && sums.faults.isEmpty)
        #expect(sums.withoutOwner == .none)
        let next = try #require(lines[0].inNextPeriod)
        #expect(next.sums.open == DealSum(count: 2, amount: Amount(35)))
        #expect(next.sums.commitCumulative.amount == Amount(7))
        #expect(
            lines.map { $0.inNextPeriod?.sums.open.amount } == [35, 5, 5, 30, 30, 0, 0, 0].map { Amount($0) })
    }

    @Test func `has its own plan, in the home team`() throws {
        let lines = try lines()
        #expect(
            lines.map { $0.next?.plan[.quota]?.amount }
                == [70, 70, 70, nil, nil, nil, nil, nil].map { $0.map { Amount($0) } })
        #expect(
            lines.map { $0.plan[.quota]?.amount }
                == [50, 50, 50, nil, nil, nil, nil, nil].map { $0.map { Amount($0) } })
        #expect(lines[0].next?.plan[.budget]?.amount == Amount(8))
        #expect(lines[5].next?.plan[.budget]?.isSumOfBelow == true)
    }

    @Test func `has its own calls, of which a mover's counts once`() throws {
        let company = organisation(
            [team("e", "East"), team("w", "West")],
            [person("1", in: "e", "Tom"), person("2", in: nil, "Ann")])
        let called = ForecastLine.withNextCalls(
            try lines(), calls: [try call(40, of: "1")], category: .commit, organisation: company)
        // 40 at home, nothing of it in West; the 2 that are won are of nobody.
        #expect(called.map { $0.next?.calls?.effective } == [42, 40, 40, 0, 0, 0, 0, 2].map { Amount($0) })
        #expect(called.allSatisfy { $0.calls == nil })
        let tom = ForecastLine.ofPerson(called.filter { $0.node == .person(key("1")) })
        #expect(tom.map(\.name) == ["Tom", "East", "West"])
        #expect(
            tom[0].next?.calls?.effective == Amount(40) && tom[0].next?.plan[.quota]?.amount == Amount(70))
        #expect(tom[0].inNextPeriod?.sums.open.amount == Amount(35))
    }

    @Test func `is none where nobody asks for it`() throws {
        let lines = try ForecastRollup(
            cells: [cell("1", in: "e")], plan: [],
            organisation: organisation([team("e", "East")], [person("1", in: "e")])
        ).lines
        #expect(lines.allSatisfy { $0.next == nil && $0.inNextPeriod == nil })
        #expect(
            ForecastLine.withNextCalls(
                lines, calls: [try call(40, of: "1")], category: .commit,
                organisation: organisation([team("e", "East")], [person("1", in: "e")])) == lines)
    }
}
