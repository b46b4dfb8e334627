import Analytics
import Model
import Warehouse

extension QuestionContext {
    /// The period after the one asked for; nil after all of time, and after the last that is loaded.
    var nextPeriod: Period? { company.calendar.period(after: period) }

    /// Lines with what is called for the period after it.
    func withNextCalls(_ lines: [ForecastLine], _ calls: [Call]) -> [ForecastLine] {
        guard nextPeriod != nil else { return lines }
        return ForecastLine.withNextCalls(
            lines, calls: calls, category: .commit, organisation: organisation)
    }
}

/// The commit calls of a forecast's period and of the one after it. They are read before its deals: of the people whom
/// nobody asks to see, those who have called alone are told apart.
struct ForecastCallsRead {
    /// The day up to which they count.
    let day: Day
    let calls: [Call]
    let next: [Call]

    init(_ context: QuestionContext, isDayGiven: Bool, _ warehouse: Warehouse) throws(BellwetherError) {
        let day = try context.callDay(isDayGiven: isDayGiven, warehouse)
        self.day = day
        calls = try warehouse.standingCalls(
            of: context.period, categories: [.commit], on: day, at: context.point)
        next =
            try context.nextPeriod.map { period throws(BellwetherError) in
                try warehouse.standingCalls(of: period, categories: [.commit], on: day, at: context.point)
            } ?? []
    }

    /// Who has called.
    func people(in organisation: Organisation) -> Set<RecordID> {
        let directory = CallDirectory(organisation)
        return Set(
            (calls + next).compactMap { call in
                if case .person(let person) = directory.node(call.target) { person } else { nil }
            })
    }
}

/// The columns of the period after the one asked for: what is open, called and planned for it.
struct ForecastNextColumns {
    /// That period; nil where there is none.
    let period: Period?
    let currency: String

    /// The columns, on a terminal where there is room for them and something to see.
    func columns(for lines: [ForecastLine]) -> [AnswerColumn] {
        let next = lines.compactMap(\.inNextPeriod)
        let hasCalls = next.contains { $0.calls?.deciding != nil }
        let hasDeals = next.contains { $0.sums.open.count > 0 }
        func has(_ kind: PlanAmount.Kind) -> Bool { next.contains { $0.plan[kind] != nil } }
        func amount(_ name: String, _ title: String, isSeen: Bool) -> AnswerColumn {
            AnswerColumn(
                name, title: "\(period?.label ?? "Next") \(title)", kind: .amount, unit: currency,
                isDetail: true, isSpare: isSeen)
        }
        return [
            amount("next_open", "open", isSeen: hasDeals), amount("next_call", "call", isSeen: hasCalls),
            amount("next_quota", "quota", isSeen: has(.quota) && !has(.budget)),
            amount("next_budget", "budget", isSeen: has(.budget)),
            AnswerColumn(
                "next_coverage", title: "\(period?.label ?? "Next") coverage", kind: .rate, unit: "x",
                isDetail: true, isSpare: hasDeals && (has(.quota) || has(.budget))),
        ]
    }

    /// The values of those columns; coverage as metric 5, what is open against what the plan still lacks.
    func values(of line: ForecastLine) -> [AnswerValue] {
        guard let next = line.inNextPeriod else { return Array(repeating: .null, count: 5) }
        let toGo = next.leadingPlan.map { $0.1.amount - next.sums[.closed].amount }
        func planned(_ kind: PlanAmount.Kind) -> AnswerValue {
            next.plan[kind].map { .amount($0.amount) } ?? .null
        }
        return [
            .amount(next.sums.open.amount), .amount(next.call), planned(.quota), planned(.budget),
            toGo.flatMap { next.sums.open.amount.ratio(to: $0) }.map { .rate($0) } ?? .null,
        ]
    }
}
