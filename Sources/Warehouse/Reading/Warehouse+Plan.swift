import Model
import Postgres

extension Warehouse {
    /// The SQL of `plan`: $1 the texts by which files mean the periods, $2 the first day and $3 the day after the last
    /// on which a line without such a text may begin.
    public static let planSQL = """
        select
            source, id, kind, node_kind, node_id, period, start_date, end_date, business_line, measure,
            amount_company, round(confidence, 6) as confidence,
            case
                when is_kind_unknown then 'plan_kind_unknown'
                when is_node_kind_unknown then 'plan_node_kind_unknown'
                when amount is null then 'plan_amount_missing'
                when is_rate_missing then 'plan_rate_missing'
                when is_negative_quota then 'plan_quota_negative'
            end as fault
        from bellwether.plan_amount
        where upper(period collate "C") = any ($1::text[])
            or (start_date >= $2::date and start_date < $3::date)
        """

    /// What is planned, in no order, for a period, for its parts, and for the longer periods in which it lies.
    ///
    /// Source: view `bellwether.plan_amount`, as of the point read last.
    public func plan(for period: Period, in calendar: FiscalCalendar) throws(BellwetherError) -> PlanReading {
        try plans(for: [period], in: calendar)[0]
    }

    /// The same for each of some periods, in one reading.
    public func plans(
        for periods: [Period], in calendar: FiscalCalendar
    ) throws(BellwetherError) -> [PlanReading] {
        // All of time has no plan: what is planned for years that nobody loaded is not nothing.
        let asked = periods.filter { $0.grain != .all }
        let wanted = asked.flatMap {
            [$0] + calendar.parts(of: $0).joined() + calendar.containers(of: $0)
        }
        guard let first = wanted.map(\.start).min(), let end = asked.map(\.end).max() else {
            return periods.map { _ in PlanReading(lines: []) }
        }
        let texts = Set(wanted).flatMap { calendar.spellings(of: $0) }
        // Thousands of lines name a few periods.
        var named: [PlanText.PeriodWords: Period?] = [:]
        var lines: [(text: PlanText, period: Period?)] = []
        for line in try planTexts([.array(texts), .date(first), .date(end)]) {
            let period = named[line.period] ?? line.period.period(in: calendar)
            named[line.period] = .some(period)
            lines.append((line, period))
        }
        return periods.map { period in
            period.grain == .all ? PlanReading(lines: []) : PlanReading(lines, over: period)
        }
    }

    private func planTexts(_ parameters: [Parameter?]) throws(BellwetherError) -> [PlanText] {
        try rows(Self.planSQL, parameters) { row throws(DatabaseError) in
            let source = try row.decode("source", as: String.self)
            return PlanText(
                id: RecordID(source: source, id: try row.decode("id", as: String.self)),
                kind: try row.decode("kind", as: String?.self),
                nodeKind: try row.decode("node_kind", as: String?.self),
                nodeID: try row.decode("node_id", as: String?.self),
                period: PlanText.PeriodWords(
                    source: source, text: try row.decode("period", as: String?.self),
                    start: try row.decode("start_date", as: Day?.self),
                    lastDay: try row.decode("end_date", as: Day?.self)),
                businessLine: try row.decode("business_line", as: String?.self),
                measure: try row.decode("measure", as: String.self),
                amount: try row.decode("amount_company", as: Amount?.self),
                confidence: try row.decode("confidence", as: Amount?.self),
                fault: try row.decode("fault", as: PlanFault?.self))
        }
    }

    /// The texts by which plan lines name their periods, where they are none of the calendar's, with how many lines
    /// each.
    public func unknownPlanPeriods(in calendar: FiscalCalendar) throws(BellwetherError)
        -> [(text: String, lines: Int)]
    {
        let named = try rows(
            """
            select source, period, start_date, end_date, count(*) as lines
            from bellwether.plan_line
            group by source, period, start_date, end_date
            order by source, period, start_date, end_date
            """
        ) { row throws(DatabaseError) in
            (
                words: PlanText.PeriodWords(
                    source: try row.decode("source", as: String.self),
                    text: try row.decode("period", as: String?.self),
                    start: try row.decode("start_date", as: Day?.self),
                    lastDay: try row.decode("end_date", as: Day?.self)),
                lines: try row.decode("lines", as: Int.self)
            )
        }
        return named.filter { $0.words.period(in: calendar) == nil }.map { ($0.words.description, $0.lines) }
    }

