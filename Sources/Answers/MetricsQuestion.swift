import Model

/// What do the numbers mean: which metrics are there, and what does one of them say?
public struct MetricsQuestion: Sendable {
    /// The question's id.
    public static let id = "metrics"

    private let contracts: [MetricContract]

    /// The question over the contracts of all metrics.
    public init(contracts: [MetricContract]) {
        self.contracts = contracts.sorted { ($0.family.order, $0.id) < ($1.family.order, $1.id) }
    }

    /// A line a metric; of one family alone, where one is given.
    public func list(family: MetricContract.Family?) -> Answer {
        let shown = contracts.filter { family == nil || $0.family == family }
        func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
        }
        let table = AnswerTable(
            name: Self.id,
            columns: [
                text("id", "Metric"), AnswerColumn("version", title: "Version", kind: .integer),
                text("name", "Name"), text("family", "Family"), text("timing", "Timing"),
                text("good", "Good"), text("unit", "Unit"), text("question", "Question", isDetail: true),
                AnswerColumn("minimum_n", title: "Least n", kind: .integer, isDetail: true),
            ],
            rows: shown.map { contract in
                AnswerTable.Row([
                    .text(contract.id), .integer(contract.version), .text(contract.name),
                    .text(contract.family.rawValue), .text(contract.timing.rawValue),
                    .text(contract.good.rawValue), .text(contract.unit), .text(contract.question),
                    .integer(contract.minimumCount),
                ])
            })
        let leading = shown.count { $0.timing == .leading }
        return answer(
            "\(shown.count) \(shown.count == 1 ? "metric" : "metrics"), \(leading) of them leading", [table],
            filters: family.map { [.init("family", $0.rawValue)] } ?? [])
    }

    /// One contract, term by term: by its id, or by `id/version`.
    ///
    /// - Throws: `BW524` for a metric that there is not, or not in that version.
    public func show(_ name: String) throws(BellwetherError) -> Answer {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let contract = contracts.first(where: { $0.id == parts[0] }) else {
            let near = nearestNames(to: parts[0], among: contracts.map(\.id))
            throw BellwetherError(
                .unknownMetric, "there is no metric “\(parts[0])”",
                hint: near.isEmpty
                    ? "`bellwether metrics` lists all." : "Did you mean: \(near.joined(separator: ", "))")
        }
        if parts.count > 1, parts[1] != String(contract.version) {
            throw BellwetherError(
                .unknownMetric, "the metric \(contract.id) has no version “\(parts[1])” in this program",
                hint: "It has \(contract.reference): CHANGELOG.md says what changed between versions.")
        }
        return answer(
            "\(contract.name): \(contract.formula)", [terms(of: contract, width: Self.width)],
            filters: [.init("metric", contract.reference)])
    }

    /// Every contract, term by term: what the reference page holds.
    public func all() -> Answer {
        answer("\(contracts.count) metrics, term by term", contracts.map { terms(of: $0) }, filters: [])
    }

    /// So many characters of a term stand in one row where a terminal would cut off the rest.
    private static let width = 80

    private func terms(of contract: MetricContract, width: Int = .max) -> AnswerTable {
        let terms: [(String, String?)] = [
            ("name", contract.name), ("family", contract.family.rawValue),
            ("question", contract.question), ("formula", contract.formula), ("grain", contract.grain),
            ("unit", contract.unit), ("timing", contract.timing.rawValue), ("good", contract.good.rawValue),
            ("absent", contract.null),
            ("least n", contract.minimumCount > 1 ? String(contract.minimumCount) : nil),
            ("computed by", contract.computedBy.joined(separator: ", ")),
            ("printed as", contract.columns.isEmpty ? nil : contract.columns.joined(separator: ", ")),
            ("elsewhere", contract.classic),
        ]
        return AnswerTable(
            name: contract.id, title: "\(contract.reference)",
            columns: [
                AnswerColumn("term", title: "Term", kind: .text),
                AnswerColumn("words", title: "What it says", kind: .text),
            ],
            rows: terms.flatMap { term, words in
                Self.lines(words ?? "", width).enumerated().map { number, line in
                    AnswerTable.Row([.text(number == 0 ? term : ""), .text(line)])
                }
            })
    }

    /// The words in lines of a width; none for none.
    private static func lines(_ words: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in words.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private func answer(_ headline: Phrase, _ tables: [AnswerTable], filters: [Passport.Filter]) -> Answer {
        Answer(
            question: Self.id, headline: headline, tables: tables,
            passport: Passport(
                question: Self.id, metrics: [], asOf: nil, snapshotDay: nil, load: nil, filters: filters,
                rowCount: tables.reduce(0) { $0 + $1.rows.count }, programVersion: programVersion))
    }
}

extension MetricContract.Family {
    /// Its place in a list: the four families of indicators first.
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