    /// When people came, left, took their role and were ramped, as of the point read.
    public func employments() throws(BellwetherError) -> [RecordID: Employment] {
        let found = try rows(
            """
            select source, id, start_date, end_date, role_start_date, ramped_date, is_quota_carrying
            from bellwether.person
            """
        ) { row throws(DatabaseError) in
            (
                RecordID(
                    source: try row.decode("source", as: String.self),
                    id: try row.decode("id", as: String.self)),
                Employment(
                    start: try row.decode("start_date", as: Day?.self),
                    lastDay: try row.decode("end_date", as: Day?.self),
                    roleStart: try row.decode("role_start_date", as: Day?.self),
                    ramped: try row.decode("ramped_date", as: Day?.self),
                    carriesQuota: try row.decode("is_quota_carrying", as: Bool?.self))
            )
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }
}

extension PlanReading {
    /// Of some lines and the periods that they name, those that matter for a period.
    fileprivate init(_ texts: [(text: PlanText, period: Period?)], over asked: Period) {
        var lines: [PlanLine] = []
        var uncounted: [UncountedPlanLine] = []
        for (text, period) in texts {
            switch text.judged(of: period, over: asked) {
            case .counted(let line): lines.append(line)
            case .uncounted(let fault):
                uncounted.append(UncountedPlanLine(id: text.id, fault: fault, amount: text.amount))
            case .elsewhere: break
            }
        }
        self.init(lines: lines, uncounted: uncounted)
    }
}

/// A plan line as the view gives it, its words not yet understood.
private struct PlanText {
    enum Judgement {
        case counted(PlanLine)
        case uncounted(PlanFault)
        /// It is of another period.
        case elsewhere
    }

    /// By what a line names its period.
    struct PeriodWords: Hashable {
        let source: String
        let text: String?
        let start: Day?
        let lastDay: Day?

        func period(in calendar: FiscalCalendar) -> Period? {
            calendar.period(written: text, source: source, start: start, lastDay: lastDay)
        }

        /// How a person finds it in the file.
        var description: String {
            let days = [start, lastDay].compactMap { $0?.description }.joined(separator: " to ")
            return text ?? (days.isEmpty ? "without a period" : days)
        }

        func overlaps(_ asked: Period) -> Bool {
            guard let start else { return true }
            return start < asked.end && (lastDay ?? start) >= asked.start
        }
    }

    let id: RecordID
    let kind: String?
    let nodeKind: String?
    let nodeID: String?
    let period: PeriodWords
    let businessLine: String?
    let measure: String
    let amount: Amount?
    let confidence: Amount?
    let fault: PlanFault?

    func judged(of period: Period?, over asked: Period) -> Judgement {
        guard let period else { return self.period.overlaps(asked) ? .uncounted(.periodUnknown) : .elsewhere }
        guard asked.contains(period) || period.contains(asked) else { return .elsewhere }
        if let fault { return .uncounted(fault) }
        guard let kind = kind.flatMap(PlanAmount.Kind.init), let amount, let node else {
            return .uncounted(.nodeUnknown)
        }
        let isShare = confidence.map { $0 >= .zero && $0 <= Amount(1) } ?? false
        return .counted(
            PlanLine(
                id: id, kind: kind, node: node, period: period, businessLine: businessLine, measure: measure,
                amount: amount, confidence: isShare ? confidence : nil))
    }

    private var node: PlanAmount.Node? {
        if nodeKind == "company" { return .company }
        return nodeID.map { nodeID in
            let node = RecordID(source: id.source, id: nodeID)
            return nodeKind == "team" ? .team(node) : .person(node)
        }
    }
}
